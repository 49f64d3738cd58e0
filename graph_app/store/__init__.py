"""Hold the graph of a release and answer SPARQL over it; the only room that knows Oxigraph."""
