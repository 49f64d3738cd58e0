"""Hostile texts in every field come back as they were written; what is kept out is told at its cell."""

import json
import re
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

import pytest

from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.states import State
from graph_app.stewardship.submit import submit
from loaders.findings import Severity
from tests.acceptance.hostile_text.conftest import JANA, Published
from tests.acceptance.hostile_text.entry import FIELDS, FIRST, write_entry
from tests.acceptance.hostile_text.texts import accepted, naughty, payloads, refused


def test_there_are_enough_of_them() -> None:
    assert len(naughty()) >= 461
    assert len(payloads()) == len(set(payloads())) == 40
    assert set(refused()) <= set(naughty())


#: Field of the template to how the graph says it; what leads to several values is told from them by language.
SAYS = {
    ("organisations", "Name (en)"): ("o", "skos:prefLabel", "en"),
    ("organisations", "Name (cs)"): ("o", "skos:prefLabel", "cs"),
    ("organisations", "Other names (en)"): ("o", "skos:altLabel", "en"),
    ("organisations", "Description (en)"): ("o", "dct:description", "en"),
    ("organisations", "Identifier: code"): ("o", "ig:identifier/skos:notation", ""),
    ("projects", "Title (en)"): ("p", "dct:title", "en"),
    ("projects", "Title (cs)"): ("p", "dct:title", "cs"),
    ("projects", "Acronym"): ("p", "ig:acronym", ""),
    ("projects", "Description (en)"): ("p", "dct:description", "en"),
    ("participations", "Role in the source"): ("p", "^ig:project/ig:sourceRole", ""),
    ("participations", "Description (en)"): ("p", "^ig:project/dct:description", "en"),
    ("grants", "Number"): ("g", "dct:identifier", ""),
    ("grants", "Description (en)"): ("g", "dct:description", "en"),
    ("programmes", "Name (en)"): ("f", "skos:prefLabel", "en"),
    ("programmes", "Other names (en)"): ("f", "skos:altLabel", "en"),
    ("programmes", "Description (en)"): ("f", "dct:description", "en"),
    ("beneficiaries", "Description (en)"): ("p", "^ig:project/dct:description", "en"),
    ("outputs", "Title (en)"): ("w", "dct:title", "en"),
    ("outputs", "Description (en)"): ("w", "dct:description", "en"),
    ("places", "Name (en)"): ("l", "skos:prefLabel", "en"),
    ("places", "Name (cs)"): ("l", "skos:prefLabel", "cs"),
    ("places", "Other names (en)"): ("l", "skos:altLabel", "en"),
    ("partnerships", "Name (en)"): ("s", "skos:prefLabel", "en"),
    ("partnerships", "Other names (en)"): ("s", "skos:altLabel", "en"),
    ("partnerships", "Description (en)"): ("s", "dct:description", "en"),
}


def test_every_field_is_read_back() -> None:
    assert set(SAYS) == {(sheet, column) for sheet, columns in FIELDS.items() for column in columns}


@pytest.mark.parametrize("field", SAYS, ids=" ".join)
def test_texts_come_back_as_they_were_written(published: Published, field: tuple[str, str]) -> None:
    letter, path, language = SAYS[field]
    query = f'SELECT ?s ?v {{ ?s {path} ?v FILTER(LANG(?v) = "{language}") }}'
    with urlopen(f"{published.address}sparql?query={quote(query)}") as answer:  # noqa: S310 - our own server
        assert "Integration-Graph-Truncated" not in answer.headers
        rows = json.load(answer)["results"]["bindings"]
    found: dict[int, set[str]] = {}
    for row in rows:
        if number := re.search(rf"/{letter}-(\d+)$", row["s"]["value"]):
            found.setdefault(int(number[1]), set()).add(row["v"]["value"])
    wrong: dict[str, set[str] | None] = {}
    for number, text in enumerate(accepted()):
        wanted = letter == "o" or number < FIRST or number % published.step == 0
        if field[1].startswith("Other names") and (";" in text or not wanted):
            continue
        # Space around the text of a cell is no part of it.
        if wanted and text.strip() not in found.get(number, set()):
            wrong[text] = found.get(number)
    assert wrong == {}


def test_what_is_kept_out_is_told_at_its_cell(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", data=tmp_path / "data")
    entry = tmp_path / "entry"
    write_entry(entry, list(refused()))
    outcome = submit(entry, JANA, settings)
    current_engine(settings).close()
    assert outcome.submission.state is State.RECEIVED
    told = {
        (found.location.file, found.location.row, found.rule)
        for found in outcome.examination.findings
        if found.location and found.severity is Severity.VIOLATION
    }
    expected = {("organisations.csv", number + 2, rule) for number, rule in enumerate(refused().values())}
    assert expected - told == set()
