"""An answer drawn: as table, chart, map, network or raw, whichever fit it, with its files."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from graph_app.components.chart import choose_chart, draw_chart
from graph_app.components.choices import choose_segment, choose_value
from graph_app.components.country_map import draw_country_map, undrawn
from graph_app.components.downloads import PARQUET, XLSX, as_csv, as_json, as_parquet, as_xlsx, download
from graph_app.components.escape import escape
from graph_app.components.frame import Column, columns_of
from graph_app.components.links import Reference
from graph_app.components.messages import empty
from graph_app.components.pairs import draw_pairs
from graph_app.components.result import draw_table
from graph_app.components.texts import text
from graph_app.questions.catalogue import Question
from graph_app.questions.formats import to_json, to_turtle
from graph_app.questions.results import Table, Term, Triples, Truth
from graph_app.views.reading import references
from loaders.vocabulary import COUNTRY

__all__ = ["show_parts"]

#: Looking up more names than this would take longer than the question itself.
_NAMED = 3_000
_SHOWN_LINES = 300
#: Statements that are drawn; more would be a tangle, and the files hold them all.
_DRAWN = 2_000


def show_parts(found: Table | Triples | Truth, question: Question) -> None:
    """Draw an answer.

    :param found: the answer.
    :param question: what was asked.
    """
    match found:
        case Table():
            _table(found, question)
        case Triples():
            _triples(found, question)
        case Truth():
            st.metric(text("ask.answer"), text("yes") if found.value else text("no"))


def _table(table: Table, question: Question) -> None:
    if not table.rows:
        empty(text("ask.no_rows"))
        return
    worded = bool(question.group)
    named = references(_iris(table))
    columns = columns_of(table, named, worded=worded)
    countries = [column for column in columns if any(iri.startswith(COUNTRY) for iri in column.iris)]
    things = [column for column in columns if any(column.iris)]
    parts: dict[str, Callable[[], None]] = {
        # Columns of the library have headings in each language; those of a person's own query keep its names.
        "table": lambda: draw_table(table, named, key=f"result {question.name}", worded=worded),
        "chart": lambda: _chart(columns, question),
    }
    if countries:
        parts["map"] = lambda: _map(countries, columns, named, question)
    if len(things) > 1:
        parts["network"] = lambda: _network(things, named, question)
    parts["raw"] = lambda: _raw(to_json(table), "json")
    _choose(parts)
    if table.truncated and st.query_params.get("view"):
        st.warning(escape(table.notice), icon=":material/content_cut:")
    records = table.records()
    rows = [[record[column] for column in table.columns] for record in records]
    with st.container(horizontal=True):
        download("CSV", as_csv(table.columns, rows), f"{question.name}.csv", "text/csv")
        download("XLSX", lambda: as_xlsx(table.columns, rows), f"{question.name}.xlsx", XLSX)
        download("Parquet", lambda: as_parquet(table.columns, rows), f"{question.name}.parquet", PARQUET)
        download("JSON", as_json(records), f"{question.name}.json", "application/json")
    st.caption(text("ask.csv_note"))


def _triples(found: Triples, question: Question) -> None:
    lines = found.lines
    if not lines:
        empty(text("ask.no_rows"))
        return
    _choose(
        {
            "raw": lambda: _raw(to_turtle(found), "turtle"),
            "network": lambda: _statements(found, question),
        }
    )
    st.caption(text("ask.statements", count=len(lines), release=escape(found.release)))
    if found.truncated:
        st.warning(escape(found.notice), icon=":material/content_cut:")
    with st.container(horizontal=True):
        download("Turtle", lambda: to_turtle(found).encode(), f"{question.name}.ttl", "text/turtle")
        download("JSON-LD", lambda: to_json(found).encode(), f"{question.name}.jsonld", "application/ld+json")
        download("N-Triples", found.ntriples.encode(), f"{question.name}.nt", "application/n-triples")


def _choose(parts: Mapping[str, Callable[[], None]]) -> None:
    chosen = choose_segment("view", text("view.choose"), list(parts), lambda name: text(f"view.{name}"))
    parts[chosen]()


def _chart(columns: Sequence[Column], question: Question) -> None:
    chart = choose_chart(columns)
    draw_chart(chart, columns, key=f"chart {question.name}", description=text("chart.description"))


def _map(
    countries: Sequence[Column], columns: Sequence[Column], named: Mapping[str, Reference], question: Question
) -> None:
    numbers = {column.name: column for column in columns if column.kind == "number"}
    by_name = {column.name: column for column in countries}
    headings = {name: column.heading for name, column in (by_name | numbers).items()} | {"rows": text("chart.rows")}
    with st.container(horizontal=True):
        where = by_name[_one("country", text("answer_map.country"), list(by_name), headings)]
        what = _one("value", text("answer_map.value"), [*numbers, "rows"], headings)
    values: dict[str, float] = {}
    for place, iri in enumerate(where.iris):
        amount = numbers[what].values[place] if what in numbers else 1.0
        if iri.startswith(COUNTRY) and isinstance(amount, float):
            values[iri] = values.get(iri, 0.0) + amount
    labels = {iri: named[iri].label if iri in named else iri for iri in values}
    description = text("answer_map.description", column=headings[what])
    draw_country_map(
        values, (), labels, title=headings[what], whole=True, key=f"map {question.name}", description=description
    )
    missing = undrawn(values)
    if missing:
        st.caption(text("answer_map.undrawn", countries=", ".join(escape(labels[iri]) for iri in missing)))


def _network(things: Sequence[Column], named: Mapping[str, Reference], question: Question) -> None:
    by_name = {column.name: column for column in things}
    headings = {name: column.heading for name, column in by_name.items()}
    names = list(by_name)
    with st.container(horizontal=True):
        first = _one("from", text("pairs.first"), names, headings)
        second = _one("to", text("pairs.second"), [*names[1:], names[0]], headings)
    pairs = [(a, b) for a, b in zip(by_name[first].iris, by_name[second].iris, strict=True) if a and b]
    labels = {iri: one.label for iri, one in named.items()}
    draw_pairs(pairs, labels, key=f"network {question.name}")


def _statements(found: Triples, question: Question) -> None:
    pairs = []
    for line in found.lines[:_DRAWN]:
        subject, _, rest = line.partition(" ")
        last = rest.partition(" ")[2].removesuffix(" .").strip()
        if subject.startswith("<") and last.startswith("<"):
            pairs.append((subject[1:-1], last[1:-1]))
    named = references(sorted({iri for pair in pairs for iri in pair})[:_NAMED])
    draw_pairs(pairs, {iri: one.label for iri, one in named.items()}, key=f"network {question.name}")


def _one(name: str, label: str, options: Sequence[str], words: Mapping[str, str]) -> str:
    if st.query_params.get(name, options[0]) not in options:  # of another answer, whose columns were others
        del st.query_params[name]
    return choose_value(name, label, options, options[0], words=lambda one: words.get(one, one)) or options[0]


def _raw(whole: str, language: str) -> None:
    lines = whole.splitlines()
    st.code("\n".join(lines[:_SHOWN_LINES]), language=language, wrap_lines=True)
    if len(lines) > _SHOWN_LINES:
        st.caption(text("ask.more_lines", shown=_SHOWN_LINES, all=len(lines)))


def _iris(table: Table) -> Sequence[str]:
    def is_iri(term: Term | None) -> bool:
        return term is not None and term.kind == "iri"

    return sorted({term.value for row in table.rows for term in row if term is not None and is_iri(term)})[:_NAMED]
