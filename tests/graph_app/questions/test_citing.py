"""A citation says what is needed to come to the same answer, in three forms."""

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from graph_app.questions.citing import Citation, query_hash

CITED = Citation(
    "Donors & years {100 %}",
    "ASK {}",
    "2026-11-21-ab",
    "f" * 64,
    date(2026, 11, 23),
    1234,
    address="https://x.org/ask?q=a%20b",
)


def test_the_text_names_query_release_rows_day_and_place() -> None:
    told = CITED.text("en")
    for part in (query_hash("ASK {}")[:12], "2026-11-21-ab", "f" * 64, "rows: 1,234", "2026-11-23", CITED.address):
        assert part in told
    assert "cut" not in told
    assert "zkráceno" in replace(CITED, truncated=True).text("cs")


def test_csl_is_json_with_the_whole_hash() -> None:
    (entry,) = json.loads(CITED.csl())
    assert (entry["type"], entry["version"], entry["number"]) == ("dataset", "2026-11-21-ab", query_hash("ASK {}"))
    assert entry["accessed"] == {"date-parts": [[2026, 11, 23]]}
    assert entry["URL"] == CITED.address


@given(st.text(alphabet='{}\\%#&"~ab', max_size=30))
def test_no_title_ends_a_field_of_bibtex(title: str) -> None:
    written = replace(CITED, title=title).bibtex()
    depth = 0
    for place, sign in enumerate(written):
        if sign in "{}" and written[place - 1] != "\\":
            depth += 1 if sign == "{" else -1
        assert depth >= 0
    assert depth == 0


def test_blanks_around_a_query_do_not_count() -> None:
    assert query_hash("\nASK {} \r\n") == query_hash("ASK {}")
    assert query_hash('ASK { ?a ?b "x " }') != query_hash('ASK { ?a ?b "x" }')
