"""Decisions as CSV: one a line, all of what each says but who made it."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from graph_app.journal.decisions import Decided, Decision
from graph_app.questions.formats import neutralise
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.exchange.rows import Refusal, decision_of

__all__ = ["read_table", "write_table"]

_COLUMNS = (
    *("left", "left name", "judgement", "right", "right name"),
    *("way", "score", "rule", "reason (en)", "reason (cs)", "comment", "decided"),
)
_NEEDED = ("left", "judgement", "right")


def write_table(decided: Iterable[Decided], names: Mapping[str, str]) -> str:
    """Write decisions as CSV; texts that a spreadsheet would run as a formula get an apostrophe before them.

    :param decided: the decisions.
    :param names: what the two of each are called, by IRI; only people read it.
    """
    buffer = StringIO()
    writer = csv.DictWriter(buffer, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in decided:
        decision = one.decision
        writer.writerow(
            {
                "left": decision.left,
                "left name": neutralise(names.get(decision.left, "")),
                "judgement": decision.judgement.value,
                "right": decision.right,
                "right name": neutralise(names.get(decision.right, "")),
                "way": decision.way.value,
                "score": "" if decision.score is None else f"{decision.score:.3f}",
                "rule": _safe(decision.rule),
                **{f"reason ({language})": _safe(_reasons(decision, language)) for language in ("en", "cs")},
                "comment": _safe(decision.comment),
                "decided": one.event.time.isoformat(timespec="seconds"),
            }
        )
    return buffer.getvalue()


def read_table(text: str, base: str) -> Iterator[tuple[int, Decision] | Refusal]:
    """Read decisions from CSV.

    :param text: the file.
    :param base: base of all instance IRIs.
    :returns: each decision with the number of its line, or why a line gives none.
    :raises Refused: if the file lacks a column, or is no CSV.
    """
    reader = csv.DictReader(StringIO(text, newline=""), strict=True)
    try:
        lacking = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
        if lacking:
            raise Refused("The table has no column {lacking}. It needs left, judgement and right.", lacking=lacking[0])
        for row in reader:
            try:
                yield reader.line_num, decision_of({name: _as_meant(row.get(name) or "") for name in _COLUMNS}, base)
            except Refused as error:
                yield Refusal(reader.line_num, error)
    except csv.Error as error:
        raise Refused("Line {line} is no CSV: {error}.", line=reader.line_num, error=error) from error


def _safe(text: str) -> str:
    """Return a text that nothing runs and that :func:`_as_meant` gives back, with one apostrophe more if it has one."""
    return f"'{text}" if text.startswith("'") else neutralise(text)


def _as_meant(cell: str) -> str:
    return cell.removeprefix("'")


def _reasons(decision: Decision, language: str) -> str:
    return " | ".join(reason.get(language, "") for reason in decision.reasons)
