"""``intgraph match suggest``: what a name, or the organisations and projects of new entries, may be in the graph."""

import csv
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer
from rich.table import Table

from graph_app.cli.console import err, fail, out, plain, told, working, write
from graph_app.cli.questions import Language

if TYPE_CHECKING:
    from graph_app.identity.described import Described
    from graph_app.identity.suggestions import Suggestion
    from graph_app.questions.engine import Engine
    from graph_app.settings import Settings

__all__ = ["command"]


class Kind(StrEnum):
    """What a name may name."""

    ORGANISATION = "organisation"
    PROJECT = "project"


class Format(StrEnum):
    """How suggestions are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MAP = "map"


class _Row(NamedTuple):
    """One suggestion, as it is written."""

    place: str
    entry: str
    relation: str
    verdict: str
    name: str
    entity: str
    score: float
    reasons: str


def command(
    file: Annotated[Path | None, typer.Argument(help="New entries, as for intgraph validate.")] = None,
    *,
    name: Annotated[str, typer.Option("--name", help="A name in place of a file.")] = "",
    kind: Annotated[Kind, typer.Option("--kind", help="What --name names.")] = Kind.ORGANISATION,
    dataset: Annotated[str, typer.Option("--dataset", help="Dataset of datasets.yaml that the file is part of.")] = "",
    map_: Annotated[str, typer.Option("--map", metavar="NAME|FILE", help="Column map that reads a table.")] = "",
    language: Annotated[Language, typer.Option("--language", help="Language of verdicts and reasons.")] = Language.EN,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write the suggestions.")] = Format.TABLE,
) -> None:
    """Say which organisations and projects of the current release a name or new entries probably mean, and why.

    Nothing is decided or changed. To use what the graph has, write its short form, such as organisation/curated/iom,
    as the id in the entry and wherever the entry refers to it; of a table that a column map reads, write what the
    format map gives into that map.
    """
    if (file is None) == (not name.strip()):
        fail("Name either a file of new entries, or with --name a name to look up.")
    with told():
        from graph_app.identity.described import Described
        from graph_app.questions.engine import Engine
        from graph_app.releases.release import current_release
        from graph_app.settings import load_settings

        settings = load_settings()
        with working() as say, Engine(current_release(settings), settings) as engine:
            say("Reading the names of the graph")
            if file is None:
                rows = list(_of_name(engine, Described(kind.value, (name,)), settings, language))
            else:
                rows = list(_of_file(engine, file, dataset, map_, settings, language))
        _write(rows, form, of_name=file is None)
        if not rows:
            err().print(plain(f"Nothing in the graph is like {name or 'what these entries describe'}."))


def _of_name(engine: "Engine", wanted: "Described", settings: "Settings", language: str) -> Iterator[_Row]:
    from graph_app.identity.graph import known_names

    found = known_names(engine).suggest(engine, wanted)
    return (_row("", wanted.texts[0], suggestion, settings.base, language) for suggestion in found)


def _of_file(engine: "Engine", file: Path, key: str, map_: str, settings: "Settings", language: str) -> Iterator[_Row]:
    from graph_app.cli.validate import dataset_of
    from graph_app.identity.entry import suggestions_for
    from loaders.sources.files import refuse_links_out

    if not file.exists():
        fail(f"There is no file {file}.")
    refuse_links_out(file)
    described = dataset_of(file, key, settings.data, map_)
    found_for, _ = suggestions_for(engine, file, described, base=settings.base)
    for mention, found in found_for:
        for suggestion in found:
            yield _row(mention.place.text(language), mention.name, suggestion, settings.base, language)


def _row(place: str, entry: str, suggestion: "Suggestion", base: str, language: str) -> _Row:
    from graph_app.cli.tables import short
    from loaders.vocabulary import prefixes

    return _Row(
        place,
        entry,
        suggestion.relation.value,
        suggestion.verdict(language),
        suggestion.name,
        short(suggestion.iri, base, prefixes()),
        suggestion.score,
        " ".join(reason.text(language) for reason in suggestion.reasons),
    )


def _write(rows: Sequence[_Row], form: Format, *, of_name: bool) -> None:
    if form is Format.JSON:
        write(json.dumps([row._asdict() for row in rows], ensure_ascii=False, indent=2))
    elif form is Format.MAP:
        write(_as_map(rows))
    elif form is Format.CSV:
        buffer = StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(_Row._fields)
        writer.writerows(rows)
        write(buffer.getvalue())
    elif rows:
        shown = ("verdict", "name", "entity", "score", "reasons") if of_name else ("place", "entry", *_TOLD)
        table = Table(*shown)
        for column in table.columns:
            column.overflow = "fold"
        for row in rows:
            table.add_row(*(plain(str(row._asdict()[column])) for column in shown))
        out().print(table)


def _as_map(rows: Sequence[_Row]) -> str:
    """Write what is probably the same as the ``known`` of a column map, the likeliest of each name."""
    from loaders.normalise.names import lookup_key
    from loaders.sources.mapped.map_text import MapText

    written, told = MapText(""), set[tuple[str, str]]()
    for row in rows:
        kind = row.entity.partition("/")[0]
        if row.relation == "same" and (kind, row.entry) not in told:
            told.add((kind, row.entry))
            named = {"named": "yes"} if lookup_key(row.entry) == lookup_key(row.name) else {}
            written.add_known({kind: row.entry, "is": row.entity, **named})
    return str(written).rstrip("\n") if told else "known: []"


_TOLD = ("verdict", "name", "entity", "score", "reasons")
