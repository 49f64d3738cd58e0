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


def test_choices_are_sorted_labels_in_the_language_asked_for() -> None:
    choices = scheme("roles").choices("cs")
    assert "koordinátor" in {choice.casefold() for choice in choices}
    assert choices == sorted(choices, key=str.casefold)


def test_an_unknown_scheme_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        scheme("colours")
