"""Names taken apart, and how alike two of them are."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from graph_app.identity.described import code_of
from graph_app.identity.likeness import Relation, compare
from graph_app.identity.names import read_name
from graph_app.identity.places import country_of, towns
from loaders.normalise.folding import sounds, words

NAMES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).with_name("names.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", NAMES, ids=lambda row: str(row["text"]))
def test_a_name_is_taken_apart(row: dict[str, Any]) -> None:
    name = read_name(row["text"])
    assert list(name.core) == row["core"]
    for part in ("towns", "countries", "numbers", "acronyms"):
        assert sorted(getattr(name, part)) == row.get(part, []), part


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Člověk v tísni, o.p.s.", ("clovek", "v", "tisni", "ops")),
        ("l'Europe", ("l", "europe")),
        ("Хельсинкская", ("khelsinkskaya",)),
        ("Български", ("balgarski",)),
        ("ＵＮＨＣＲ", ("unhcr",)),
        ("", ()),
    ],
)
def test_words_are_folded(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@given(st.text(max_size=80), st.text(max_size=80))
@example("IOM", "International Organization for Migration")
@example("(ABC)", "()")
@example("ii", "z. s.")
def test_any_two_texts_can_be_compared_and_the_order_makes_no_difference(one: str, other: str) -> None:
    first, second = read_name(one), read_name(other)
    there, back = compare(first, second, lambda _: 1.0), compare(second, first, lambda _: 1.0)
    assert 0.0 <= there.score <= 1.0
    assert (there.score, there.relation) == (pytest.approx(back.score), back.relation)


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll"]), min_size=3, max_size=40))
def test_case_and_legal_form_make_no_other_name(text: str) -> None:
    one, other = read_name(text), read_name(f"{text.lower()}, o.p.s.")
    if one.core and one.text.lower().upper() == one.text.upper():
        assert compare(one, other, lambda _: 1.0).relation is Relation.SAME


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("CZ-ICO", "00123456"), ("CZ-ICO", "CZ-ICO-123456"), True),
        (("CZ-ICO", "00123456"), ("", "123 456"), True),
        (("CZ-ICO", "1234"), ("SK-ICO", "1234"), False),
        (("IATI", "XM-DAC-41114"), ("", "xm/dac/41114"), True),
    ],
)
def test_identifiers_are_compared_in_any_form(one: tuple[str, str], other: tuple[str, str], alike: bool) -> None:
    first, second = code_of(*one), code_of(*other)
    assert first is not None
    assert second is not None
    assert (first.key == second.key) is alike


@pytest.mark.parametrize("text", ["-", "n/a", "0", "000", "", "none"])
def test_what_is_no_identifier_is_none(text: str) -> None:
    assert code_of("CZ-ICO", text) is None


def test_towns_are_known_in_many_languages_with_their_country() -> None:
    assert {towns()[sounds((name,))] for name in ("praha", "prag", "praag", "prague")} == {"prague"}
    assert country_of("prague") == "CZE"
    assert country_of("munchen") == "DEU"
    assert ("roma",) not in towns()
