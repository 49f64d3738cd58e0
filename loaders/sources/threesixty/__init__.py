"""360Giving: grants as JSON, or flattened into CSV files and workbooks."""

from types import MappingProxyType

from loaders.sources.registry import Source
from loaders.sources.threesixty.reader import SUFFIXES, read, recognise

__all__ = ["SOURCE"]

SOURCE = Source(
    "360giving",
    MappingProxyType({"en": "360Giving grants (JSON, XLSX or CSV)", "cs": "Granty 360Giving (JSON, XLSX nebo CSV)"}),
    SUFFIXES,
    read,
    recognise,
    namespace="360giving",
    published=True,
)
