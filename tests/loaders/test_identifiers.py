"""IRIs are legal, stable, and never shared by two keys."""

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import URIRef

from loaders.identifiers import are_plain_keys, is_iri, mint
from loaders.vocabulary import BASE

parts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def test_an_iri_reads_as_its_key() -> None:
    assert (
        mint("organisation", "curated", "iom-prague")
        == "https://w3id.org/integration-graph/id/organisation/curated/iom-prague"
    )


def test_the_base_is_a_setting() -> None:
    assert mint("project", "x", "1", base="https://graph.example/id/") == "https://graph.example/id/project/x/1"


@pytest.mark.parametrize(
    ("part", "written"), [("183408.68", "183408.68"), ("a.", "a."), ("...", "..."), (".", "sha256~"), ("..", "sha256~")]
)
def test_dots_stay_unless_they_would_mean_a_folder(part: str, written: str) -> None:
    path = mint("amount", "x", part).rsplit("/", 1)[1]
    assert path.startswith("sha256~") if written == "sha256~" else path == written


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
        ("http://[zz]/", False),
        ("https://[::1]:8000/x", True),
        ("https://example.org:8080/a?b=c#d", True),
        ("https://příklad.cz/žluť", True),
        ("https://example.org/%C4%8D", True),
        ("https://example.org/%zz", False),
        ("https://example.org/100%", False),
        ("https://example.org/\ue000", False),
        ("https://example.org/\ufff0", False),
        ("https://example.org/\u202efdp.exe", False),
        ("https://example.org/\u200b", False),
        ("https://example.org:port/", False),
        ("https://example.org/#a#b", False),
        ("https://example.org/a\\b", False),
        ("HTTPS://example.org/%c4%8D", True),
        ("http\u017f://example.org/", False),  # a letter that is an s where case does not count
    ],
)
def test_only_absolute_web_addresses_are_iris(text: str, expected: bool) -> None:
    assert is_iri(text) is expected


odd = st.text(st.sampled_from("aé0-._~%/?#[]@:!$&'()*+,;=<>\"{}|^`\\ \ue000\ufff0\u202e\U000e0001"), max_size=12)


@given(odd, odd)
def test_no_accepted_iri_makes_a_file_of_quads_unreadable(host: str, rest: str) -> None:
    text = f"https://{host}/{rest}"
    if is_iri(text):
        line = f"<{text}> <https://example.org/p> <https://example.org/o> .\n"
        assert len(list(pyoxigraph.parse(line.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES))) == 1


@given(st.lists(st.sampled_from(["a", "A-1.b_~", ".", "..", "...", "", "a b", "a\nb", "ž", "x" * 120, "x" * 121])))
def test_keys_are_plain_together_if_each_is(keys: list[str]) -> None:
    space = f"{BASE}project/s/"
    assert are_plain_keys(keys) == all(key and mint("project", "s", key) == space + key for key in keys)
