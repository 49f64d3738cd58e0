"""Hold the graph of a release as columns, and answer SPARQL that compiles to SQL; the only room that knows DuckDB.

It answers exactly or declines: what is not surely the same as in the standard is left to another engine.
"""
