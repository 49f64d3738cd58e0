"""The edits by which an entry refers to what the graph has, where a steward follows a suggestion."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from urllib.parse import unquote

from graph_app.identity.mentions import Mention
from graph_app.stewardship.draft_check import SheetTexts
from graph_app.stewardship.edits.model import Edit
from loaders.letters import column_letter
from loaders.normalise.names import lookup_key
from loaders.template.sheets import SEPARATOR, Column, Sheet, sheets

__all__ = ["use_existing"]

#: Rows in which a header is looked for, and the share of its cells that are headings of the template.
_LOOKED_AT = 20
_HEADER = 0.5
_NAMES = frozenset({"name", "title"})


def use_existing(
    entry: Iterable[SheetTexts], mention: Mention, iri: str, names: Collection[str], *, base: str
) -> tuple[Edit, ...]:
    """Return the edits by which an entry refers to an entity of the graph in place of describing a new one.

    The address of the entity takes the place of the id, in its own row and wherever the entry refers to it. The name
    in its own row becomes another name, if the graph does not have it; so nothing that was written is lost. What else
    stands in the row stays and is said of the entity of the graph; the check tells where that contradicts.

    :param entry: the sheets of a filled-in template.
    :param mention: the organisation or project of the entry.
    :param iri: the entity of the graph.
    :param names: the names that the graph has for it.
    :param base: base of all instance IRIs.
    :returns: the edits, to be made together.
    """
    address = unquote(iri.removeprefix(base)) if _is_path(iri, base) else iri
    known = {lookup_key(name) for name in names}
    edits: dict[tuple[str, str, int, int], Edit] = {}
    for sheet in entry:
        found = _header(sheet)
        if found is None:
            continue
        template, header, columns = found
        for row, cells in sheet.rows.items():
            if row <= header:
                continue
            changed = dict(_referring(cells, columns, template, mention, address))
            if _is_own(cells, columns, template, mention):
                changed |= _renamed(cells, columns, known)
            for index, new in changed.items():
                old = cells[index] if index < len(cells) else ""
                if new != old:
                    edits[sheet.file, sheet.sheet, row, index] = Edit(
                        sheet.file, sheet.sheet, row, column_letter(index), old, new
                    )
    return tuple(edits.values())


def _is_path(iri: str, base: str) -> bool:
    """Tell whether an IRI can be written as a path: the parts of one are read without their escapes."""
    path = iri.removeprefix(base)
    return path != iri and all("/" not in unquote(part) and SEPARATOR not in unquote(part) for part in path.split("/"))


def _header(sheet: SheetTexts) -> tuple[Sheet, int, Mapping[int, Column]] | None:
    """Find which sheet of the template this is, its header, and what its columns fill."""
    name = lookup_key(sheet.sheet or sheet.file.rsplit(".", 1)[0])
    named = [one for one in sheets() if name in {lookup_key(own) for own in (one.key, *one.name.values())}]
    best: tuple[int, Sheet, int, Mapping[int, Column]] | None = None
    for template in named or sheets():
        for row in list(sheet.rows)[:_LOOKED_AT]:
            filled = {index: cell for index, cell in enumerate(sheet.rows[row]) if cell.strip()}
            columns = {index: column for index, cell in filled.items() if (column := template.column(cell)) is not None}
            if columns and len(columns) >= _HEADER * len(filled) and (best is None or len(columns) > best[0]):
                best = len(columns), template, row, columns
    return best[1:] if best is not None else None


def _referring(
    cells: tuple[str, ...], columns: Mapping[int, Column], template: Sheet, mention: Mention, address: str
) -> Iterator[tuple[int, str]]:
    """Yield the cells that name the entity by its id, with its address there."""
    for index, column in columns.items():
        text = cells[index] if index < len(cells) else ""
        own = column.field == "id" and template.kind == mention.described.kind
        if own and text.strip() == mention.key:
            yield index, address
        elif column.reference == mention.described.kind:
            values = text.split(SEPARATOR) if column.many else [text]
            if any(value.strip() == mention.key for value in values):
                changed = (address if value.strip() == mention.key else value.strip() for value in values)
                yield index, f"{SEPARATOR} ".join(changed)


def _is_own(cells: tuple[str, ...], columns: Mapping[int, Column], template: Sheet, mention: Mention) -> bool:
    place = next((index for index, column in columns.items() if column.field == "id"), None)
    of_kind = template.kind == mention.described.kind and place is not None and place < len(cells)
    return of_kind and place is not None and cells[place].strip() == mention.key


def _renamed(cells: tuple[str, ...], columns: Mapping[int, Column], known: Collection[str]) -> dict[int, str]:
    """Return what becomes of the names in a row: other names, if they are new and the sheet has a column for them."""
    changed: dict[int, str] = {}
    for index, column in columns.items():
        text = cells[index].strip() if index < len(cells) else ""
        if column.field not in _NAMES or not text:
            continue
        changed[index] = ""
        others = next((at for at, other in columns.items() if _holds_other_names(other, column.language)), None)
        if others is not None and lookup_key(text) not in known:
            before = cells[others].strip() if others < len(cells) else ""
            changed[others] = f"{before}{SEPARATOR} {text}" if before else text
    return changed


def _holds_other_names(column: Column, language: str) -> bool:
    return column.field == "other_name" and column.language == language
