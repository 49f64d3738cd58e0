"""IATI flattened tables: the activities of a publisher as a folder of XLSX or CSV files, one table an element."""

from types import MappingProxyType

from loaders.sources.iati_tables.reader import read, recognise
from loaders.sources.iati_tables.tables import SUFFIXES
from loaders.sources.registry import Source

__all__ = ["SOURCE"]

SOURCE = Source(
    "iati-tables",
    MappingProxyType(
        {"en": "IATI activities as tables (XLSX or CSV)", "cs": "Aktivity IATI jako tabulky (XLSX nebo CSV)"}
    ),
    (*SUFFIXES, ""),
    read,
    recognise,
    namespace="iati",
    published=True,
)
