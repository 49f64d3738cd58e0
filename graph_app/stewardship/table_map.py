"""The column map of a draft of any table: drafted from its values or learned, made by choices, then used."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice

from graph_app.journal.events import Event
from graph_app.stewardship.draft import LOG, Draft, read_draft
from graph_app.stewardship.draft_check import SheetTexts
from graph_app.stewardship.draft_layout import laid_out
from graph_app.stewardship.draft_log import DraftLog
from graph_app.stewardship.drafts import describe_draft
from graph_app.stewardship.edits.edited import can_edit
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.submission import submissions
from loaders.errors import SourceError
from loaders.sources.mapped.column_map import ColumnMap
from loaders.sources.mapped.header import LOOKED_AT, find_header
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.map_text import MapText
from loaders.sources.mapped.preview import PreviewRow, preview
from loaders.sources.mapped.suggest import suggest
from loaders.sources.tables import Row

__all__ = [
    "MapTable",
    "Origin",
    "TableMap",
    "change_map",
    "first_rows_of",
    "is_table",
    "keep_map",
    "map_of",
    "name_no_total",
    "redrafted",
    "table_of",
    "use_map",
]

_MAPPED = "mapped"
#: Characters of a map; nobody types more.
_LONGEST = 200_000
#: Rows of a sheet whose values are looked at.
_VALUES = 500


class Origin(StrEnum):
    """Where a map comes from."""

    DRAFTED = "drafted"  #: made from headings and values
    LEARNED = "learned"  #: made by people for a table with the same headings
    MAKING = "making"  #: its steward is at work on it
    USED = "used"  #: it reads the draft


@dataclass(frozen=True, slots=True)
class TableMap:
    """The map of a draft.

    :param text: the map.
    :param origin: where it comes from.
    :param submission: id of the submission that it was made for, where it was learned.
    """

    text: str
    origin: Origin
    submission: str = ""


@dataclass(frozen=True, slots=True)
class MapTable:
    """The table that a map is about.

    :param sheet: name of the sheet, or empty.
    :param heading_row: row of the headings.
    :param headings: its cells.
    :param rows: rows below it that hold anything, as many as are looked at.
    """

    sheet: str
    heading_row: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def values(self, index: int) -> Sequence[str]:
        """Return the values of a column, none of them blank.

        :param index: index of the column.
        """
        return [text for row in self.rows if index < len(row) and (text := row[index].strip())]


def map_of(draft: Draft, sheets: Sequence[SheetTexts], events: Sequence[Event], *, afresh: bool = False) -> TableMap:
    """Return the map of a draft: the one at work, the one in use, one learned for the same headings, else a new one.

    :param draft: a draft of one table.
    :param sheets: what stands in its sheets.
    :param events: all events of the journal, whose submissions keep the maps that were made for them.
    :param afresh: whether to draft one from the values alone.
    :raises SourceError: if there is no table in its file.
    """
    if not afresh:
        if draft.making:
            return TableMap(draft.making, Origin.MAKING)
        if draft.stated.map:
            return TableMap(draft.stated.map, Origin.USED)
        if (found := _learned(sheets, events)) is not None:
            return found
    return TableMap(_suggested(draft), Origin.DRAFTED)


def redrafted(draft: Draft, sheet: str, heading_row: int | None) -> str:
    """Draft a map for another sheet or row of headings.

    :param draft: a draft of one table.
    :param sheet: name of the sheet.
    :param heading_row: row of the headings, or ``None`` to find it.
    :raises SourceError: if there is no table in that sheet.
    """
    return _suggested(draft, sheet, heading_row)


def keep_map(draft: Draft, text: str) -> Draft:
    """Keep a map that somebody is at work on; it does not read the files yet.

    :param draft: the draft.
    :param text: the map.
    :returns: the draft with it.
    :raises Refused: if it is too long.
    :raises StewardshipError: if it cannot be kept.
    """
    if len(text) > _LONGEST:
        raise _too_long(text)
    with DraftLog(draft.folder / LOG).writing() as add:
        if read_draft(draft.folder).making != text:
            add({"do": "map", "map": text})
    return read_draft(draft.folder)


def use_map(draft: Draft, text: str) -> Draft:
    """Read the files of a draft through a map from now on.

    :param draft: the draft.
    :param text: the map; an empty one reads them without.
    :returns: the draft with it.
    :raises Refused: if it is too long.
    :raises StewardshipError: if it cannot be kept.
    """
    if len(text) > _LONGEST:
        raise _too_long(text)
    stated = replace(draft.stated, source=_MAPPED, map=text) if text else replace(draft.stated, source="", map="")
    return describe_draft(draft, stated)


def change_map(draft: Draft, change: Callable[[str], str]) -> Draft:
    """Change the map that reads a draft, and the one that its steward is at work on likewise.

    :param draft: a draft that is read through a map.
    :param change: the text of a map to the changed one.
    :returns: the draft with it.
    :raises StewardshipError: if it cannot be kept.
    """
    used = use_map(draft, change(draft.stated.map))
    return keep_map(used, change(draft.making)) if draft.making else used


def name_no_total(text: str, title: str) -> str:
    """Return a map by which a title that looks like the word before a sum names a project.

    :param text: the map.
    :param title: the title, as written.
    """
    written = MapText(text)
    told = written.section("project").get("not_totals") or []
    named = list(map(str, told if isinstance(told, list) else [told]))
    written.set_in("project", "not_totals", list(dict.fromkeys((*named, title))))
    return str(written)


def table_of(written: MapText, sheets: Sequence[SheetTexts]) -> MapTable | None:
    """Return the table that a map is about, or ``None`` where the file has none.

    :param written: the map.
    :param sheets: what stands in the sheets of the file.
    """
    wanted = str(written.section("table").get("sheet", ""))
    named = [sheet for sheet in sheets if sheet.rows and wanted in ("", sheet.sheet)]
    if not named:
        return None
    sheet = max(named, key=lambda one: len(one.rows))
    row = _heading_row(written, sheet)
    below = (cells for number, cells in sheet.rows.items() if number > row and any(map(str.strip, cells)))
    return MapTable(sheet.sheet, row, sheet.rows.get(row, ()), tuple(islice(below, _VALUES)))


def first_rows_of(draft: Draft, text: str, most: int) -> Sequence[PreviewRow]:
    """Return what a map makes of the first rows of a draft.

    :param draft: a draft of one table.
    :param text: the map.
    :param most: number of rows.
    :raises SourceError: if the map cannot be read, or does not fit the table.
    :raises StewardshipError: if the draft cannot be laid out.
    """
    with laid_out(draft) as (_, paths):
        return preview(paths[0], text, most)


def is_table(draft: Draft) -> bool:
    """Tell whether a draft is one table that a map can read.

    :param draft: the draft.
    """
    return len(draft.files) == 1 and can_edit(draft.original(draft.files[0]))


def _suggested(draft: Draft, sheet: str = "", heading_row: int | None = None) -> str:
    with laid_out(draft) as (_, paths):
        return suggest(paths[0], sheet, heading_row)


def _heading_row(written: MapText, sheet: SheetTexts) -> int:
    stated = str(written.section("table").get("heading_row", ""))
    if stated.isdigit() and int(stated) in sheet.rows:
        return int(stated)
    heads = islice(((row, cells) for row, cells in sheet.rows.items() if any(map(str.strip, cells))), LOOKED_AT)
    known = {row: sum(bool(written.key_of(index, cell)) for index, cell in enumerate(cells)) for row, cells in heads}
    return max(known, key=lambda row: known[row], default=1)


def _learned(sheets: Sequence[SheetTexts], events: Sequence[Event]) -> TableMap | None:
    """Return the map of the latest submission whose table has the same headings, without what was said of its rows."""
    heads = [
        [Row(number, cells) for number, cells in islice(sheet.rows.items(), LOOKED_AT)]
        for sheet in sheets
        if sheet.rows
    ]
    for submission in reversed(list(submissions(events).values())):
        text = submission.load.dataset.map
        if submission.load.dataset.format != _MAPPED or not text:
            continue
        try:
            written = MapText(text)
            written.drop("known")
            for place in ((), ("heading_row", "first_row"), ("sheet", "encoding", "separator")):
                for name in place:
                    written.set_in("table", name, None)
                if any(_fits(parse_map(str(written)), head) for head in heads):
                    return TableMap(str(written), Origin.LEARNED, submission.id)
        except SourceError:  # made by another version of the program
            continue
    return None


def _fits(known: ColumnMap, head: Sequence[Row]) -> bool:
    """Tell whether a table has all headings of a map and no others."""
    header = find_header(known, head)
    return header is not None and not header.unread and all(column.optional for column in header.missing)


def _too_long(text: str) -> Refused:
    return Refused(
        "A column map has at most {longest} characters; this one has {count}.", longest=_LONGEST, count=len(text)
    )
