"""Flows keep what they are made of, with any number of names shown; donors beside one another."""

import numpy as np
import pytest

from graph_app.money import totals
from graph_app.money.book import Book
from graph_app.money.donors import both_roles, pairs
from graph_app.money.flows import COLUMNS, flows
from graph_app.money.groups import sized
from graph_app.money.rule import Scope, count


@pytest.mark.parametrize("shown", [1, 2, 50])
@pytest.mark.parametrize("project", [None, "two-groups", "currencies"])
def test_each_column_passes_on_the_total(book: Book, shown: int, project: str | None) -> None:
    chosen = np.array([project is None or name.endswith(f"/{project}") for name in book.projects.texts])
    counted = count(book, Scope(chosen))
    found = flows(counted, shown)
    for column in COLUMNS[:-1]:
        here = [flow.value for flow in found if flow.column == column]
        assert sum(here) == pytest.approx(totals.in_all(counted).euros)


def test_countries_get_their_shares(book: Book) -> None:
    found = flows(count(book, Scope(np.ones(len(book.projects), bool))), 50)
    last = [flow for flow in found if flow.column == "project"]
    sums = {flow.source.rpartition("/")[2]: 0.0 for flow in last}
    for flow in last:
        sums[flow.source.rpartition("/")[2]] += flow.value
    assert sums["S"] == pytest.approx(100)
    to_none = {flow.source.rpartition("/")[2]: flow.value for flow in last if flow.target == "none"}
    assert to_none == {"S": pytest.approx(20), "U": pytest.approx(7), "gaps": pytest.approx(250)}


def test_who_gives_and_receives(book: Book) -> None:
    found = both_roles(book, np.ones(len(book.projects), bool))
    house = next(one for one in found if one.organisation.endswith("/house"))
    assert (house.given, house.received) == (400, 500)
    assert len(found) == 1


def test_no_two_donors_pay_for_one_project_here(book: Book) -> None:
    assert pairs(count(book, Scope(np.ones(len(book.projects), bool)))) == []


def test_projects_by_group(book: Book) -> None:
    counted = count(book, Scope(np.ones(len(book.projects), bool)))
    found = {one.group.rpartition("/")[2]: one for one in sized(counted)}
    women = found["women"]
    # 549 and 92 days; only the longer project has a sum at the origin.
    assert (women.projects, women.priced, women.median, women.dated) == (2, 1, 1000, 2)
    assert women.months == pytest.approx((549 + 92) / 2 / (365.25 / 12))
    assert women.short == 0.5
    assert found["refugees"].short == 0
