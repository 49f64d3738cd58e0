"""A mistake in a map is told at its line, with its repair."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from loaders.errors import SourceFault
from loaders.sources import mapped
from loaders.sources.mapped.map_reader import parse_map
from loaders.sources.mapped.shipped import map_names, map_text, shipped_map

MISTAKES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("mistakes.yaml"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["name"])
def test_a_mistake_is_told_at_its_line(mistake: dict[str, Any]) -> None:
    with pytest.raises(SourceFault) as raised:
        parse_map(mistake["map"], "mine.yaml")
    found = raised.value.finding
    assert found.rule == mistake["rule"]
    assert found.location is not None
    assert (found.location.file, found.location.line) == ("mine.yaml", mistake["line"])
    assert mistake["says"] in found.text()
    assert raised.value.findings == (found,)


MANY = """\
about: [a]
language: klingonese
table: {heading_row: first, encoding: utf-9, separator: ;;}
project: {key: [titel], colour: red}
organisations:
  one: {role: boss, persons: {values: [FO]}}
amounts:
  one: {}
  cost: {currency: Eurro, of: two}
columns:
  Id: projekt.id
  Name: {split: x}
  Start: {fills: project.start, date: [d.m.yyyy, d.mmm], splitt: x}
  Title: {fills: project.title, letter: A1, language: en-12, optional: maybe}
  Cost: {fills: cost.value, number: x}
"""


def test_all_mistakes_of_a_map_are_told_at_once() -> None:
    with pytest.raises(SourceFault) as raised:
        parse_map(MANY, "mine.yaml")
    told = [(found.location.line, found.rule) for found in raised.value.findings if found.location is not None]
    assert told == [
        (1, "map-no-text"),
        (2, "unknown-language"),
        *[(3, "map-value")] * 3,
        (4, "unknown-key"),
        (4, "map-target"),
        (6, "map-value"),
        (6, "map-needs"),
        (8, "map-part-twice"),
        *[(9, "map-value")] * 2,
        (11, "map-target"),
        (12, "map-needs"),
        (13, "unknown-key"),
        (13, "map-value"),
        (14, "unknown-language"),
        *[(14, "map-value")] * 2,
        (15, "map-value"),
    ]


def test_languages_are_kept_as_their_tags() -> None:
    head = "language: CS_cz\ncolumns:\n  Id: project.id\n"
    columns = parse_map(head + "  A: project.title\n  B: {fills: project.title, language: Czech}\n").columns
    assert [target.reading.language for column in columns for target in column.targets] == ["", "cs-cz", "cs"]


@pytest.mark.parametrize("name", map_names())
def test_shipped_maps_are_right(name: str) -> None:
    assert shipped_map(name).about


@settings(deadline=None)
@given(st.sampled_from(map_names()), st.integers(0, 3000), st.text(max_size=3))
def test_a_map_with_any_slip_is_read_or_refused(name: str, place: int, slip: str) -> None:
    text = map_text(name)
    with suppress(SourceFault):
        parse_map(text[:place] + slip + text[place + 1 :])


def test_the_map_of_the_documentation_is_right() -> None:
    readme = Path(mapped.__file__).with_name("README.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```yaml\n(.*?)```", readme, re.DOTALL)
    assert parse_map(example).links == {"donor": "union", "recipient": "beneficiary", "programme": "programme"}
    assert set(re.findall(r"`((?:esf|esif|eutf)-[a-z0-9-]+|kohesio)`", readme)) == set(map_names())
