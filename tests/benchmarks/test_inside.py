"""Engines in processes of their own answer, fail and are stopped; SQL by hand asks what SPARQL asks."""

import json
from pathlib import Path

import pytest

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from tests.benchmarks import inside
from tests.benchmarks.generator.nquads import write_nquads
from tests.benchmarks.generator.plan import Plan, make_plan
from tests.benchmarks.inside import Inside
from tests.benchmarks.servers import Rows, rows_of
from tests.benchmarks.shapes import QUERIES, bared, entities, filled
from tests.benchmarks.wide import write_wide

#: Asks for dates that rules derive, which the text of the plan does not hold.
DERIVED = "q14-project-page"


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(150)


@pytest.fixture(scope="module")
def wide(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("wide") / "tables"
    write_wide(plan, path)
    return path


def test_sql_by_hand_gives_the_rows_of_sparql(plan: Plan, wide: Path, tmp_path: Path) -> None:
    write_nquads(plan, tmp_path / "content.nq")
    build_columns(tmp_path / "columns", tmp_path / "content.nq")
    columns, named = ColumnStore.open(tmp_path / "columns"), entities(plan)
    asked: dict[str, tuple[Rows, Rows | None]] = {}
    with Inside("limit", wide) as limit:
        for path in sorted(QUERIES.glob("*.sql")):
            query = filled(path.with_suffix(".rq").read_text(encoding="utf-8"), named)
            rows = bared(rows_of(json.loads(columns.evaluate(query).body)))
            asked[path.stem] = rows, limit.ask(path.read_text(encoding="utf-8"), named).rows
    columns.close()
    del asked[DERIVED]
    assert all(rows for rows, _ in asked.values()), "A question without rows compares nothing."
    assert {name: rows for name, (rows, _) in asked.items()} == {name: rows for name, (_, rows) in asked.items()}


def test_a_query_is_stopped_and_the_next_one_answered(wide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "TIME_LIMIT", 1.0)
    with Inside("limit", wide) as limit:
        stopped = limit.ask("SELECT count(*) FROM range(100_000_000) AS a, range(100_000) AS b WHERE a != b")
        assert (stopped.failure, stopped.rows) == ("stopped", None)
        assert stopped.seconds >= 1.0
        failed = limit.ask("SELECT nothing")
        assert failed.failure.startswith("BinderException")
        assert limit.ask("SELECT 1, 2.50, NULL, $top", {"top": "a", "median": "b"}).rows == [("1.00", "2.50", "", "a")]
