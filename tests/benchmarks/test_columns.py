"""The same questions to columns, to Oxigraph, to Virtuoso, and to tables made by hand as the limit, all in one run."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.benchmarks.inside import Inside
from tests.benchmarks.material import PROJECTS, Material, Published
from tests.benchmarks.servers import TIME_LIMIT, Asked, Server, ask, difference, virtuoso_union
from tests.benchmarks.shapes import QUERIES, bared, entities, filled
from tests.benchmarks.tables import Table
from tests.benchmarks.virtuoso import installed
from tests.benchmarks.wide import write_wide

pytestmark = pytest.mark.bench

#: Questions about one entity and what is near it; q03 begins at one and reaches most of the graph. The others have to
#: look at all that there is of some kind.
LOOK_UPS = ("q01-median", "q01-top", "q02-partners", "q08-path", "q14-project-page")
KINDS = {"whole-graph questions": False, "look-ups": True}
OTHERS = ("oxigraph", "virtuoso", "limit")
ABOUT = f"""
{PROJECTS:,} generated projects as a release. Milliseconds from the text of a query to the serialised answer, medians of
up to 5 warm runs, fewer of slow queries. A query is stopped after {TIME_LIMIT} s; without answer it counts as that.
Columns, Oxigraph and the limit answer in a process of their own, without HTTP; columns and the limit use 2 threads,
Oxigraph one, as it does for one query. Virtuoso answers over HTTP. Columns keep the plan of a text that they have seen,
as they do for questions of the library and of pages; "new text" is what one takes that they have not seen.

The limit is DuckDB on tables that a person laid out who knew the questions (`wide.py`; `queries/*.sql`): no terms, a
column for each property of one value, enumerations for concepts. Its answers too are fetched and written as text. Such
tables have no statements to count, so q11 and q12 have no limit.

Look-ups are {", ".join(LOOK_UPS)}: they begin at one entity and end near it. All others look at the whole graph.
"""


@pytest.fixture(scope="module")
def engines(
    material: Material, published: Published, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Inside | Server]]:
    """All engines at once; idle ones take no time from the one that is asked."""
    folder = tmp_path_factory.mktemp("engines")
    write_wide(material.plan, folder / "wide")
    with ExitStack() as stack:
        found: dict[str, Inside | Server] = {
            "columns": stack.enter_context(Inside("columns", published.release / "columns")),
            "oxigraph": stack.enter_context(Inside("oxigraph", published.release / "store")),
        }
        if installed():
            virtuoso = tmp_path_factory.mktemp("virtuoso")
            found["virtuoso"] = stack.enter_context(virtuoso_union(published.release / "content", virtuoso))
        found["limit"] = stack.enter_context(Inside("limit", folder / "wide"))
        yield found


def test_columns(material: Material, engines: dict[str, Inside | Server], make_table: Callable[..., Table]) -> None:
    others = [name for name in OTHERS if name in engines]
    shown = ["query", "rows", "columns", "new text", *others, *(f"columns / {name}" for name in others)]
    table = make_table(f"columns-{PROJECTS}", f"Columns on {PROJECTS:,} projects", ABOUT, shown)
    factors: dict[tuple[str, bool], list[float]] = {(name, kind): [] for name in others for kind in KINDS.values()}
    wrong, named = [], entities(material.plan)
    for path in sorted(QUERIES.glob("*.rq")):
        asked = answers_to(path, named, engines)
        anew = asked.pop("columns anew")
        of = {name: seconds(asked["columns"]) / seconds(asked[name]) for name in others if name in asked}
        for name, factor in of.items():
            factors[name, path.stem in LOOK_UPS].append(factor)
        table.add(
            path.stem,
            " / ".join(f"{n:,}" for n in sorted({len(one.rows) for one in asked.values() if one.rows is not None})),
            asked["columns"].time,
            anew.time,
            *(asked[name].time if name in asked else "–" for name in others),
            *(f"{of[name]:.3f}" if name in of else "–" for name in others),
        )
        for name, one in asked.items():
            if one.failure not in {"", "stopped"}:
                table.remark(f"{path.stem}: {name} gave {one.failure}.")
        told = {name: differs(asked["columns"], name, asked[name]) for name in of}
        for name in filter(told.get, told):
            table.remark(f"{path.stem}: the answers differ. {told[name]}.")
        # Virtuoso compares years with days, which the standard does not; so its answers are only told of.
        wrong += [path.stem for name in ("oxigraph", "limit") if told.get(name)]
    for kind, is_look_up in KINDS.items():
        means = [mean(factors[name, is_look_up]) for name in others]
        table.add(f"geometric mean, {kind}", *[""] * (len(shown) - 1 - len(others)), *means)
    memory = {name: f"{one.peak() / 2**20:,.0f} MiB" for name, one in engines.items()}
    table.add("most memory", "", memory["columns"], "", *(memory[name] for name in others))
    assert not wrong, "The engines do not hold the same graph, or one of them is wrong."


def answers_to(path: Path, named: Mapping[str, str], engines: Mapping[str, Inside | Server]) -> dict[str, Asked]:
    """Ask all engines one question; the limit only what there are tables for."""
    query, by_hand = filled(path.read_text(encoding="utf-8"), named), path.with_suffix(".sql")
    found = {}
    for name, engine in engines.items():
        if isinstance(engine, Server):
            found[name] = ask(engine, query)
        elif name != "limit":
            found[name] = engine.ask(query)
        elif by_hand.exists():
            found[name] = engine.ask(by_hand.read_text(encoding="utf-8"), named)
        if name == "columns":
            found["columns anew"] = engine.ask(query, anew=True)
    return found


def differs(own: Asked, name: str, other: Asked) -> str:
    """Say how columns and another engine differ, or nothing where they agree or one does not answer."""
    if own.rows is None or other.rows is None:
        return ""
    return difference({"columns": bared(own.rows) if name == "limit" else own.rows, name: other.rows})


def seconds(asked: Asked) -> float:
    return asked.seconds if asked.rows is not None else float(TIME_LIMIT)


def mean(factors: list[float]) -> str:
    return f"{math.exp(sum(map(math.log, factors)) / len(factors)):.3f}" if factors else "–"
