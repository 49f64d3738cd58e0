"""Answers as columns that charts can be drawn of: names, numbers, years and days."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from graph_app.components.links import Reference
from graph_app.components.result import partner_columns
from graph_app.components.texts import catalogue, text
from graph_app.questions.results import XSD, Table, Term

__all__ = ["Column", "Kind", "columns_of", "frame_of"]

Kind = Literal["name", "number", "year", "day"]

_DAYS = frozenset(XSD + name for name in ("date", "dateTime", "gYearMonth", "gYear"))
_YEAR = re.compile(r"\d{4}")
_YEAR_NAME = re.compile(r"year|rok$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an answer.

    :param name: its variable, or several in one as the table shows them.
    :param heading: what the screen calls it.
    :param kind: what its values are.
    :param values: the values as charts take them, ``None`` where there is none.
    :param iris: IRIs behind the names, empty where there is none.
    """

    name: str
    heading: str
    kind: Kind
    values: tuple[str | float | None, ...]
    iris: tuple[str, ...]


def columns_of(table: Table, references: Mapping[str, Reference], *, worded: bool = False) -> Sequence[Column]:
    """Read the columns of an answer; an entity and its label are one.

    :param table: the answer.
    :param references: IRI to reference.
    :param worded: whether columns have headings among the texts of the screen.
    """
    labels = set(partner_columns(table).values())
    return [
        _column(
            name,
            text(f"column.{name}") if worded and f"column.{name}" in catalogue() else name,
            [row[place] for row in table.rows],
            references,
        )
        for place, name in enumerate(table.columns)
        if name not in labels
    ]


def frame_of(columns: Sequence[Column]) -> pd.DataFrame:
    """Put columns into a frame, by their names.

    :param columns: the columns.
    """
    frame = pd.DataFrame({column.name: column.values for column in columns})
    for column in columns:
        if column.kind == "day":
            frame[column.name] = pd.to_datetime(frame[column.name], format="ISO8601", errors="coerce")
    return frame


def _column(name: str, heading: str, terms: Sequence[Term | None], references: Mapping[str, Reference]) -> Column:
    iris = tuple(term.value if term is not None and term.kind == "iri" else "" for term in terms)
    said = [term for term in terms if term is not None]
    kind = _kind(name, said)
    if kind == "number":
        numbers = tuple(None if term is None else float(str(term.python())) for term in terms)
        return Column(name, heading, kind, numbers, iris)
    texts = tuple(
        None
        if term is None
        else references[term.value].label
        if term.kind == "iri" and term.value in references
        else term.value
        for term in terms
    )
    return Column(name, heading, kind, texts, iris)


def _kind(name: str, said: Sequence[Term]) -> Kind:
    if not said or any(term.kind != "literal" for term in said):
        return "name"
    if all(_YEAR.fullmatch(term.value) for term in said) and (
        _YEAR_NAME.search(name) or all(term.datatype == XSD + "gYear" for term in said)
    ):
        return "year"
    if all(term.datatype in _DAYS for term in said):
        return "day"
    return "number" if all(_is_number(term) for term in said) else "name"


def _is_number(term: Term) -> bool:
    if not term.datatype:
        return False
    try:
        value = term.python()
        return not isinstance(value, bool) and abs(float(value)) < float("inf")
    except ValueError:
        return False
