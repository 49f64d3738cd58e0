"""Every rule that the loaders name has a message in every language, and every message has a rule that names it."""

import re
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from ruamel.yaml import YAML

import loaders
from loaders.findings import LANGUAGES, Effect, Severity, finding

CODE = Path(loaders.__file__).parent
FILES = sorted((CODE / "messages").glob("*.yaml"))
CATALOGUE: dict[str, dict[str, Any]] = {
    rule: entry for file in FILES for rule, entry in YAML(typ="safe").load(file).items()
}
#: Rules whose names are put together, with the pattern that makes them.
FAMILIES = re.compile(r"unknown-[a-z-]+")
LITERAL = re.compile(r'"([a-z0-9]+(?:-[a-z0-9]+)+)"')


def named() -> set[str]:
    """Every string in the code that could be a rule."""
    return {word for path in CODE.rglob("*.py") for word in LITERAL.findall(path.read_text(encoding="utf-8"))}


def test_every_message_is_named_by_the_code() -> None:
    assert {rule for rule in CATALOGUE if rule not in named() and not FAMILIES.fullmatch(rule)} == set()


def test_every_rule_that_the_code_gives_has_a_message() -> None:
    given = re.compile(r'(?:finding|ValueFault|_finding|_refusal)\(\s*"([a-z0-9-]+)"')
    rules = {rule for path in CODE.rglob("*.py") for rule in given.findall(path.read_text(encoding="utf-8"))}
    assert len(rules) > 50
    assert rules <= set(CATALOGUE)


def test_no_rule_stands_in_two_files() -> None:
    assert sum(len(YAML(typ="safe").load(file)) for file in FILES) == len(CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE)
def test_a_finding_says_what_stands_in_the_catalogue(rule: str) -> None:
    entry = CATALOGUE[rule]
    details = {name: name for language in LANGUAGES for _, name, _, _ in Formatter().parse(entry[language]) if name}
    found = finding(rule, **details)
    assert found.severity.value == entry["severity"]
    assert found.effect.value == entry.get("effect", found.effect.value)
    assert found.message == {language: entry[language].format(**details) for language in LANGUAGES}


@pytest.mark.parametrize("rule", CATALOGUE)
def test_a_message_speaks_every_language_and_names_the_same_details(rule: str) -> None:
    entry = CATALOGUE[rule]
    assert set(entry) - {"effect"} == {"severity", *LANGUAGES}
    assert Severity(entry["severity"])
    assert Effect(entry.get("effect", Effect.NONE))
    details = [
        {re.sub(r"_(en|cs)$", "", name) for _, name, _, _ in Formatter().parse(entry[language]) if name}
        for language in LANGUAGES
    ]
    assert all(found == details[0] for found in details)
    assert len({entry[language] for language in LANGUAGES}) == len(LANGUAGES)
