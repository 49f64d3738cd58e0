"""Every case of cases.yaml: what a text is read as, or by which rule it is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from loaders.errors import ValueFault
from loaders.findings import LANGUAGES, finding
from loaders.normalise import countries, dates, languages, money, names

CASES: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))
READERS: dict[str, Callable[[str], object]] = {
    "dates": lambda text: list(dates.partial_date(text)),
    "durations": dates.duration,
    "numbers": lambda text: format(money.decimal(text), "f"),
    "numbers_with_comma": lambda text: format(money.decimal(text, ","), "f"),
    "currencies": money.currency,
    "languages": languages.language_code,
}


@pytest.mark.parametrize(("reader", "case"), [(name, case) for name in READERS for case in CASES[name]], ids=str)
def test_text_is_read_or_refused(reader: str, case: dict[str, Any]) -> None:
    if "refused" not in case:
        read = READERS[reader](case["text"])
        expected = case["is"]
        assert read == ([str(part) for part in expected] if isinstance(expected, list) else expected)
        return
    with pytest.raises(ValueFault) as raised:
        READERS[reader](case["text"])
    assert raised.value.rule == case["refused"]
    told = finding(raised.value.rule, value=case["text"], **raised.value.details)
    for language in LANGUAGES:
        assert case.get("repaired", "") in told.text(language)


@pytest.mark.parametrize(
    ("code", "name"), [(code, name) for code, names in CASES["countries"].items() for name in names]
)
def test_countries_by_any_usual_name(code: str, name: str) -> None:
    assert countries.country_code(name) == code


@pytest.mark.parametrize("name", [name for names in CASES["no_countries"].values() for name in names])
def test_what_names_no_country_or_several(name: str) -> None:
    assert countries.country_code(name) is None


@pytest.mark.parametrize("case", CASES["suspicions"], ids=lambda case: ascii(case["text"]))
def test_characters_that_deceive_the_eye(case: dict[str, Any]) -> None:
    assert list(names.suspicions(case["text"])) == case["rules"]
