"""The forms of identifiers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.described import Described, code_of
from graph_app.identity.forms import has_right_form
from graph_app.identity.index import Entity, Index
from graph_app.identity.sharing import Sharing

#: Numbers that registers gave.
RIGHT = [
    ("CZ-ICO", "25755277"),
    ("CZ-ICO", "00551023"),
    ("XI-ROR", "05asf4e91"),
    ("XI-LEI", "5493001KJTIIGC8Y1R12"),
    ("ISNI", "0000 0001 2103 2683"),
    ("BE-BCE_KBO", "0264.814.354"),
    ("NO-BRC", "971277882"),
    ("DK-CVR", "20699310"),
    ("CH-FDJP", "CHE-106.823.242"),
    ("FR-RCS", "519655997"),
]


def right(register: str, number: str, kind: str = "organisation") -> bool:
    code = code_of(register, number)
    return code is not None and has_right_form(code, kind)


@pytest.mark.parametrize(("register", "number"), RIGHT)
def test_numbers_that_registers_gave_are_right(register: str, number: str) -> None:
    assert right(register, number)


@given(st.sampled_from(RIGHT), st.data())
def test_one_other_digit_is_noticed(given_number: tuple[str, str], data: st.DataObject) -> None:
    register, number = given_number
    places = [place for place, sign in enumerate(number) if sign.isdigit()]
    place = data.draw(st.sampled_from(places))
    digit = data.draw(st.sampled_from([sign for sign in "0123456789" if sign != number[place]]))
    assert not right(register, number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize(
    ("register", "number", "expected"),
    [
        ("GB-CHC", "1076822", True),
        ("GB-CHC", "12", False),
        ("GB-SC", "SC012345", True),
        ("GB-COH", "06735120", True),
        ("GB-COH", "6735120", True),
        ("PIC", "999886574", True),
        ("PIC", "9998", False),
        ("XM-DAC", "41114", True),
        ("EC", "GOV", False),
        ("IATI", "EC-GOV", False),
        ("", "25755277", False),
        ("CZ-ICO", "TBC", False),
        ("CZ-ICO", "0", False),
    ],
)
def test_what_no_register_gave_is_not_right(register: str, number: str, *, expected: bool) -> None:
    assert right(register, number) is expected


def test_what_publishers_chose_tells_of_projects_alone() -> None:
    assert right("IATI", "XM-DAC-5-7-123", "project")
    assert not right("IATI", "XM-DAC-5-7-123")


@given(st.text(max_size=12), st.text(max_size=30))
def test_any_text_is_judged(register: str, number: str) -> None:
    assert right(register, number) in {True, False}


def test_an_identifier_of_clearly_different_names_is_shared() -> None:
    code = code_of("XM-DAC", "42004")
    assert code is not None

    def named(*names: str) -> Sharing:
        described = (Described("organisation", (name,), codes=frozenset([code])) for name in names)
        return Sharing(Index(Entity(str(place), one) for place, one in enumerate(described)))

    assert named("Frontex", "European External Action Service").is_shared(code.key)
    assert not named("Norwegian Refugee Council", "NRC", "NORWEGIAN REFUGEE COUNCIL").is_shared(code.key)
