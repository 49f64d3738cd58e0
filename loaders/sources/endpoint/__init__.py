"""SPARQL endpoints: what a CONSTRUCT query gives is fetched page by page, kept as a file, and read like any other."""

from loaders.sources.endpoint.reader import SOURCE

__all__ = ["SOURCE"]
