"""``intgraph match candidates`` and ``accept``: pairs of one release that may be one, and accepting many at once."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from graph_app.cli.console import err, fail, out, plain, working, write
from graph_app.cli.match.decide import tell
from graph_app.cli.match.suggest import Kind
from graph_app.cli.questions import Language
from graph_app.cli.submissions import acting

if TYPE_CHECKING:
    from graph_app.settings import Settings
    from graph_app.stewardship.pairs import Pair

__all__ = ["accept_command", "candidates_command"]

_LEAST = 0.75
#: What may be of an open pair, as a table tells it.
_SAID = {"same": "same?", "part": "part or whole?", "follows": "follow-up?"}


class Format(StrEnum):
    """How pairs are written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


_Kind = Annotated[Kind, typer.Option("--kind", help="What is compared.")]
_Language = Annotated[Language, typer.Option("--language", help="Language of reasons.")]
_Form = Annotated[Format, typer.Option("--format", "-f", help="How to write the pairs.")]


@dataclass(frozen=True, slots=True)
class _Row:
    """One pair, as it is written."""

    left: str
    left_name: str
    relation: str
    right: str
    right_name: str
    score: float
    rule: str
    standing: str
    reasons: str


def candidates_command(
    *,
    kind: _Kind = Kind.ORGANISATION,
    least: Annotated[float, typer.Option("--least", min=_LEAST, max=1.0, help="The least score.")] = _LEAST,
    everything: Annotated[bool, typer.Option("--all", help="Also pairs that are decided.")] = False,
    language: _Language = Language.EN,
    form: _Form = Format.TABLE,
) -> None:
    """List the pairs of the current release that may be one, or part of each other, best first. Nothing is decided."""
    with acting(language) as (settings, _):
        from graph_app.stewardship.pairs import Standing

        pairs = [pair for pair in _pairs(kind, least, settings) if everything or pair.standing is Standing.OPEN]
        _show(pairs, form, language)
        _warn(settings, kind)


def accept_command(
    *,
    rule: Annotated[str, typer.Option("--rule", help="Accept all that a strict rule gives.")] = "",
    least: Annotated[
        float | None, typer.Option("--least", min=_LEAST, max=1.0, help="Accept all from this score on.")
    ] = None,
    kind: _Kind = Kind.ORGANISATION,
    yes: Annotated[bool, typer.Option("--yes", help="Write it down; without this the pairs are only listed.")] = False,
    language: _Language = Language.EN,
    form: _Form = Format.TABLE,
) -> None:
    """Decide at once that many pairs are one: all that a strict rule gives, or all from a score on.

    One event holds all of them; `intgraph match undo` takes it back as a whole, and
    `intgraph match decide ONE withdrawn OTHER` a single pair of it.
    """
    if bool(rule) == (least is not None):
        fail("Say either --rule, or with --least from which score on.")
    with acting(language) as (settings, actor):
        from graph_app.identity.rules import RULES
        from graph_app.journal.decisions import Judgement, Way
        from graph_app.stewardship.deciding import decide
        from graph_app.stewardship.pairs import acceptable, decision_on

        if rule and rule not in RULES:
            fail(f"There is no rule {rule}. There are {', '.join(RULES)}.")
        found = acceptable(_pairs(kind, 0.0 if least is None else least, settings), rule=rule, least=least or 0.0)
        if not yes or not found:
            _show(found, form, language)
        if not found:
            return
        if not yes:
            err().print(
                plain(f"Nothing is decided yet. --yes decides that the two of each of these {len(found)} are one.")
            )
            return
        way = Way.RULE if rule else Way.BATCH
        tell(decide([decision_on(pair, Judgement.SAME, way=way) for pair in found], actor, settings), settings)


def _pairs(kind: Kind, least: float, settings: "Settings") -> "Sequence[Pair]":
    from graph_app.identity.findings import identifier_findings
    from graph_app.identity.kept import find_candidates
    from graph_app.questions.engine import Engine
    from graph_app.releases.release import current_release
    from graph_app.stewardship.deciding import decisions
    from graph_app.stewardship.pairs import pairs_of

    with working() as say, Engine(current_release(settings), settings) as engine:
        say("Comparing the names of the graph")
        identifier_findings(engine, settings, kind.value)
        found = [one for one in find_candidates(engine, settings, kind.value) if one.score >= least]
        return pairs_of(found, decisions(settings), settings.base)


def _warn(settings: "Settings", kind: Kind) -> None:
    """Say that there are identifiers which nothing is made one by."""
    from graph_app.identity.findings import kept_identifier_findings
    from graph_app.releases.release import current_release

    if found := kept_identifier_findings(current_release(settings), settings, kind.value):
        said = "One identifier stands" if len(found) == 1 else f"{len(found)} identifiers stand"
        told = f"{said} with clearly different names: `intgraph validate --all` tells which."
        err().print(plain(told), style="yellow")


def _show(pairs: "Sequence[Pair]", form: Format, language: str) -> None:
    rows = [_row(pair, language) for pair in pairs]
    names = list(_Row.__dataclass_fields__)
    cells = [{name: getattr(row, name) for name in names} for row in rows]
    if form is Format.JSON:
        write(json.dumps(cells, ensure_ascii=False, indent=2))
    elif form is Format.CSV:
        from graph_app.questions.formats import neutralise

        buffer = StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(names)
        for cell_row in cells:
            writer.writerow([neutralise(cell) if isinstance(cell, str) else cell for cell in cell_row.values()])
        write(buffer.getvalue())
    elif rows:
        table = Table("first", "is", "second", "score", "reasons")
        for column in table.columns:
            column.overflow = "fold"
        for row in rows:
            first, second = f"{row.left_name}\n{row.left}", f"{row.right_name}\n{row.right}"
            said = _SAID[row.relation] if row.standing == "open" else row.standing
            score = f"{row.score:.2f}"
            table.add_row(plain(first), plain(said), plain(second), score, plain(f"{row.rule} {row.reasons}".strip()))
        out().print(table)
    if not rows:
        err().print("No such pair is open.")


def _row(pair: "Pair", language: str) -> _Row:
    seen = pair.candidate
    assert seen is not None  # noqa: S101 - all of them were found by comparing
    reasons = " ".join(reason.text(language) for reason in seen.reasons)
    names = (pair.left, seen.left_name, seen.relation.value, pair.right, seen.right_name)
    return _Row(*names, seen.score, seen.rule, pair.standing.value, reasons)
