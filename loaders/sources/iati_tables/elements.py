"""The rows of tables as elements of an activity: what a row says about one organisation, sector or transaction."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from loaders.letters import column_letter
from loaders.records import Cell, SourceRef
from loaders.sources.iati.activity import OrganisationMention, Texts
from loaders.sources.iati_tables.tables import Part
from loaders.sources.tables import Row

__all__ = ["Element", "elements_of"]

#: Elements whose heading says what other exports have a column for: the element that is meant, attribute and code.
_MEANT = MappingProxyType(
    {
        "planned_start": ("activity_date", "type", "1"),
        "actual_start": ("activity_date", "type", "2"),
        "planned_end": ("activity_date", "type", "3"),
        "actual_end": ("activity_date", "type", "4"),
        "funding_org": ("participating_org", "role", "1"),
        "accountable_org": ("participating_org", "role", "2"),
        "extending_org": ("participating_org", "role", "3"),
        "implementing_org": ("participating_org", "role", "4"),
    }
)


@dataclass(frozen=True, slots=True)
class Element:
    """One element of an activity.

    :param name: its name, a key of ``columns.yaml`` with ``_`` for ``-``.
    :param source: the row.
    :param cells: attribute to its cells, none of them blank.
    """

    name: str
    source: SourceRef
    cells: Mapping[str, Texts]

    def one(self, attribute: str) -> Cell | None:
        """Return the cell of an attribute, or ``None`` where the row has none.

        :param attribute: name of the attribute.
        """
        return self.cells.get(attribute, (None,))[0]

    def texts(self, language: str, attribute: str = "text") -> Texts:
        """Return a text in all its languages.

        :param language: tag of those whose heading names none.
        :param attribute: name of the attribute.
        """
        return tuple(cell._replace(language=cell.language or language) for cell in self.cells.get(attribute, ()))

    def organisation(self, language: str, prefix: str = "") -> OrganisationMention | None:
        """Return the organisation that the element names, or ``None`` where it has neither identifier nor name.

        :param language: tag of names whose heading names none.
        :param prefix: beginning of its attributes, such as ``provider_``.
        """
        ref, name = self.one(f"{prefix}ref"), self.texts(language, f"{prefix}text")
        if ref is None and not name:
            return None
        return OrganisationMention(source=self.source, ref=ref, name=name, type=self.one(f"{prefix}type"))


def elements_of(part: Part, row: Row, wanted: Container[str], dataset: str) -> Iterator[Element]:
    """Yield the elements of a row.

    :param part: its table.
    :param row: the row.
    :param wanted: elements of the headings that are asked for.
    :param dataset: key of the dataset.
    :returns: elements with at least one cell that is not blank, in the order of their first columns.
    """
    table = part.table
    source = SourceRef(dataset, table.file, table.sha256, table.sheet, row.number)
    found: dict[tuple[str, int], dict[str, Texts]] = {}
    for index, column in part.header.columns.items():
        text = row.cells[index] if index < len(row.cells) else ""
        if not text.strip() or column.element not in wanted:
            continue
        letter = column_letter(index)
        cells = found.setdefault((column.element, column.number), {})
        cells[column.attribute] = (*cells.get(column.attribute, ()), Cell(text, letter, row.line, column.language))
        if column.element in _MEANT:
            _, attribute, code = _MEANT[column.element]
            cells.setdefault(attribute, (Cell(code, letter, row.line, source=part.top.cells[index].strip()),))
    for (element, _), cells in found.items():
        yield Element(_MEANT[element][0] if element in _MEANT else element, source, cells)
