"""What the page Funding takes at the server, and the vocabulary that the editor of queries completes from."""

import time
from collections.abc import Callable

import numpy as np
import pytest

from graph_app.money import totals
from graph_app.money.donors import pairs
from graph_app.money.flows import flows
from graph_app.money.groups import sized
from graph_app.money.reading import read_book
from graph_app.money.rule import Scope, count
from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.vocabulary import vocabulary
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.benchmarks.material import PROJECTS, Published
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

RUNS = 20
ABOUT = f"""
{PROJECTS:,} generated projects. The book is read once a release; whatever a reader then asks is a query for the
projects that fit, and sums over the book. Medians and 95th percentiles of {RUNS} runs, the first not counted.
"""


def test_funding(published: Published, make_table: Callable[..., Table]) -> None:
    table = make_table(f"funding-{PROJECTS}", "Funding", ABOUT, ("what", "median, ms", "p95, ms"))
    settings = Settings(home=published.home, time_limit=60)
    with Engine(current_release(settings), settings) as engine:

        def ask(name: str, values: object) -> Arrays:
            return engine.arrays(view(name), values)

        start = time.perf_counter()
        book = read_book(ask)
        table.remark(f"Reading the book of a release took {time.perf_counter() - start:.2f} s.")
        start = time.perf_counter()
        vocabulary(engine, "en")
        gathering = time.perf_counter() - start
        table.remark(
            f"Gathering the vocabulary for completion took {gathering:.2f} s; it is kept as long as the release."
        )
        scope = Scope(np.ones(len(book.projects), bool))
        counted = count(book, scope)
        works: dict[str, Callable[[], object]] = {
            "projects that a country and years fit": lambda: ask(
                "funding-projects", {"country": ["DEU"], "from": ["2018-01-01"], "to": ["2020-12-31"]}
            ),
            "counting by the rule, in euros": lambda: count(book, scope),
            "flows": lambda: flows(counted, 12),
            "by year, spread": lambda: totals.by_year(counted, spread=True),
            "donors together": lambda: pairs(counted),
            "size and length by target group": lambda: sized(counted),
        } | {f"by {what}": lambda what=what: totals.by(counted, what) for what in totals.BY}  # type: ignore[misc]
        for name, work in works.items():
            work()
            taken = []
            for _ in range(RUNS):
                start = time.perf_counter()
                work()
                taken.append(1000 * (time.perf_counter() - start))
            table.add(name, f"{np.median(taken):.1f}", f"{np.percentile(taken, 95):.1f}")
