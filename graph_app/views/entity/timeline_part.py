"""An entity in time: the projects of an organisation or donor, and the dates of a project."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from graph_app.components.links import Reference
from graph_app.components.rows import Cell
from graph_app.components.texts import language, text
from graph_app.components.timeline import Bar, draw_timeline
from graph_app.questions.results import Table
from graph_app.views.reading import answer, references

__all__ = ["show_dates", "show_timeline"]

_DATES = "project-dates"
#: Bars that are drawn; the table holds them all.
_DRAWN = 40
#: Combinations of roles that have a colour of their own.
_KINDS = 5
#: One bar alone says no more than its line among the facts.
_LEAST = 2


def show_timeline(columns: Sequence[str], rows: Sequence[Sequence[Cell]], kind: str, key: str) -> None:
    """Draw the projects of a table in time.

    :param columns: its columns, ``project``, ``start`` and ``end`` among them.
    :param rows: its cells.
    :param kind: the column that colours tell, or empty for none.
    :param key: name of the chart on this page.
    """
    roles: dict[tuple[str, str, str], list[str]] = {}
    for row in rows:
        cells = dict(zip(columns, map(_written, row), strict=True))
        said = roles.setdefault((cells["project"], cells["start"], cells["end"]), [])
        if kind and (role := cells[kind]) and role not in said:
            said.append(role)
    latest = sorted(roles.items(), key=lambda item: item[0][1], reverse=True)
    told = [", ".join(sorted(said)) for _, said in latest]
    often = {name for name, _ in Counter(told[:_DRAWN]).most_common(_KINDS)}
    bars = [
        Bar(project, said or project, start, end, said if said in often else text("entity.timeline.others"))
        for ((project, start, end), _), said in zip(latest, told, strict=True)
    ]
    _draw(bars, key, row=text("column.project"), about=text(f"column.{kind or 'project'}"))


def show_dates(iri: str) -> str:
    """Draw the dates of a project, where its sources state more than one period.

    :param iri: the project.
    :returns: name of the query that they come from.
    """
    table = answer(_DATES, iri=iri)
    bars = _dates(table)
    if len(bars) >= _LEAST:
        st.subheader(text("section.timeline"), anchor=False)
        _draw(bars, _DATES, row=text("column.period"), about=text("column.about"))
    return _DATES if bars else ""


def _dates(table: Table) -> list[Bar]:
    named: Mapping[str, Reference] = references(row["thing"].value for row in table if "thing" in row)
    bars = []
    for row in table:
        period = text(f"period.{row['period'].value}")
        about = named[row["thing"].value].label if "thing" in row else period
        start, end = (row[name].value if name in row else "" for name in ("start", "end"))
        bars.append(Bar(period, about, start or end, end, ""))
    return bars


def _draw(bars: Sequence[Bar], key: str, *, row: str, about: str) -> None:
    drawn = bars[:_DRAWN]
    if sum(bool(bar.start) for bar in drawn) < _LEAST:
        return
    named = f"timeline {key} {language()}"
    undated = draw_timeline(drawn, key=named, description=text("entity.timeline.told"), row=row, about=about)
    notes = [text("entity.timeline.read")]
    if len(bars) > _DRAWN:
        notes.append(text("entity.timeline.cut", shown=_DRAWN, all=len(bars)))
    if undated:
        notes.append(text("entity.timeline.undated", count=len(undated)))
    st.caption(" ".join(notes))


def _written(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.label if cell is not None else ""
