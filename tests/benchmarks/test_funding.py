"""What the page Funding takes at the server, and the vocabulary that the editor of queries completes from."""

import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import httpx
import numpy as np
import pytest

from graph_app.cli import look_for_garbage_seldom
from graph_app.money import totals
from graph_app.money.donors import both_roles, pairs
from graph_app.money.flows import flows
from graph_app.money.groups import sized
from graph_app.money.reading import read_book
from graph_app.money.rule import Counted, Scope, count
from graph_app.questions.arrays import Arrays
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from tests.benchmarks.material import PROJECTS
from tests.benchmarks.servers import ours
from tests.benchmarks.tables import Table

pytestmark = pytest.mark.bench

RUNS = 40
ABOUT = f"""
{PROJECTS:,} generated projects. The book is read once a release; whatever a reader then asks is a query for the
projects that fit, and sums over the book. Each run asks for another country and other years, so that nothing was kept
from the run before; a view is all that its part of the page takes until it is drawn. Medians and 95th percentiles of
{RUNS} runs, the first not counted.
"""
#: Parts of the page to what they sum up.
PARTS: dict[str, Callable[[Counted], object]] = {
    "flows": lambda counted: flows(counted, 12),
    "years": totals.by_year,
    "years, spread": lambda counted: totals.by_year(counted, spread=True),
    "donors": lambda counted: (pairs(counted), both_roles(counted.book, counted.scope.projects)),
    "groups": sized,
} | {f"sums by {what}": lambda counted, what=what: totals.by(counted, what) for what in totals.BY}  # type: ignore[misc]


def test_funding(home: Path, make_table: Callable[..., Table]) -> None:
    look_for_garbage_seldom()  # as the server does
    table = make_table(f"funding-{PROJECTS}", "Funding", ABOUT, ("what", "median, ms", "p95, ms"))
    settings = Settings(home=home, time_limit=60)
    with Engine(current_release(settings), settings) as engine:

        def ask(name: str, values: Mapping[str, Sequence[str]]) -> Arrays:
            return engine.arrays(view(name), values)

        start = time.perf_counter()
        book = read_book(ask)
        table.remark(f"Reading the book of a release took {time.perf_counter() - start:.2f} s.")

        def chosen(turn: int) -> Scope:
            country = book.countries.texts[turn % len(book.countries)]
            begin = 2012 + turn % 7
            found = ask(
                "funding-projects", {"country": [country], "from": [f"{begin}-01-01"], "to": [f"{begin + 3}-12-31"]}
            )
            projects = np.zeros(len(book.projects), bool)
            projects[book.projects.find(sorted(set(found.column("context"))))] = True
            return Scope(projects, countries=[country])

        whole = Scope(np.ones(len(book.projects), bool))
        works: dict[str, Callable[[int], object]] = {
            "projects that a country and years fit": chosen,
            "counting all by the rule, in euros": lambda _: count(book, whole),
        }
        for name, part in PARTS.items():
            works[f"view of a country and years: {name}"] = lambda turn, part=part: part(count(book, chosen(turn)))  # type: ignore[misc]
        for name, part in PARTS.items():
            works[f"view of everything: {name}"] = lambda _, part=part: part(count(book, whole))  # type: ignore[misc]
        for name, work in works.items():
            _measure(table, name, work)


def test_vocabulary(home: Path, make_table: Callable[..., Table]) -> None:
    title = "Words that the editor of queries completes from"
    about = f"""
{PROJECTS:,} generated projects; the answer of the app over HTTP, whole. It is gathered once a release and language,
when somebody opens the editor, and kept. Medians and 95th percentiles of {RUNS} runs, the first not counted.
"""
    table = make_table(f"vocabulary-{PROJECTS}", title, about, ("what", "median, ms", "p95, ms"))
    version = current_release(Settings(home=home)).version
    with ours(home) as server:
        address = server.endpoint.replace("/sparql", f"/vocabulary/{version}/en")
        start = time.perf_counter()
        answer = httpx.get(address, timeout=60).raise_for_status()
        table.remark(
            f"Gathering took {time.perf_counter() - start:.2f} s; the answer has {len(answer.content):,} bytes."
        )
        _measure(table, "asked again", lambda _: httpx.get(address, timeout=60).raise_for_status())


def _measure(table: Table, name: str, work: Callable[[int], object]) -> None:
    work(0)
    taken = []
    for turn in range(1, RUNS + 1):
        start = time.perf_counter()
        work(turn)
        taken.append(1000 * (time.perf_counter() - start))
    table.add(name, f"{np.median(taken):.1f}", f"{np.percentile(taken, 95):.1f}")
