"""Who is who among the organisations of IOM's portfolio: bodies of one reference stay apart, ministries do too."""

from collections.abc import Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path

import pytest
from openpyxl import load_workbook

from graph_app.identity.candidates import Candidate, candidates_of
from graph_app.identity.described import Described, code_of
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from loaders.sources.iati.identity import split_identifier

IOM = Path(__file__).resolve().parents[3].parent / "shared" / "real-data" / "iati" / "iom-2022"
INTERIOR = ("Ministry of the Interior", "Ministry of Interior")

pytestmark = pytest.mark.skipif(not IOM.is_dir(), reason="the real files of IATI are not here")


@pytest.fixture(scope="module")
def index() -> Index:
    with closing(load_workbook(IOM / "iati_participating_org.xlsx", read_only=True)) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        heading = next(rows)
        name, reference = heading.index("participating_org_eng"), heading.index("participating_org_ref")
        named = sorted({(str(row[name]), str(row[reference] or "")) for row in rows if row[name]})
    codes = [code_of(*split_identifier(reference)) for _, reference in named]
    return Index(
        Entity(f"urn:{text}~{number}", Described("organisation", (text,), codes=frozenset({code} if code else ())))
        for number, ((text, _), code) in enumerate(zip(named, codes, strict=True))
    )


@pytest.fixture(scope="module")
def found(index: Index) -> Sequence[Candidate]:
    return candidates_of(index)


def merged(found: Sequence[Candidate], *, least: float = 0.9) -> set[frozenset[str]]:
    """Pairs that a rule makes one, or that are accepted from a high score on."""
    names = (
        (one.left, one.right) for one in found if one.relation is Relation.SAME and (one.rule or one.score >= least)
    )
    return {frozenset(iri.removeprefix("urn:").rpartition("~")[0] for iri in pair) for pair in names}


def test_bodies_of_the_commission_that_share_a_reference_stay_apart(index: Index, found: Sequence[Candidate]) -> None:
    bodies = {
        entity.described.texts[0]
        for entity in index.entities.values()
        if any((code.register + code.number).endswith("ecgov") for code in entity.described.codes)
    }
    assert {"European Commission - Migration and Home Affairs"} < bodies
    assert len(bodies) > 5
    # The Commission has renamed one of its departments; any other two are two.
    renamed = {name for name in bodies if "Enlargement" in name}
    apart = {frozenset(pair) for pair in combinations(sorted(bodies), 2) if not set(pair) <= renamed}
    assert merged(found) & apart == set()


def test_ministries_of_the_interior_of_several_countries_stay_apart(index: Index, found: Sequence[Candidate]) -> None:
    ministries = {
        text
        for entity in index.entities.values()
        for text in entity.described.texts
        if any(words in text for words in INTERIOR)
    }
    assert len(ministries) > 10
    countries = {text: text.partition(" - ")[0] for text in ministries}
    apart = {frozenset(pair) for pair in combinations(ministries, 2) if countries[pair[0]] != countries[pair[1]]}
    assert merged(found, least=0.0) & apart == set()


def test_spellings_of_one_body_of_one_reference_are_one(found: Sequence[Candidate]) -> None:
    ruled = {frozenset((one.left_name, one.right_name)) for one in found if one.rule}
    assert frozenset({"WORLD FOOD PROGRAMME", "World Food Programme"}) in ruled
    assert frozenset({"UNITED NATIONS CHILDREN'S FUND", "United Nations Children's Fund"}) in ruled
