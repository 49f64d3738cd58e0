"""The questions that pages and researchers ask, over HTTP: ours beside others on the same graph, all in one run."""

import math
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.benchmarks.material import PROJECTS, Material, Published
from tests.benchmarks.servers import TIME_LIMIT, Asked, Server, ask, difference, ours, oxigraph, virtuoso_union
from tests.benchmarks.shapes import QUERIES, entities, filled
from tests.benchmarks.tables import Table
from tests.benchmarks.virtuoso import installed

pytestmark = pytest.mark.bench

ABOUT = f"""
{PROJECTS:,} generated projects with the ontology. Milliseconds to the last byte of the JSON answer over HTTP, medians
of up to 5 warm runs, fewer of slow queries; a query is stopped after {TIME_LIMIT} s. Ours is the app itself: workers in
processes of their own, limits, pages beside. The queries stand in `tests/benchmarks/queries`.
"""


@pytest.fixture(scope="module")
def servers(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """All servers at once on the same statements; idle ones take no time from the one that is asked."""
    home = published.home
    with ExitStack() as stack:
        found = {
            "ours": stack.enter_context(ours(home)),
            "oxigraph": stack.enter_context(oxigraph(home / "releases/current/store")),
        }
        if installed():
            content, folder = home / "releases/current/content", tmp_path_factory.mktemp("virtuoso")
            found["virtuoso"] = stack.enter_context(virtuoso_union(content, folder))
        yield found


@pytest.fixture(scope="module")
def table(make_table: Callable[..., Table], servers: dict[str, Server]) -> Table:
    others = [name for name in servers if name != "ours"]
    columns = ["query", "rows", "ours", *others, *(f"ours / {name}" for name in others)]
    return make_table(f"queries-{PROJECTS}", f"Asking {PROJECTS:,} projects", ABOUT, columns)


def test_queries(material: Material, servers: dict[str, Server], table: Table) -> None:
    ratios: dict[str, list[float]] = {name: [] for name in servers if name != "ours"}
    disagreements = []
    for path in sorted(QUERIES.glob("*.rq")):
        query = filled(path.read_text(encoding="utf-8"), entities(material.plan))
        asked = {name: ask(server, query) for name, server in servers.items()}
        answers = {name: found.rows for name, found in asked.items() if found.rows is not None}
        counts = sorted({len(rows) for rows in answers.values()})
        if told := difference(answers):
            disagreements.append(path.stem)
            table.remark(f"{path.stem}: the answers differ. {told}.")
        shown = [_ratio(asked["ours"], asked[name]) for name in ratios]
        for name, found in ratios.items():
            if asked["ours"].rows is not None and asked[name].rows is not None:
                found.append(asked["ours"].seconds / asked[name].seconds)
        table.add(path.stem, " / ".join(f"{n:,}" for n in counts), *(answer.time for answer in asked.values()), *shown)
        for name, answer in asked.items():
            if answer.failure not in {"", "stopped"}:
                table.remark(f"{path.stem}: {name} gave {answer.failure}.")
    means = [f"{math.exp(sum(map(math.log, found)) / len(found)):.2f}" if found else "–" for found in ratios.values()]
    table.add("geometric mean of the ratios, where both answer", "", "", *("" for _ in ratios), *means)
    memory = [f"{server.peak() / 2**20:,.0f} MiB" for server in servers.values()]
    table.add("most memory, all processes", "", *memory)
    assert "ours" in servers
    assert not [name for name in disagreements if "count" in name], "The servers do not hold the same graph."


def _ratio(own: Asked, other: Asked) -> str:
    if own.rows is None or other.rows is None:
        return "–"
    return f"{own.seconds / other.seconds:.2f}"
