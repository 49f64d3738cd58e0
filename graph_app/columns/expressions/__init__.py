"""What expressions are worth: SPARQL 1.1, section 17, as SQL.

An error and an unbound variable are both NULL, which the three-valued logic of SQL carries as that of SPARQL does.
"""
