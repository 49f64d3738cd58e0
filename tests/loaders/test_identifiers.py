"""IRIs are legal, stable, and never shared by two keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from loaders.identifiers import is_iri, mint

parts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def test_an_iri_reads_as_its_key() -> None:
    assert (
        mint("organisation", "curated", "iom-prague")
        == "https://w3id.org/integration-graph/id/organisation/curated/iom-prague"
    )


def test_the_base_is_a_setting() -> None:
    assert mint("project", "x", "1", base="https://graph.example/id/") == "https://graph.example/id/project/x/1"


@given(parts, st.lists(parts, min_size=1, max_size=3))
def test_every_key_gives_a_legal_ascii_iri(namespace: str, key: list[str]) -> None:
    iri = mint("project", namespace, *key)
    assert iri.isascii()
    assert is_iri(iri)
    assert URIRef(iri).n3() == f"<{iri}>"


@given(st.lists(parts, min_size=1, max_size=3), st.lists(parts, min_size=1, max_size=3))
def test_two_keys_share_an_iri_only_if_they_are_equal(one: list[str], other: list[str]) -> None:
    assert (mint("grant", "n", *one) == mint("grant", "n", *other)) == (one == other)


@pytest.mark.parametrize("key", [(), ("",), ("a", "")])
def test_a_key_without_content_is_refused(key: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="no empty part"):
        mint("project", *key)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://example.org/a", True),
        ("http://example.org", True),
        ("iom-prague", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://example.org/a b", False),
        ("https://example.org/<x>", False),
        ("http://[", False),
    ],
)
def test_only_absolute_web_addresses_are_iris(text: str, expected: bool) -> None:
    assert is_iri(text) is expected
