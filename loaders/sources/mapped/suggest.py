"""A draft of a column map, from the headings and values of a table; a person corrects it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.letters import column_letter
from loaders.normalise.names import lookup_key
from loaders.sources.files import shown_name
from loaders.sources.mapped.column_map import TableForm
from loaders.sources.mapped.evidence import date_forms, number_form
from loaders.sources.mapped.guesses import Guess, guess
from loaders.sources.mapped.heading_words import meaning_of
from loaders.sources.mapped.tables import read_tables, split_head
from loaders.sources.tables import Row, Table

__all__ = ["suggest"]

#: Rows whose values are looked at; more of them would only take time.
_LOOKED_AT = 500
_PLAIN = re.compile(r"[^\W\d_][\w .,/()äöü€-]*[\w)]|[^\W\d_]")
#: Words by which a heading speaks of the project and not of the organisation.
_OTHERS = re.compile("operation|opération|operación|operazione|vorhaben|project|projekt|projet|proyecto|progetto")
_TELLING = ("title", "organisation", "description", "start", "end", "total")


@dataclass(slots=True)
class _Draft:
    """What is known of a table so far."""

    table: Table
    heading: Row
    first: int
    rows: list[Row]
    said: Finding | None
    guesses: list[Guess] = field(default_factory=list)

    def of(self, meaning: str) -> list[Guess]:
        return [found for found in self.guesses if found.meaning == meaning]


def suggest(path: Path, sheet: str = "", heading_row: int | None = None) -> str:
    """Draft a column map for a table.

    :param path: the CSV file or workbook.
    :param sheet: name of the sheet, where somebody says it; else the one with the most rows.
    :param heading_row: row of the headings, where somebody says it; else the one that looks most like them.
    :returns: the map in YAML; beside each guess stands its reason.
    :raises SourceError: if the file cannot be read or has no table in it.
    """
    draft = _draft(path, sheet, heading_row)
    return "\n".join(_lines(path, draft)) + "\n"


def _draft(path: Path, sheet: str, heading_row: int | None) -> _Draft:
    best: _Draft | None = None
    for table in islice(read_tables(path, TableForm()), 20):
        head, items = split_head(table)
        if not head or (sheet and table.sheet != sheet):
            continue
        said: Finding | None = None
        rows: list[Row] = []
        for item in items:
            if isinstance(item, Finding):
                said = item if item.rule == "csv-read-as" else said
            elif not item.blank:
                rows.append(item)
                if len(rows) >= _LOOKED_AT:
                    break
        heading = next((row for row in head if row.number == heading_row), None) or max(head, key=_as_heading)
        below = [row for row in rows if row.number > heading.number]
        first = next((row.number for row in below if _as_data(row)), heading.number + 1)
        found = _Draft(table, heading, first, [row for row in below if row.number >= first], said)
        if best is None or len(found.rows) > len(best.rows):
            best = found
    if best is None:
        raise SourceFault(finding("map-no-table", Location(shown_name(path.name))))
    _guess_all(best)
    return best


def _as_heading(row: Row) -> tuple[int, int, int]:
    """Weigh a row as headings: words that headings have, then cells of text, then how high it stands."""
    cells = [cell for cell in row.cells if cell.strip()]
    known = sum(meaning_of(cell) is not None for cell in cells if len(cell) < 400)
    return known, sum(not any(map(str.isdigit, cell)) for cell in cells), -row.number


def _as_data(row: Row) -> bool:
    """Tell whether a row below the headings holds data: a date or number stands in one of its cells."""
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    return any(date_forms([cell]) is not None or number_form([cell], "") is not None for cell in cells)


def _guess_all(draft: _Draft) -> None:
    taken: Counter[str] = Counter()
    headings = Counter(lookup_key(cell) for cell in draft.heading.cells)
    for index, heading in enumerate(draft.heading.cells):
        if not heading.strip():
            continue
        values = [row.cells[index].strip() for row in draft.rows if index < len(row.cells) and row.cells[index].strip()]
        letter = column_letter(index) if headings[lookup_key(heading)] > 1 else ""
        found = guess(" ".join(heading.split()), letter, values, taken)
        draft.guesses.append(found)
    _give_postcodes(draft)


def _give_postcodes(draft: _Draft) -> None:
    """Take a postcode for that of the organisation, where there is one only and the heading speaks of nothing else."""
    parts = {found.fills.partition(".")[0] for found in draft.of("organisation")}
    for found in draft.of("postcode"):
        if len(parts) == 1 and _OTHERS.search(lookup_key(found.heading)) is None:
            found.fills = f"{min(parts)}.postcode"
            found.reason = "taken for the postcode of the only organisation"


def _lines(path: Path, draft: _Draft) -> Iterator[str]:
    yield f"# A draft for {shown_name(path.name)}: every guess has its reason beside it. Correct what is wrong, then"
    yield "# `intgraph map check MAP FILE` says what the map takes and skips."
    yield f"about: {_scalar('Table ' + shown_name(path.name))}"
    languages = Counter(found.language for found in draft.guesses if found.language)
    if languages:
        language, times = languages.most_common(1)[0]
        yield f"language: {language}  # {times} headings have words of it; write the language of the titles here"
    yield from _table(draft)
    yield from _project(draft)
    yield from _parts(draft)
    yield "columns:"
    for found in draft.guesses:
        if found.fills:
            yield from found.lines(_scalar)
    for found in draft.guesses:
        if not found.fills and not found.left_out:
            yield f"  # {_scalar(found.heading)}: ?  # {found.reason}"
    left_out = [found for found in draft.guesses if found.left_out]
    if left_out:
        yield "left_out:"
        yield from (found.line_left_out(_scalar) for found in left_out)


def _table(draft: _Draft) -> Iterator[str]:
    yield "table:"
    if draft.table.sheet:
        yield f"  sheet: {_scalar(draft.table.sheet)}"
    yield f"  heading_row: {draft.heading.number}  # the row with the most words that headings have"
    if draft.first != draft.heading.number + 1:
        yield f"  first_row: {draft.first}  # the first below it with a date or number"
    if draft.said is not None:
        yield f"  # {draft.said.text()}"


def _project(draft: _Draft) -> Iterator[str]:
    yield "project:"
    if draft.of("id"):
        yield "  repeated: same  # rows with the same id are taken for one project"
        return
    key = [found.fills for name in _TELLING for found in draft.of(name)[:1] if found.fills]
    yield "  # No column looks like an id, so rows are told apart by what they say."
    yield f"  key: [{', '.join(key)}]" if key else "  # key: [title]  # name what tells projects apart"
    yield "  repeated: another"


def _parts(draft: _Draft) -> Iterator[str]:
    sections: dict[str, dict[str, str]] = {}
    for found in draft.guesses:
        for section, name, settings in found.parts:
            sections.setdefault(section, {}).setdefault(name, settings)
    for section, parts in sections.items():
        yield f"{section}:"
        yield from (f"  {name}: {settings}" for name, settings in parts.items())


def _scalar(text: str) -> str:
    """Write a text in YAML, in quotes where it needs them."""
    return text if _PLAIN.fullmatch(text) and ": " not in text else json.dumps(text, ensure_ascii=False)
