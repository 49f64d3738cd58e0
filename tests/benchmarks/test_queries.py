"""The questions that pages and researchers ask, over HTTP: ours beside others on the same graph, all in one run."""

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.benchmarks.generator.nquads import DATASET
from tests.benchmarks.generator.rows import organisation_id, project_id
from tests.benchmarks.material import PROJECTS, Material
from tests.benchmarks.measure import run_way
from tests.benchmarks.servers import TIME_LIMIT, Asked, Server, ask, ours, oxigraph
from tests.benchmarks.tables import Table
from tests.benchmarks.virtuoso import installed, virtuoso

pytestmark = pytest.mark.bench

QUERIES = Path(__file__).parent / "queries"
ABOUT = f"""
{PROJECTS:,} generated projects with the ontology. Milliseconds to the last byte of the JSON answer over HTTP, medians
of up to 5 warm runs, fewer of slow queries; a query is stopped after {TIME_LIMIT} s. Ours is the app itself: workers in
processes of their own, limits, pages beside. The queries stand in `tests/benchmarks/queries`.
"""
UNION = "urn:graph:union"


@pytest.fixture(scope="module")
def servers(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Server]]:
    """All servers at once on the same statements; idle ones take no time from the one that is asked."""
    home = tmp_path_factory.mktemp("home")
    run_way("publish", home, material.content / f"{DATASET.key}.nq")
    with ExitStack() as stack:
        found = {
            "ours": stack.enter_context(ours(home)),
            "oxigraph": stack.enter_context(oxigraph(home / "releases/current/store")),
        }
        if installed():
            folder = tmp_path_factory.mktemp("virtuoso")
            text = folder / "union.nt"
            write_union(home / "releases/current/content", text)
            limits = {"text": text.stat().st_size, "limit": TIME_LIMIT}
            server = stack.enter_context(virtuoso(folder / "database", folder, **limits))
            server.load(text, UNION)
            found["virtuoso"] = Server(server.endpoint, UNION, server.process)
        yield found


def write_union(content: Path, target: Path) -> None:
    """Write the statements of a release without their graphs."""
    with target.open("w", encoding="utf-8") as stream:
        for path in sorted(content.iterdir()):
            with path.open(encoding="utf-8", newline="\n") as lines:
                stream.writelines(f"{line.rpartition(' <')[0]} .\n" for line in lines)


@pytest.fixture(scope="module")
def table(make_table: Callable[..., Table], servers: dict[str, Server]) -> Table:
    others = [name for name in servers if name != "ours"]
    columns = ["query", "rows", "ours", *others, *(f"ours / {name}" for name in others)]
    return make_table(f"queries-{PROJECTS}", f"Asking {PROJECTS:,} projects", ABOUT, columns)


def test_queries(material: Material, servers: dict[str, Server], table: Table) -> None:
    ratios: dict[str, list[float]] = {name: [] for name in servers if name != "ours"}
    disagreements = []
    for path in sorted(QUERIES.glob("*.rq")):
        query = filled(path.read_text(encoding="utf-8"), material)
        asked = {name: ask(server, query) for name, server in servers.items()}
        answers = {name: found.rows for name, found in asked.items() if found.rows is not None}
        counts = sorted({len(rows) for rows in answers.values()})
        if len({tuple(rows) for rows in answers.values()}) > 1:
            disagreements.append(path.stem)
            told = "; ".join(f"{name}: {_told(rows, answers.values())}" for name, rows in answers.items())
            table.remark(f"{path.stem}: the answers differ. {told}.")
        shown = [_ratio(asked["ours"], asked[name]) for name in ratios]
        for name, found in ratios.items():
            if asked["ours"].rows is not None and asked[name].rows is not None:
                found.append(asked["ours"].seconds / asked[name].seconds)
        table.add(path.stem, " / ".join(f"{n:,}" for n in counts), *map(_time, asked.values()), *shown)
        for name, answer in asked.items():
            if answer.failure not in {"", "stopped"}:
                table.remark(f"{path.stem}: {name} gave {answer.failure}.")
    means = [f"{math.exp(sum(map(math.log, found)) / len(found)):.2f}" if found else "–" for found in ratios.values()]
    table.add("geometric mean of the ratios, where both answer", "", "", *("" for _ in ratios), *means)
    memory = [f"{server.peak() / 2**20:,.0f} MiB" for server in servers.values()]
    table.add("most memory, all processes", "", *memory)
    assert "ours" in servers
    assert not [name for name in disagreements if "count" in name], "The servers do not hold the same graph."


def filled(query: str, material: Material) -> str:
    """Put the entities of this graph in the place of the words that stand for them."""
    plan = material.plan
    busiest = plan.busiest()
    base = f"https://w3id.org/integration-graph/id/{{}}/{DATASET.namespace}/{{}}"
    names = {
        "top": base.format("organisation", organisation_id(int(busiest[0]))),
        "median": base.format("organisation", organisation_id(int(busiest[len(busiest) // 2]))),
        "donor": base.format("organisation", organisation_id(int(plan.donors[len(plan.donors) // 2]))),
        "project": base.format("project", project_id(plan.projects // 2)),
    }
    for name, iri in names.items():
        query = query.replace(f"<{name}>", f"<{iri}>")
    return query


def _told(rows: list[tuple[str, ...]], all_rows: Iterable[list[tuple[str, ...]]]) -> str:
    """Say how many rows an answer has, and the first that others do not have."""
    shared = set.intersection(*map(set, all_rows))
    own = next((" ".join(row) for row in rows if row not in shared), "no row of its own")
    return f"{len(rows):,} rows, {own}"


def _time(asked: Asked) -> str:
    if asked.rows is None:
        return f"> {TIME_LIMIT:,} s" if asked.failure in {"stopped", "no answer"} else "fails"
    return f"{asked.seconds * 1000:,.1f}"


def _ratio(own: Asked, other: Asked) -> str:
    if own.rows is None or other.rows is None:
        return "–"
    return f"{own.seconds / other.seconds:.2f}"
