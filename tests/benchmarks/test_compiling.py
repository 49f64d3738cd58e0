"""What it takes to make queries ready for columns, before anything is executed."""

import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb
import pytest

from graph_app.columns.algebra import query
from graph_app.columns.algebra.parse import Parsed, parse
from graph_app.columns.database import connect_reading
from graph_app.columns.declined import Declined
from graph_app.columns.engine import ColumnStore
from graph_app.columns.expressions.udf import register
from graph_app.columns.kinds import Kind
from graph_app.columns.terms import Constant
from graph_app.questions.catalogue import GROUPS, Question
from graph_app.questions.parameters import parse as parse_value
from graph_app.questions.results import Term
from loaders.vocabulary import prefixes
from tests.benchmarks.material import PROJECTS, Material, Published
from tests.benchmarks.measure import share
from tests.benchmarks.shapes import QUERIES, entities, filled
from tests.benchmarks.tables import Table
from tests.graph_app.columns.library import asked

pytestmark = pytest.mark.bench

TURNS = 3
#: Two values of each type of parameter.
VALUES = {
    "iri": ("project/generated/p0000001", "project/generated/p0000002"),
    "project": ("generated/p0000001", "generated/p0000002"),
    "organisation": ("generated/o0000001", "generated/o0000002"),
    "donor": ("generated/o0000003", "generated/o0000004"),
    "programme": ("generated/f00001-1", "generated/f00001-2"),
    "partnership": ("generated/p0000001", "generated/p0000002"),
    "country": ("CZE", "DEU"), "target-group": ("refugees", "migrant-women"), "theme": ("employment", "housing"),
    "role": ("coordinator", "partner"), "organisation-type": ("university", "company"),
    "text": ("vietnam", "ukraine"), "month": ("2014-05", "2015-06"), "year": ("2014", "2015"), "integer": ("2", "3"),
    "language": ("cs", "en"), "date": ("2014-05-01", "2015-06-30"),
}  # fmt: skip
ABOUT = f"""
Every query of the library, of the pages and of the rules, with a value for each parameter, and every query of
`tests/benchmarks/queries`, on the columns of {PROJECTS:,} generated projects. Milliseconds; of each query the median of
{TURNS} turns, in each of which nothing is known of any query; of each group the median and the 95th percentile.

Parser: rdflib's, text to tree. Compiling: what is beside it on the way to SQL, terms looked up in the dictionary
included. Again: the same text with other values for its parameters, up to where SQL is handed over; the plan was kept.
Queries without parameters do not count there.
DuckDB: its own way from SQL to an operator tree, which it takes each time (`EXPLAIN`, which executes nothing).
"""
STEPS = ("parser", "compiling", "again", "DuckDB")

Params = Mapping[str, Sequence[Constant]]


@dataclass(frozen=True, slots=True)
class Case:
    """A query, with two ways to fill its parameters."""

    name: str
    group: str
    text: str
    first: Params
    second: Params


class Parser:
    """The parser, with a clock: what it takes while a query is compiled is told apart from all else."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, text: str, known: Mapping[str, str]) -> Parsed:
        start = time.perf_counter()
        try:
            return parse(text, known)
        finally:
            self.seconds = time.perf_counter() - start


def test_compiling(
    material: Material, published: Published, make_table: Callable[..., Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    parser = Parser()
    monkeypatch.setattr(query, "parse", parser)
    connection = connect_reading(published.release / "columns")
    register(connection)
    found: dict[str, dict[str, list[float]]] = {}
    slowest, declined = (0.0, ""), []
    for case in cases(material):
        try:
            # Another comment each time: what was read once is kept by its text.
            anew = [replace(case, text=f"{case.text}\n# {turn}") for turn in range(TURNS)]
            turns = [measured(connection, one, parser) for one in anew]
        except Declined:
            declined.append(case.name)
            continue
        took = {step: statistics.median(turn[step] for turn in turns) for step in STEPS}
        if not case.first:
            del took["again"]
        for step, seconds in took.items():
            for group in (case.group, "all"):
                found.setdefault(group, {}).setdefault(step, []).append(seconds * 1000)
        slowest = max(slowest, (took["compiling"], case.name))
    shown = ["of", "queries", *(f"{step}, {which}" for step in STEPS for which in ("median", "95 %"))]
    table = make_table("compiling", "Making queries ready for columns", ABOUT, shown)
    # All together come last.
    for group, times in sorted(found.items(), key=lambda item: item[0] == "all"):
        shares = (f"{share(times[step], part):.1f}" if step in times else "–" for step in STEPS for part in (0.5, 0.95))
        table.add(group, str(len(times["parser"])), *shares)
    table.remark(f"Compiling takes longest of {slowest[1]}: {slowest[0] * 1000:.1f} ms beside the parser.")
    table.remark(f"Declined, and so not measured: {', '.join(declined) or 'none'}.")
    assert found


def measured(connection: duckdb.DuckDBPyConnection, case: Case, parser: Parser) -> dict[str, float]:
    """Measure the steps once, with a store that has not met any query."""
    store, known = ColumnStore(connection), prefixes()
    start = time.perf_counter()
    store.plan(case.text, prefixes=known, params=case.first)
    planned = time.perf_counter()
    plan = store.plan(case.text, prefixes=known, params=case.second)
    slots = store._slots(plan, case.second)
    again = time.perf_counter()
    # As text for people it would take far longer than the planning itself.
    connection.execute(f"EXPLAIN (FORMAT json) {plan.sql}", slots).fetchall()
    explained = time.perf_counter()
    steps = (parser.seconds, planned - start - parser.seconds, again - planned, explained - again)
    return dict(zip(STEPS, steps, strict=True))


def cases(material: Material) -> Iterator[Case]:
    """Yield all queries: those of the project, and those of the benchmarks, which have no parameters."""
    for name, question in asked().items():
        folder = name.partition("/")[0]
        first, second = (filled_in(question, place) for place in (0, 1))
        yield Case(name, "library" if folder in GROUPS else folder, question.text, first, second)
    for path in sorted(QUERIES.glob("*.rq")):
        yield Case(path.stem, "benchmarks", filled(path.read_text(encoding="utf-8"), entities(material.plan)), {}, {})


def filled_in(question: Question, place: int) -> Params:
    """Return a value for each parameter."""
    return {one.name: [constant(parse_value(one, VALUES[one.type][place]))] for one in question.params}


def constant(term: Term) -> Constant:
    if term.kind == "iri":
        return Constant(Kind.IRI, term.value)
    return Constant.literal(term.value, term.datatype, term.language)
