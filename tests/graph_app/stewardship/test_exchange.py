"""Decisions that installations give each other: what is written is what is read, and every bad line is told."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.journal.decisions import Decided, Decision, Judgement, Way, decided_details
from graph_app.journal.events import START, Event, EventType, make_event
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.exchange import read_decisions
from graph_app.stewardship.exchange.rows import MOST_BYTES, Refusal
from graph_app.stewardship.exchange.sssom import left_out, read_sssom, write_sssom
from graph_app.stewardship.exchange.table import read_table, write_table
from loaders.vocabulary import BASE

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
OTHER_BASE = "https://other.example/id/"
_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="|"), max_size=30).map(str.strip)
_KEYS = st.from_regex(r"organisation/[a-z0-9]{1,8}/[A-Za-z0-9%._~-]{1,20}", fullmatch=True)


@st.composite
def decisions(draw: st.DrawFn) -> Decision:
    left, right = draw(st.lists(_KEYS, min_size=2, max_size=2, unique=True))
    judgement = draw(st.sampled_from([one for one in Judgement if one is not Judgement.WITHDRAWN]))
    score = draw(st.none() | st.integers(0, 1000).map(lambda number: number / 1000))
    texts = draw(st.lists(_WORDS.filter(bool), max_size=3))
    reasons = tuple({"en": text, "cs": text.upper()} for text in texts)
    return Decision(left, right, judgement, Way.IMPORT, score, reasons, draw(_WORDS), draw(_WORDS))


def event(*made: Decision) -> Event:
    return make_event(START, EventType.MATCH_DECIDED, decided_details(made), event_id="x", actor="jana@example.org")


def decided(*made: Decision) -> tuple[Decided, ...]:
    told = event(*made)
    return tuple(Decided(one, told, number) for number, one in enumerate(made))


@given(st.lists(decisions(), min_size=1, max_size=5, unique_by=lambda one: one.pair))
def test_a_table_that_is_read_again_says_the_same(made: list[Decision]) -> None:
    written = write_table(decided(*made), {})
    assert [row[1] for row in read_table(written, BASE) if not isinstance(row, Refusal)] == made
    assert "jana@example.org" not in written


@given(st.lists(decisions(), min_size=1, max_size=5, unique_by=lambda one: one.pair))
def test_a_mapping_set_that_is_read_elsewhere_says_the_same_there(made: list[Decision]) -> None:
    written = write_sssom(decided(*made), {}, OTHER_BASE, CC0)
    found = [row[1] for row in read_sssom(written, BASE) if not isinstance(row, Refusal)]
    known = [one for one in made if one.judgement is not Judgement.UNSURE]
    assert [(one.left, one.right, one.judgement, one.score) for one in found] == [
        (one.left, one.right, one.judgement, one.score) for one in known
    ]
    assert len(made) - len(known) == left_out(decided(*made))


def test_a_mapping_set_names_its_terms_by_prefixes() -> None:
    made = Decision("organisation/a/x", "organisation/b/y", Judgement.DIFFERENT, score=0.5)
    lines = write_sssom(decided(made), {"organisation/a/x": "=X\ty"}, BASE, CC0).splitlines()
    assert f"#license: {CC0}" in lines
    assert f"#  igid: {BASE}" in lines
    day = datetime.now(UTC).date().isoformat()
    assert lines[-1].split("\t") == [
        *("igid:organisation/a/x", "=X y", "skos:exactMatch", "Not", "igid:organisation/b/y", ""),
        *("semapv:ManualMappingCuration", "0.500", day, "", ""),
    ]


def test_a_mapping_set_of_somebody_else_is_read() -> None:
    text = (
        "#curie_map:\n#  ror: https://ror.org/\nsubject_id\tpredicate_id\tobject_id\n"
        f"{BASE}organisation/a/x\tskos:exactMatch\tror:0123\n"
        "ror:1\tskos:broadMatch\tror:2\nnix:1\tskos:exactMatch\tror:2\n"
    )
    first, *refused = read_sssom(text, BASE)
    assert not isinstance(first, Refusal)
    assert (first[0], first[1].left, first[1].right) == (4, "organisation/a/x", "https://ror.org/0123")
    assert [(row.line, str(row.why)) for row in refused if isinstance(row, Refusal)] == [
        (5, "“skos:broadMatch” says nothing that is decided here."),
        (6, "The prefix nix is not in the prefix map of the mapping set."),
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("organisation/a/x,maybe,organisation/b/y,", "“maybe” is no judgement. Write different, follows, part, same."),
        ("organisation/a/x,same,organisation/a/x,", "organisation/a/x stands on both sides."),
        (",same,organisation/a/x,", "“” names nothing."),
        ("a b,same,organisation/a/x,", "“a b” names nothing."),
        ("organisation/a/x,same,organisation/b/y,high", "“high” is no score."),
        ("organisation/a/x,same,organisation/b/y,1.5", "“1.5” is no score."),
    ],
)
def test_a_line_that_decides_nothing_is_told_with_its_number(row: str, said: str) -> None:
    (refused,) = read_table(f"left,judgement,right,score\n{row}\n", BASE)
    assert isinstance(refused, Refusal)
    assert (refused.line, str(refused.why).startswith(said)) == (2, True)
    assert refused.why.text("cs") != str(refused.why)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"left,right\n", "no column judgement"),
        (b"", "no column left"),
        (b"left,judgement,right\n\xff\xfe", "is not in UTF-8"),
        (b'left,judgement,right\na,"same\n', "is no CSV"),
        (b"#[: :\nsubject_id\tpredicate_id\tobject_id\n", "header of the mapping set cannot be read"),
    ],
)
def test_a_file_that_holds_no_decisions_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "given.csv"
    path.write_bytes(content)
    with pytest.raises(Refused, match=said):
        list(read_decisions(path, BASE))


def test_a_file_that_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "given.csv"
    with path.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    with pytest.raises(Refused, match="more than"):
        list(read_decisions(path, BASE))
