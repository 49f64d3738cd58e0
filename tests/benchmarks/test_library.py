"""Every ready question and every view on the generated graph: who answers, why, and how long it takes."""

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from graph_app.cli import look_for_garbage_seldom
from graph_app.questions.catalogue import Question
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.questions.parameters import read
from graph_app.questions.results import Table as Answer
from graph_app.questions.results import Term, Triples
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.tables import Table
from tests.graph_app.columns.library import asked, busiest

pytestmark = pytest.mark.bench

TIME_LIMIT = 20.0
#: Times that a query is asked again, if the first took less than so many seconds.
AGAIN, QUICK = 4, 2.0
ABOUT = f"""
{PROJECTS:,} generated projects. Each query is asked as little narrowed as may be: with the parameters that it needs, of
the organisation, country, project and so on of which most is said. It goes to the workers as a page sends it, with the
row limit of pages, and is stopped after {TIME_LIMIT:g} s. Milliseconds at the server; the median of {AGAIN} further
answers where the first took less than {QUICK:g} s.
"""


def test_library(home: Path, make_table: Callable[..., Table]) -> None:
    look_for_garbage_seldom()  # as the server does
    columns = ("query", "answered by", "because", "rows", "first, ms", "again, ms")
    table = make_table(f"library-{PROJECTS}", f"Ready questions and views on {PROJECTS:,} projects", ABOUT, columns)
    settings = Settings(home=home, time_limit=TIME_LIMIT)
    release = current_release(settings)
    if not release.complete:
        table.remark("The store of this release is not made yet: columns alone answered.")
    taken: dict[str, list[float]] = {"questions": [], "views": []}
    failed = 0
    with Engine(release, settings) as engine:
        samples = busiest(engine)
        for name, question in asked().items():
            if name.startswith("rules/"):  # asked of parts while a release is made, never of all of it
                continue
            found = _measure(engine, question, samples)
            table.add(name, *found[:3], *(f"{1000 * seconds:,.1f}" for seconds in found[3:] if seconds))
            taken["views" if name.startswith("views/") else "questions"].append(found[-1] or found[-2])
            failed += not found[2]
    for kind, seconds in taken.items():
        middle, most = 1000 * np.percentile(seconds, (50, 95))
        table.remark(f"{len(seconds)} {kind}: median {middle:,.0f} ms, 95th percentile {most:,.0f} ms.")
    table.remark(f"Without answer: {failed}.")


def _measure(
    engine: Engine, question: Question, samples: Mapping[str, Term]
) -> tuple[str, str, str, float, float | None]:
    needed = {item.name: [samples[item.type]] for item in question.params if item.required}
    optional = [item for item in question.params if not item.required]
    values: Mapping[str, Sequence[Term]] = read(optional, {}) | needed
    start = time.perf_counter()
    try:
        answer = engine.ask(question.text, params=values)
    except QueryError as error:
        return "nobody", str(error), "", time.perf_counter() - start, None
    first = time.perf_counter() - start
    rows = len(answer.rows) if isinstance(answer, Answer) else len(answer.lines) if isinstance(answer, Triples) else 1
    again = []
    for _ in range(AGAIN if first < QUICK else 0):
        start = time.perf_counter()
        engine.ask(question.text, params=values)
        again.append(time.perf_counter() - start)
    return answer.engine, answer.reason, f"{rows:,}", first, statistics.median(again) if again else None
