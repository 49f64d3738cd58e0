"""A concept is found by whatever people call it, and nothing else is."""

import pytest

from loaders.schemes import scheme
from loaders.vocabulary import COUNTRY, ORGTYPE, ROLE, TARGET_GROUP


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("roles", "partner", ROLE.partner),
        ("roles", "  Lead   PARTNER ", ROLE.coordinator),
        ("roles", "koordinátor", ROLE.coordinator),
        ("roles", str(ROLE.funder), ROLE.funder),
        ("roles", "donor", ROLE.funder),
        ("organisation-types", "NGO", ORGTYPE["non-governmental-organisation"]),
        ("target-groups", "uprchlíci", TARGET_GROUP.refugees),
        ("countries", "Czech Republic", COUNTRY.CZE),
        ("countries", "Česká republika", COUNTRY.CZE),
        ("countries", "Tschechien", COUNTRY.CZE),
        ("countries", "cz", COUNTRY.CZE),
        ("countries", "EL", COUNTRY.GRC),
        ("countries", "UK", COUNTRY.GBR),
        ("countries", "Kosovo under UNSCR1244", COUNTRY["1A0"]),
        ("countries", "former Yugoslav Republic of Macedonia", COUNTRY.MKD),
        ("countries", "Atlantis", None),
        ("roles", "", None),
        ("roles", "4", None),
    ],
)
def test_lookup(name: str, text: str, expected: str | None) -> None:
    assert scheme(name).find(text) == expected


@pytest.mark.parametrize(
    ("name", "codelist", "code", "expected"),
    [
        ("roles", "iati:OrganisationRole", "4", ROLE["implementing-organisation"]),
        ("roles", "iati:OrganisationRole", " 1 ", ROLE.funder),
        ("roles", "iati:OrganisationRole", "5", None),
        ("roles", "iati:OrganisationType", "4", None),
        ("organisation-types", "iati:OrganisationType", "22", ORGTYPE["national-ngo"]),
        ("organisation-types", "cordis:activityType", "HES", ORGTYPE["education-establishment"]),
        ("organisation-types", "cordis:activityType", "hes", None),
    ],
)
def test_codes_of_other_standards(name: str, codelist: str, code: str, expected: str | None) -> None:
    assert scheme(name).coded(code, codelist) == expected


@pytest.mark.parametrize(
    ("name", "codelist", "codes"),
    [
        ("roles", "iati:OrganisationRole", "1 2 3 4"),
        ("project-statuses", "iati:ActivityStatus", "1 2 3 4 5 6"),
        ("project-statuses", "cordis:status", "SIGNED CLOSED TERMINATED"),
        ("transaction-types", "iati:TransactionType", "1 2 3 4 5 6 7 8 9 10 11 12 13"),
        ("organisation-types", "iati:OrganisationType", "10 11 15 21 22 23 24 30 40 60 70 71 72 73 80 90"),
        ("organisation-types", "cordis:activityType", "HES PRC PUB REC OTH"),
    ],
)
def test_every_code_of_a_list_has_its_concept(name: str, codelist: str, codes: str) -> None:
    assert {code for listed, code in scheme(name).codes if listed == codelist} == set(codes.split())


def test_choices_are_sorted_labels_in_the_language_asked_for() -> None:
    choices = scheme("roles").choices("cs")
    assert "koordinátor" in {choice.casefold() for choice in choices}
    assert choices == sorted(choices, key=str.casefold)


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        scheme("colours")
