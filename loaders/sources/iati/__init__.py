"""IATI: what publishers of aid report about their activities, as XML."""

from loaders.sources.iati.reader import SOURCE

__all__ = ["SOURCE"]
