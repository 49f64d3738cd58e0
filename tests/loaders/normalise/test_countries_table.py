"""The names of CLDR, our own list of names, and the scheme of countries know the same countries."""

import csv
from collections import Counter
from pathlib import Path

from babel import Locale

import loaders.normalise
from loaders.normalise.countries import country_code
from loaders.normalise.country_names import plain, spellings
from loaders.normalise.names import lookup_key
from loaders.schemes import scheme

TABLE = Path(loaders.normalise.__file__).with_name("country_names.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def test_every_code_is_a_concept_and_every_concept_a_code() -> None:
    keys = {concept.key for concept in scheme("countries").concepts}
    named = {country_code(name) for name in Locale.parse("en").territories.values()} - {None}
    assert named <= keys
    assert all(country_code(key) == key for key in keys)


def test_every_name_of_the_list_leads_to_its_country_however_it_is_asked_for() -> None:
    assert len(ROWS) > 1000
    for ask in (country_code, scheme("countries").find):
        wrong = [(row["name"], row["code"]) for row in ROWS if not str(ask(row["name"])).endswith(row["code"])]
        assert wrong == []


def test_the_list_is_sorted_and_names_nothing_twice() -> None:
    lines = [(row["code"], row["language"], row["name"]) for row in ROWS]
    assert lines == sorted(lines)
    assert [line for line, times in Counter(lines).items() if times > 1] == []
    assert [row["name"] for row in ROWS if row["name"] != " ".join(row["name"].split())] == []


def test_the_list_says_languages_and_years() -> None:
    assert {row["language"] for row in ROWS} <= {*Locale.parse("en").languages, "sr-Latn"}
    assert [row["until"] for row in ROWS if row["until"] and not 1900 < int(row["until"]) < 2100] == []


def test_states_that_ended_are_named_with_the_year() -> None:
    ended = {"ANT", "CSK", "DDR", "SCG", "SUN", "YMD", "YUG"}
    assert {row["code"] for row in ROWS if row["code"] in ended} == ended
    assert [row["name"] for row in ROWS if row["code"] in ended and not row["until"]] == []


def test_a_name_is_turned_round_and_bared() -> None:
    assert "islamic republic of iran" in spellings(lookup_key("Iran, Islamic Republic of"))
    assert "république islamique d'iran" in spellings(lookup_key("Iran (République islamique d')"))
    assert "gambia" in spellings(lookup_key("Gambia (the) *"))
    assert spellings("chad") == ("chad",)
    assert plain(lookup_key("St. Kitts & Nevis")) == "saint kitts and nevis"
    assert plain(lookup_key("Côte d’Ivoire")) == "cote d ivoire"
