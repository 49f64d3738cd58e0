"""Search: one SQLite file a release, with the names, identifiers and descriptions of all entities, and their facets."""
