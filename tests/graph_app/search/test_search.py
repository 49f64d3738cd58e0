"""Search over names, identifiers and descriptions."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from graph_app.search import find as finding
from graph_app.search.build import build_index, change_index
from graph_app.search.find import find
from graph_app.search.layout import Entry, SearchError
from graph_app.search.phrases import words_of
from tests.graph_app.search.reading import indexed

ENTRIES = (
    Entry("people", ("Člověk v tísni, o.p.s.", "People in Need"), ("CZ-ICO-25755277",), ("Helps refugees",)),
    Entry("lodz", ("Łódź dla uchodźców",), (), (), frozenset({("country", "POL"), ("year", "2019")})),
    Entry("greek", ("Μετάδραση",), (), (), frozenset({("country", "GRC")})),
    Entry("russian", ("Помощь беженцам",)),
    Entry("iom", ("International Organization for Migration", "IOM"), (), (), frozenset({("country", "CZE")})),
    Entry("iom-prague", ("IOM Prague",), (), (), frozenset({("country", "CZE"), ("year", "2019")})),
    Entry("access", ("ACCESS: integration of refugees",), (), ("Courses",), frozenset({("year", "2019")})),
)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("search") / "search.db"
    assert build_index(path, ENTRIES) == len(ENTRIES)
    return path


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Člověk v tísni", "people"),
        ("clovek v tisni", "people"),
        ("CLOVEK", "people"),
        ("people need", "people"),
        ("CZ-ICO-25755277", "people"),
        ("25755277", "people"),
        ("czico25755277", "people"),
        ("lodz", "lodz"),
        ("Łódź", "lodz"),
        ("metadrasi", "greek"),
        ("ΜΕΤΑΔΡΑΣΗ", "greek"),
        ("pomoshch", "russian"),
        ("iom", "iom"),
        ("IOM Pra", "iom-prague"),
        ("courses", "access"),
    ],
)
def test_a_name_is_found_in_any_alphabet_by_its_beginning(index: Path, text: str, first: str) -> None:
    found = find(index, text)
    assert found.hits[0].iri == first
    assert found.every
    assert not found.instead


@pytest.mark.parametrize(
    ("text", "word", "first"),
    [
        ("migratoin", "migratoin", "iom"),
        ("Intrnational Organization", "Intrnational", "iom"),
        ("clovjek tisni", "clovjek", "people"),
        ("uchodzcow lodzz", "lodzz", "lodz"),
    ],
)
def test_a_misspelt_word_is_told(index: Path, text: str, word: str, first: str) -> None:
    found = find(index, text)
    assert found.hits[0].iri == first
    assert set(found.instead) == {word}


def test_where_nothing_has_all_words_one_is_enough(index: Path) -> None:
    found = find(index, "prague refugees")
    assert {hit.iri for hit in found.hits} == {"iom-prague", "access", "people"}
    assert not found.every


def test_facets_narrow_and_are_counted_over_all_that_is_found(index: Path) -> None:
    found = find(index, "iom", limit=1)
    assert (found.total, len(found.hits), found.facets["country"]) == (2, 1, [("CZE", 2)])
    narrowed = find(index, "iom", {"year": ["2019"]})
    assert [hit.iri for hit in narrowed.hits] == ["iom-prague"]
    either = find(index, "", {"country": ["POL", "GRC"]})
    assert {hit.iri for hit in either.hits} == {"lodz", "greek"}
    assert {hit.snippet for hit in either.hits} == {""}
    assert find(index, "", {"country": ["POL"], "year": ["1999"]}).total == 0
    assert find(index, "iom", {"no such facet": ["x"]}).total == 2
    assert find(index, "") == find(index, " !!! ") == finding.Found()


def test_pages_follow_each_other(index: Path) -> None:
    whole = [hit.iri for hit in find(index, "o").hits] + [hit.iri for hit in find(index, "i").hits]
    parted = [find(index, "iom", first=place, limit=1).hits[0].iri for place in range(2)]
    assert parted == ["iom", "iom-prague"]
    assert len(whole) == len(set(whole))


def test_what_many_have_is_ranked_up_to_a_limit_and_counted_whole(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST", 1)
    found = find(index, "iom")
    assert (found.total, found.counted, len(found.hits)) == (2, 1, 1)


@pytest.mark.parametrize(
    "text",
    ['"', '""', "a AND", "NOT iom", "iom OR", "NEAR(iom prague)", "names : iom", "{names} : x", "iom*", "^iom", "-iom",
     "iom) OR (", "f1", "' OR 1=1 --", "\0", "iom\0prague", "%", "_", "(", "x" * 5_000, "a " * 500, "🙂", "\ud7ff"],
)  # fmt: skip
def test_operators_are_words(index: Path, text: str) -> None:
    find(index, text)
    assert find(index, "f1").total == 0


@examples(max_examples=60, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_can_be_looked_for(index: Path, text: str) -> None:
    found = find(index, text, {"country": [text]})
    assert found.total == 0
    assert len(words_of(text)) <= 12


@examples(max_examples=10, deadline=None)
@given(names=st.lists(st.text(st.characters(categories=("L", "N")), min_size=3, max_size=12), min_size=1, max_size=8))
def test_every_name_is_found_by_itself(names: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("named") / "search.db"
    build_index(path, [Entry(f"e{place}", (name,)) for place, name in enumerate(names)])
    for place, name in enumerate(names):
        assert f"e{place}" in {hit.iri for hit in find(path, name).hits}


def test_a_changed_index_holds_what_a_new_one_would(tmp_path: Path) -> None:
    changed, anew = tmp_path / "changed.db", tmp_path / "anew.db"
    build_index(changed, ENTRIES)
    after = (Entry("iom", ("Migration Office",), (), (), frozenset({("country", "AUT")})), Entry("new", ("Novinka",)))
    change_index(changed, {"iom", "greek", "never there", "new"}, after)
    kept = [entry for entry in ENTRIES if entry.iri not in {"iom", "greek"}]
    build_index(anew, [*kept, *after])
    assert indexed(changed) == indexed(anew)
    assert [hit.iri for hit in find(changed, "novnika").hits] == ["new"]
    assert find(changed, "metadrasi").total == 0
    assert [hit.iri for hit in find(changed, "iom").hits] == ["iom-prague"]


def test_an_index_that_is_gone_or_broken_is_told(tmp_path: Path) -> None:
    with pytest.raises(SearchError, match="intgraph build"):
        find(tmp_path / "search.db", "iom")
    (tmp_path / "broken.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(SearchError, match="cannot be read"):
        find(tmp_path / "broken.db", "iom")


def test_nobody_can_write_through_a_search(index: Path) -> None:
    with finding.reading(index) as connection, pytest.raises(sqlite3.OperationalError):
        connection.execute("DELETE FROM entity")
