"""Of what several mentions an entity is made, and by which decisions."""

from collections.abc import Mapping, Sequence

from graph_app.components.links import Reference
from graph_app.components.rows import Cell
from graph_app.components.texts import catalogue, text
from graph_app.questions.results import Table, Term
from graph_app.views.identity.named import mentioned
from graph_app.views.reading import references, settings

__all__ = ["decision_cells", "mention_cells"]

#: Column to the beginning of the keys of its words.
_WORDS = {"judgement": "who.judgement", "decidedBy": "who.way", "method": "who.rule"}


def mention_cells(table: Table, subject: str) -> list[list[Cell]]:
    """Make mentions ready for drawing, each in one row; it leads to what its own sources state.

    :param table: the mentions, a row a name and dataset.
    :param subject: the entity.
    """
    del subject
    rows: dict[str, list[Mapping[str, Term]]] = {}
    for row in table:
        rows.setdefault(row["mention"].value, []).append(row)
    named = references({*rows, *(row["dataset"].value for row in table if "dataset" in row)})
    base = settings().base
    return [
        [
            named[mention],
            " · ".join(dict.fromkeys(_with_language(row["name"]) for row in told if "name" in row)),
            told[0]["loadedAs"].value.removeprefix(base),
            ", ".join(dict.fromkeys(named[row["dataset"].value].label for row in told if "dataset" in row)),
            str(sum({row["dataset"].value: int(row["records"].value) for row in told if "dataset" in row}.values())),
        ]
        for mention, told in rows.items()
    ]


def _with_language(name: Term) -> str:
    return f"{name.value} ({name.language})" if name.language else name.value


def decision_cells(table: Table, subject: str) -> list[list[Cell]]:
    """Make decisions ready for drawing, each in one row with all its reasons.

    :param table: the decisions, a row a reason.
    :param subject: the entity.
    """
    del subject
    rows: dict[str, dict[str, Term]] = {}
    reasons: dict[str, list[str]] = {}
    for row in table:
        decision = row["decision"].value
        rows.setdefault(decision, dict(row))
        if "reason" in row:
            reasons.setdefault(decision, []).append(row["reason"].value)
    named = mentioned(row[end].value for row in rows.values() for end in ("left", "right"))
    return [
        [_cell(column, row, reasons.get(decision, ()), named) for column in table.columns]
        for decision, row in rows.items()
    ]


def _cell(column: str, row: Mapping[str, Term], reasons: Sequence[str], named: Mapping[str, Reference]) -> Cell:
    if column == "reason":
        return " ".join(reasons)
    if column not in row:
        return None
    value = row[column].value
    if column in {"left", "right"}:
        return named[value]
    if column == "decision":
        return Reference(value, text("who.decision"))
    key = f"{_WORDS.get(column, column)}.{value}"
    return text(key) if key in catalogue() else value
