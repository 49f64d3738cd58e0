"""Records to quads: the only room that knows how an entity looks in RDF."""
