"""Turn project records of any source into RDF under the ontology of Integration Graph."""
