"""CORDIS: projects of the European framework programmes for research, and who takes part in them."""

from types import MappingProxyType

from loaders.sources.cordis.files import SUFFIXES, recognise
from loaders.sources.cordis.reader import read
from loaders.sources.registry import Source

__all__ = ["SOURCE", "read"]

SOURCE = Source(
    "cordis",
    MappingProxyType(
        {
            "en": "CORDIS projects and organisations (CSV, XLSX or ZIP)",
            "cs": "Projekty a organizace CORDIS (CSV, XLSX nebo ZIP)",
        }
    ),
    SUFFIXES,
    read,
    recognise,
    namespace="cordis",
    published=True,
)
