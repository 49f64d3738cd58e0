"""Records to N-Quads: the only room that knows how an entity looks in RDF."""
