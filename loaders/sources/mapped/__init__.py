"""Tables that others publish, read through a column map."""

from loaders.sources.mapped.source import SOURCE

__all__ = ["SOURCE"]
