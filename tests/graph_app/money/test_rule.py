"""The counting rule on small made cases, whose right answers ``cases.yaml`` works out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ruamel.yaml import YAML

from graph_app.money import totals
from graph_app.money.book import Book
from graph_app.money.rule import Counted, Scope, count
from graph_app.money.wording import reasons, sentences
from loaders.findings import LANGUAGES
from loaders.vocabulary import BASE, prefixes

CASES = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def scope_of(book: Book, case: Mapping[str, Any]) -> Scope:
    chosen = np.zeros(len(book.projects), bool)
    places = book.projects.find([f"{BASE}project/made/{name}" for name in case["projects"]])
    assert len(places) == len(case["projects"])
    chosen[places] = True
    return Scope(
        chosen,
        givers=[f"{BASE}organisation/made/{name}" for name in case.get("givers", ())],
        programmes=[f"{BASE}programme/made/{name}" for name in case.get("programmes", ())],
        countries=[prefixes()["country"] + name for name in case.get("countries", ())],
        level=case.get("level", "origin"),
    )


def told(counted: Counted) -> dict[str, int]:
    """What is left out, of the sums in euros too."""
    found = {reason: len(amounts) for reason, amounts in counted.left_out.items()}
    for reason in counted.euros.reasons.tolist():
        if reason:
            found[reason] = found.get(reason, 0) + 1
    return found


def sums(counted: Counted, what: str) -> dict[str, float]:
    found = totals.by(counted, what)
    named = zip(found.names, found.euros.tolist(), strict=True)
    return {name.rpartition("/")[2]: round(euros, 2) for name, euros in named}


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_money_is_counted_once(book: Book, case: Mapping[str, Any]) -> None:
    counted = count(book, scope_of(book, case))
    total = round(totals.in_all(counted).euros, 2)
    assert total == case["total"]
    assert told(counted) == case["left_out"]
    for what, expected in case["by"].items():
        assert sums(counted, what) == expected
    for what, expected in case.get("shared", {}).items():
        assert round(totals.by(counted, what).shared, 2) == expected
    if "currencies" in case:
        found = {name: [told[0], round(told[2], 2)] for name, told in totals.by_currency(counted).items()}
        assert found == case["currencies"]
    shown = {total, *(value for what in case["by"] for value in sums(counted, what).values())}
    assert not shown.intersection(case["naive"])


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_every_amount_counts_or_is_left_out_for_one_reason(book: Book, case: Mapping[str, Any]) -> None:
    scope = scope_of(book, case)
    if scope.countries:
        return
    counted = count(book, scope)
    out = [place for places in counted.left_out.values() for place in places.tolist()]
    looked_at = np.flatnonzero(counted.sources[book.amount_source]).tolist()
    assert sorted([*counted.amount.tolist(), *out]) == looked_at


def test_the_parts_of_a_year_sum_to_what_is_spread(book: Book) -> None:
    counted = count(book, Scope(np.ones(len(book.projects), bool)))
    whole = totals.in_all(counted).euros
    years, undated = totals.by_year(counted)
    assert round(sum(years.values()) + undated, 6) == round(whole, 6)
    spread, left = totals.by_year(counted, spread=True)
    assert round(sum(spread.values()) + left, 6) == round(whole, 6)
    # 1,000 euros over 184 days of 2020 and 365 of 2021, beside 500 of 2021 alone.
    assert spread[2020] == pytest.approx(1000 * 184 / 549)
    assert spread[2021] == pytest.approx(1000 * 365 / 549 + 500)
    assert years[2020] == 1000


def test_rule_and_reasons_are_said_in_all_languages(book: Book) -> None:
    counted = count(book, Scope(np.ones(len(book.projects), bool)))
    assert set(told(counted)) <= set(reasons())
    for words in (*sentences(), *reasons().values()):
        assert set(words) == set(LANGUAGES)
