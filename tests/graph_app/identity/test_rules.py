"""What makes two organisations one without anybody deciding, and which identifiers are not trusted to."""

import pytest

from graph_app.identity.candidates import candidates_of
from graph_app.identity.described import Described, code_of
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.rules import rule_for
from graph_app.identity.shared import shared_identifiers


def organisation(name: str, register: str, number: str) -> Described:
    code = code_of(register, number)
    return Described("organisation", (name,), codes=frozenset({code} if code else ()))


def index_of(*described: Described) -> Index:
    return Index(Entity(f"https://example.org/{place}", one) for place, one in enumerate(described))


@pytest.mark.parametrize(
    ("one", "other", "further", "rule"),
    [
        ("People in Need", "PEOPLE IN NEED", "", "same-identifier-same-name"),
        ("Disasters Emergency Committee (DEC)", "DEC", "", "same-identifier-acronym"),
        ("Disasters Emergency Committee", "Disaster Emergency Comittee", "", "same-identifier-like-name"),
        ("Save the Children International", "Save the Children International Myanmar", "", ""),
        ("IOM Prague", "IOM Budapest", "", ""),
        ("People in Need", "Oxfam Ibis", "", ""),
        ("People in Need", "PEOPLE IN NEED", "Oxfam Ibis", "same-identifier-same-name"),
        ("Disasters Emergency Committee", "Disaster Emergency Comittee", "Oxfam Ibis", ""),
        ("Disasters Emergency Committee (DEC)", "DEC", "Oxfam Ibis", ""),
        ("Ministry of the Interior", "MINISTRY OF THE INTERIOR", "Oxfam Ibis", ""),
        (
            "Ministry of the Interior of Kenya",
            "Kenya - Ministry of Interior",
            "Oxfam Ibis",
            "same-identifier-same-name",
        ),
    ],
)
def test_a_rule_needs_an_identifier_and_a_name(one: str, other: str, further: str, rule: str) -> None:
    told = [organisation(name, "GB-CHC", "1062638") for name in (one, other, further) if name]
    index = index_of(*told)
    assert rule_for(told[0], told[1], index, shared_identifiers(index)) == rule
    assert rule_for(told[1], told[0], index, shared_identifiers(index)) == rule


@pytest.mark.parametrize(
    ("titles", "times", "register", "rule"),
    [
        (("Bridges to work", "BRIDGES TO WORK"), ("", ""), "IATI", "same-activity-identifier"),
        (
            ("Bridges to work in Niger", "Bridges to work in Niger."),
            ("2019", "2019"),
            "IATI",
            "same-activity-identifier",
        ),
        (("Bridges to work", "Brigdes to work"), ("", ""), "IATI", "same-activity-identifier"),
        (("Bridges to work", "Bridges to work II"), ("", ""), "IATI", ""),
        (("Bridges to work 2019", "Bridges to work 2020"), ("", ""), "IATI", ""),
        (("Bridges to work in Niger", "Bridges to work in Mali"), ("", ""), "IATI", ""),
        (("Bridges to work", "Bridges to work"), ("2018", "2020"), "IATI", ""),
        (("Bridges to work", "Clean water for schools"), ("", ""), "IATI", ""),
        (("Bridges to work", "Bridges to work"), ("", ""), "", ""),
    ],
)
def test_one_activity_in_two_datasets_is_a_rule_and_its_follow_up_is_not(
    titles: tuple[str, str], times: tuple[str, str], register: str, rule: str
) -> None:
    code = code_of(register, "XM-DAC-47066-CD.0033")
    assert code is not None
    one, other = (
        Described("project", (title,), codes=frozenset({code}), start=year, end=year)
        for title, year in zip(titles, times, strict=True)
    )
    index = index_of(one, other)
    assert rule_for(one, other, index, shared_identifiers(index)) == rule
    assert rule_for(other, one, index, shared_identifiers(index)) == rule
    found = {(pair.relation.value, pair.rule) for pair in candidates_of(index)}
    assert (("same", rule) in found) if rule else all(not told for _, told in found)


@pytest.mark.parametrize("titles", [("Bridges to work II", "Bridges to work III"), ("Bridges 2019", "Bridges 2020")])
def test_a_second_phase_under_the_same_identifier_is_a_follow_up(titles: tuple[str, str]) -> None:
    code = code_of("IATI", "XM-DAC-47066-CD.0033")
    assert code is not None
    index = index_of(*(Described("project", (title,), codes=frozenset({code})) for title in titles))
    (found,) = candidates_of(index)
    assert (found.relation, found.rule) == (Relation.FOLLOWS, "")


@pytest.mark.parametrize(("register", "number"), [("CZ-ICO", "25755278"), ("", "25755277"), ("GB-CHC", "n/a")])
def test_an_identifier_of_a_wrong_form_makes_nothing_one(register: str, number: str) -> None:
    told = [organisation(name, register, number) for name in ("People in Need", "PEOPLE IN NEED")]
    index = index_of(*told)
    assert rule_for(told[0], told[1], index, shared_identifiers(index)) == ""


def test_an_identifier_with_clearly_different_names_is_told_with_them() -> None:
    told = [
        organisation("European Commission - DG Migration and Home Affairs", "XM-EC", "GOV12"),
        organisation("Frontex", "XM-EC", "GOV12"),
        organisation("People in Need", "CZ-ICO", "25755277"),
        organisation("People in Need International", "CZ-ICO", "25755277"),
    ]
    found = shared_identifiers(index_of(*told))
    assert list(found) == ["gov12"]
    assert found["gov12"].entities == ("https://example.org/0", "https://example.org/1")
    assert found["gov12"].names == (told[0].texts[0], "Frontex")


def test_the_country_of_a_register_tells_a_name_with_it_from_a_branch() -> None:
    code = code_of("GB-CHC", "1058162")
    assert code is not None
    assert code.country == "GBR"
    assert getattr(code_of("", "TR-GOV"), "country", "") == "TUR"
    assert getattr(code_of("XM-DAC", "41114"), "country", "") == ""
