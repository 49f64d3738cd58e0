"""Patterns as SQL: SPARQL 1.1, sections 5 to 13 and 18."""
