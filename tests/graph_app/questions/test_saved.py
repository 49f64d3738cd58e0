"""Kept queries: what comes back is what was kept, and nobody takes another's name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.questions.saved import SavedError, keep, read_all, read_saved, slug_of


def test_a_query_is_kept_with_how_it_is_drawn(tmp_path: Path) -> None:
    kept = keep(tmp_path, "  Dárci  podle roku ", "ASK {}", {"view": "chart"}, "jana")
    assert (kept.slug, kept.title) == ("darci-podle-roku", "Dárci podle roku")
    assert read_saved(tmp_path, kept.slug) == kept
    assert read_all(tmp_path) == ((kept,), ())


def test_a_name_belongs_to_who_kept_it_first(tmp_path: Path) -> None:
    keep(tmp_path, "One", "ASK {}", {}, "jana")
    assert keep(tmp_path, "one", "ASK { ?a ?b ?c }", {}, "jana").text == read_saved(tmp_path, "one").text
    with pytest.raises(SavedError, match="jana has a query of the name one already"):
        keep(tmp_path, "One", "ASK {}", {}, "petr")
    assert sorted(path.name for path in (tmp_path / "queries").iterdir()) == ["one.json"]


@pytest.mark.parametrize(
    ("title", "text"), [("", "ASK {}"), ("…", "ASK {}"), ("a", " "), ("a", "x" * 20_001), ("a" * 201, "x")]
)
def test_what_cannot_be_kept_is_said(tmp_path: Path, title: str, text: str) -> None:
    with pytest.raises(SavedError):
        keep(tmp_path, title, text, {}, "jana")
    assert not (tmp_path / "queries").exists()


@pytest.mark.parametrize("slug", ["../journal", "a/b", "", "A", "none-such", "a" * 90])
def test_other_names_open_nothing(tmp_path: Path, slug: str) -> None:
    with pytest.raises(SavedError, match="There is no saved query"):
        read_saved(tmp_path, slug)


@pytest.mark.parametrize("content", ["{", "[]", '{"title": 1, "text": "", "author": "", "when": "", "view": {}}'])
def test_a_broken_file_is_told_and_the_others_open(tmp_path: Path, content: str) -> None:
    kept = keep(tmp_path, "Good", "ASK {}", {}, "jana")
    (tmp_path / "queries" / "bad.json").write_text(content, encoding="utf-8")
    found, faults = read_all(tmp_path)
    assert found == (kept,)
    assert [fault.startswith("The saved query bad cannot be read") for fault in faults] == [True]


@given(st.text(max_size=120))
def test_a_slug_is_safe_as_a_name_of_a_file(title: str) -> None:
    slug = slug_of(title)
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not slug.startswith("-")
    assert not slug.endswith("-")
