"""What a map makes of the first rows of a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.records import Record
from loaders.sources.mapped.source import SOURCE

__all__ = ["PreviewRow", "preview"]

_ITEMS = 5_000


@dataclass(slots=True)
class PreviewRow:
    """What comes of one row.

    :param number: the row.
    :param project: texts of its project: field to values as they are read.
    :param organisations: name and role of each organisation that takes part.
    :param amounts: value, currency and kind of each sum.
    :param programmes: names of programmes.
    :param findings: what cannot be used.
    """

    number: int
    project: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organisations: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, str, str]] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def preview(path: Path, text: str, most: int) -> Sequence[PreviewRow]:
    """Read the first rows of a table through a map.

    :param path: the CSV file or workbook.
    :param text: the map.
    :param most: number of rows.
    :returns: what comes of each row that gives something, or something was found in.
    :raises SourceError: if the map or the file cannot be read, or they do not fit each other.
    """
    dataset = Dataset("preview", {"en": "Preview"}, SOURCE.name, "preview", map=text)
    rows: dict[int, PreviewRow] = {}
    names: dict[str, str] = {}
    for count, item in enumerate(SOURCE.read(path, dataset)):
        place = item.location if isinstance(item, Finding) else item.source
        if count > _ITEMS or place is None or place.row is None:
            continue
        if place.row not in rows and len(rows) == most:
            break
        row = rows.setdefault(place.row, PreviewRow(place.row))
        if isinstance(item, Finding):
            row.findings.append(item)
        else:
            _take(row, item, names)
    return list(rows.values())


def _take(row: PreviewRow, record: Record, names: dict[str, str]) -> None:
    texts = {name: tuple(cell.text for cell in cells) for name, cells in record.fields.items()}
    match record.kind:
        case "project":
            row.project |= {"id": record.key, **texts}
        case "organisation":
            name = next(iter((*texts.get("name", ()), *texts.get("other_name", ()))), record.key[0])
            names.setdefault(record.key[0], name)
        case "participation":
            for cell in record.fields.get("organisation", ()):
                name = names.get(cell.text) or cell.source or cell.text
                row.organisations.append((name, next(iter(texts.get("role", ())), "")))
        case "amount":
            value, currency, kind = ("".join(texts.get(name, ())[:1]) for name in ("value", "currency", "amount_kind"))
            row.amounts.append((value, currency, kind))
        case "programme":
            row.programmes += texts.get("name", ()) or record.key
