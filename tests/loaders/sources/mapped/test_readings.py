"""Declared forms give exact values; what has another form is refused, never bent."""

from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.errors import ValueFault
from loaders.sources.mapped.readings import NUMBER_FORMS, Reading, is_date_form, read_date, read_number

CASES: dict[str, list[dict[str, Any]]] = YAML(typ="safe").load(Path(__file__).with_name("readings.yaml"))


@pytest.mark.parametrize("case", CASES["dates"], ids=lambda case: f"{case['written']} as {case['form']}")
def test_dates(case: dict[str, str]) -> None:
    if "refused" in case:
        with pytest.raises(ValueFault) as raised:
            read_date(case["written"], (case["form"],))
        assert raised.value.rule == case["refused"]
    else:
        assert read_date(case["written"], (case["form"],)) == case["means"]


@pytest.mark.parametrize("case", CASES["numbers"], ids=lambda case: f"{case['written']} as {case['form']}")
def test_numbers(case: dict[str, str]) -> None:
    if "refused" in case:
        with pytest.raises(ValueFault) as raised:
            read_number(case["written"], case["form"], case["currency"])
        assert raised.value.rule == case["refused"]
    else:
        assert read_number(case["written"], case["form"], case["currency"]) == case["means"]


@pytest.mark.parametrize(
    ("form", "right"),
    [
        ("d.m.yyyy", True),
        ("yyyy-mm-dd", True),
        ("dd.mm", False),
        ("dd.mm.yyyy hh", False),
        ("d.d.yyyy", False),
        ("", False),
    ],
)
def test_forms_of_dates_have_day_month_and_year_once(form: str, right: bool) -> None:
    assert is_date_form(form) == right


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15, places=2))
def test_a_number_comes_back_from_every_form(number: Decimal) -> None:
    for form, (sign, groups) in NUMBER_FORMS.items():
        if form != "fraction":
            written = f"{number:,.2f}" if groups else f"{number:.2f}"
            written = written.translate({ord(","): groups[:1], ord("."): sign})
            assert Decimal(read_number(written, form)) == number


@given(st.text(max_size=30), st.sampled_from(sorted(NUMBER_FORMS)))
def test_any_text_is_a_number_or_refused(text: str, form: str) -> None:
    with suppress(ValueFault):
        Decimal(read_number(text, form, "EUR"))


def test_names_with_the_separator_stay_whole() -> None:
    reading = Reading(split=(",",), whole=("DAI Global, LLC (DAI)",), none=frozenset({"?"}))
    assert reading.parts("GIZ, DAI Global, LLC (DAI), ?,,UNHCR ") == ["GIZ", "DAI Global, LLC (DAI)", "UNHCR"]


def test_one_cell_gives_code_and_name() -> None:
    assert Reading(before=" - ").read("117 - Lernen - für alle") == "117"
    assert Reading(after=" - ").read("117 - Lernen - für alle") == "Lernen - für alle"
