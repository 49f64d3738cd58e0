"""From SPARQL text to the algebra of SPARQL 1.1, section 18."""
