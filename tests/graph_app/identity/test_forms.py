"""Which identifiers have the form of their register."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.described import code_of
from graph_app.identity.forms import has_form


@pytest.mark.parametrize(
    ("register", "number", "right"),
    [
        ("CZ-ICO", "25755277", True),
        ("CZ-ICO", "00006963", True),
        ("CZ-ICO", "CZ-ICO-25755277", True),
        ("CZ-ICO", "25755278", False),
        ("CZ-ICO", "257552771", False),
        ("CZ-ICO", "2575527a", False),
        ("XI-ROR", "05asf4e91", True),
        ("ROR", "02mhbdp94", True),
        ("XI-ROR", "02mhbdp95", False),
        ("ROR", "02mhbip94", False),
        ("XI-LEI", "5493001KJTIIGC8Y1R12", True),
        ("LEI", "5493001KJTIIGC8Y1R13", False),
        ("LEI", "5493001KJTIIGC8Y1R1", False),
        ("PIC", "999997930", True),
        ("PIC", "99999793", False),
        ("PIC", "199999793", False),
        ("GB-CHC", "202918", True),
        ("GB-CHC", "1160263", True),
        ("GB-CHC", "20291", False),
        ("GB-COH", "06735120", True),
        ("GB-COH", "SC030289", True),
        ("GB-COH", "SCO30289X", False),
        ("GB-COH", "123456789", False),
        ("PIC", "999999999", False),
        ("XX-ANY", "1111", False),
        ("XX-ANY", "whatever 12", True),
        ("", "12345", True),
    ],
)
def test_identifiers_have_the_form_of_their_register(register: str, number: str, right: bool) -> None:
    code = code_of(register, number)
    assert code is not None
    assert has_form(code) is right


@given(st.integers(min_value=100, max_value=9_999_999))
def test_one_check_digit_of_ten_is_right(stem: int) -> None:
    codes = [code_of("CZ-ICO", f"{stem:07}{check}") for check in range(10)]
    right = [code for code in codes if code is not None and has_form(code)]
    repeated = len(set(f"{stem:07}".lstrip("0"))) == 1
    assert len(right) == 1 or repeated


@given(st.sampled_from(["CZ-ICO", "ROR", "LEI", "PIC", "GB-CHC", "GB-COH", "XX-ANY"]), st.text(max_size=30))
def test_any_text_has_a_form_or_none(register: str, number: str) -> None:
    code = code_of(register, number)
    assert code is None or has_form(code) in {True, False}
