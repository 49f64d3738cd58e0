"""An identifier that clearly different names share is told, with names and places; it blocks nothing."""

from collections.abc import Callable

import pytest

from graph_app.identity.findings import SHARED, identifier_findings, kept_identifier_findings
from graph_app.questions.engine import Engine
from graph_app.releases.release import current_release
from graph_app.settings import Settings
from loaders.findings import LANGUAGES, Finding, Severity
from loaders.vocabulary import BASE, IG, PROV, SKOS

GRAPH = f"<{BASE}graph/made>"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
NUMBER = "http://www.w3.org/2001/XMLSchema#integer"
FRONTEX, HOME, EEAS, ALONE = "Frontex", "DG Migration and Home Affairs", "European External Action Service", "Caritas"


def lines(*told: tuple[str, str, str, int]) -> str:
    """Say of organisations their name, register, code and row."""
    said = [
        (f"{BASE}file/f", IG.dataset, f"<{BASE}dataset/portfolio>"),
        (f"{BASE}file/f", IG.fileName, '"orgs.csv"'),
        (f"{BASE}layout/l", IG.file, f"<{BASE}file/f>"),
    ]
    for place, (name, scheme, code, row) in enumerate(told):
        iri, node, record = (f"{BASE}{kind}/{place}" for kind in ("organisation", "identifier", "record"))
        said += [
            (iri, TYPE, f"<{IG.Organisation}>"),
            (iri, SKOS.prefLabel, f'"{name}"@en'),
            (iri, IG.identifier, f"<{node}>"),
            (node, IG.scheme, f'"{scheme}"'),
            (node, SKOS.notation, f'"{code}"'),
            (iri, PROV.wasDerivedFrom, f"<{record}>"),
            (record, IG.layout, f"<{BASE}layout/l>"),
            (record, IG.row, f'"{row}"^^<{NUMBER}>'),
        ]
    return "".join(sorted(f"<{subject}> <{predicate}> {value} {GRAPH} .\n" for subject, predicate, value in said))


@pytest.fixture(scope="module")
def found(release_of: Callable[[str], Settings]) -> Callable[..., tuple[Finding, ...]]:
    def look(*told: tuple[str, str, str, int]) -> tuple[Finding, ...]:
        settings = release_of(lines(*told))
        with Engine(current_release(settings), settings) as engine:
            first = identifier_findings(engine, settings, "organisation")
            assert kept_identifier_findings(engine.release, settings, "organisation") == first
            assert identifier_findings(engine, settings, "organisation") == first
        return first

    return look


def test_an_identifier_of_several_is_told_with_names_and_places(found: Callable[..., tuple[Finding, ...]]) -> None:
    (one,) = found(
        (FRONTEX, "XM-DAC", "EC-GOV", 7),
        (HOME, "XM-DAC", "EC-GOV", 12),
        (EEAS, "XM-DAC", "EC-GOV", 40),
        (ALONE, "CZ-ICO", "70100969", 41),
    )
    assert (one.rule, one.severity, one.value) == (SHARED, Severity.WARNING, "XM-DAC EC-GOV")
    assert (one.focus, one.path) == (f"{BASE}organisation/0", str(IG.identifier))
    assert one.location is not None
    assert (one.location.file, one.location.row) == ("orgs.csv", 7)
    assert set(one.message) == set(LANGUAGES)
    for language in LANGUAGES:
        for word in ("XM-DAC EC-GOV", FRONTEX, HOME, EEAS, "portfolio: orgs.csv", "40"):
            assert word in one.text(language)
        assert ALONE not in one.text(language)


@pytest.mark.parametrize(
    "told",
    [
        [("Caritas Czech Republic", "CZ-ICO", "70100969", 2), ("Caritas, Czech Republic", "CZ-ICO", "70100969", 3)],
        [(FRONTEX, "CZ-ICO", "99999999", 2), (HOME, "CZ-ICO", "99999999", 3)],
        [(FRONTEX, "XM-DAC", "n/a", 2), (HOME, "XM-DAC", "n/a", 3)],
        [(FRONTEX, "CZ-ICO", "70100969", 2), (HOME, "GB-COH", "70100969", 3)],
    ],
    ids=["like names", "a digit repeated", "a placeholder", "two registers"],
)
def test_what_is_nobodys_fault_is_not_told(
    told: list[tuple[str, str, str, int]], found: Callable[..., tuple[Finding, ...]]
) -> None:
    assert found(*told) == ()


def test_many_names_of_one_identifier_are_counted(found: Callable[..., tuple[Finding, ...]]) -> None:
    words = ("Forest", "Justice", "Harbour", "Statistics", "Labour", "Health", "Customs", "Railway", "Museum")
    (one,) = found(*((f"{word} Bureau", "XM-DAC", "US-USAGOV", row) for row, word in enumerate(words)))
    assert "and 3 more" in one.text("en")
    assert "a dalších 3" in one.text("cs")
