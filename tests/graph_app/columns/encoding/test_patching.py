"""Columns that were patched hold what columns built from the new text hold; only where things live may differ."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_app.columns.catalogue import Predicate
from graph_app.columns.declined import ColumnsError
from graph_app.columns.encoding import copy_columns, patch_columns
from tests.graph_app.columns.encoding.decoding import Columns, built, catalogue, decoded, opened, rows

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
VALUES = [
    f'"1.5"^^<{XSD}decimal>', f'"2"^^<{XSD}decimal>', f'"1"^^<{XSD}integer>', f'"01"^^<{XSD}integer>', '"a"@cs',
    '"b"@en', '"a"', "<urn:s>", f'"2020-01-01"^^<{XSD}date>', f'"2020-01-01T00:00:00"^^<{XSD}dateTime>',
    f'"2020-01-01T00:00:00Z"^^<{XSD}dateTime>', f'"true"^^<{XSD}boolean>', f'"1e0"^^<{XSD}double>', "_:b", '"\\n"',
]  # fmt: skip
SUBJECTS = [f"<urn:s{number}>" for number in range(6)]
#: Each predicate favours one type of value, so that columns of values come and go.
FACTS = st.builds(
    lambda predicate, favoured, value, often: (f"<urn:p{predicate}>", VALUES[favoured + predicate] if often else value),
    st.integers(0, 5),
    st.integers(0, 2),
    st.sampled_from(VALUES),
    st.integers(0, 5).map(bool),
)
TYPES = st.tuples(st.just(TYPE), st.sampled_from(["<urn:C>", "<urn:C>", "<urn:D>"]))
LINES = st.builds(
    lambda subject, fact, graph: f"{subject} {' '.join(fact)}{graph} .\n",
    st.sampled_from(SUBJECTS),
    st.one_of(FACTS, FACTS, TYPES),
    st.sampled_from([" <urn:g>", " <urn:g>", " <urn:h>", ""]),
)
#: Every subject has one value of most predicates, so that some share a table.
REGULAR = [f"{one} {TYPE} <urn:C> <urn:g> .\n" for one in SUBJECTS] + [
    f"{one} <urn:p{predicate}> {VALUES[predicate]} <urn:g> .\n" for one in SUBJECTS for predicate in range(4)
]

SHARED = """
SELECT s.lex, p.lex, o.kind, o.lex, o.datatype, o.lang, graphs
FROM shared JOIN term AS s ON s.id = s JOIN term AS p ON p.id = p JOIN term AS o ON o.id = o ORDER BY ALL
"""
#: How the table of terms names the values that a column holds.
EXPECTED = {
    "integer": "number::BIGINT", "decimal": "number", "double": "double", "boolean": "truth",
    "date": "moment::DATE", "dateTime": "moment", "lang": "lang",
}  # fmt: skip


@pytest.mark.parametrize("examples", [10, pytest.param(1_500, marks=pytest.mark.soak)])
def test_patched_columns_are_the_columns_of_their_content(examples: int) -> None:
    lines = st.sets(st.one_of(LINES, st.sampled_from(REGULAR)), max_size=25)
    settings(max_examples=examples, deadline=None)(
        given(old=lines, new=lines, stays=lines, regular=st.booleans())(patched_is_built)
    )()


def patched_is_built(old: set[str], new: set[str], stays: set[str], regular: bool) -> None:
    stays = stays | set(REGULAR if regular else [])
    with TemporaryDirectory() as temporary:
        before = built(Path(temporary), "".join(sorted(old | stays)), "before")
        after = built(Path(temporary), "".join(sorted(new | stays)), "after")
        patched = Path(temporary) / "patched"
        copy_columns(before, patched)
        change(patched, (old - new) - stays, (new - old) - stays)
        assert_alike(patched, after)
        # There and back again.
        change(patched, (new - old) - stays, (old - new) - stays)
        assert_alike(patched, before)


def change(columns: Path, removed: Iterable[str], added: Iterable[str]) -> None:
    patch_columns(columns, (line.encode() for line in sorted(removed)), (line.encode() for line in sorted(added)))


def assert_alike(patched: Path, wanted: Path) -> None:
    with opened(patched) as one, opened(wanted) as other:
        assert_same(one, other)


def assert_same(one: Columns, other: Columns) -> None:
    assert decoded(one) == decoded(other)
    found, wanted = catalogue(one), catalogue(other)
    assert bare(found.predicates) == bare(wanted.predicates)
    assert {name: class_.members for name, class_ in found.classes.items()} == {
        name: class_.members for name, class_ in wanted.classes.items()
    }
    assert found.triples == wanted.triples
    assert rows(one, SHARED) == rows(other, SHARED)
    for columns in (one, other):
        assert_sound(columns)


def bare(predicates: Mapping[str, Predicate]) -> dict[str, Predicate]:
    return {
        iri: replace(predicate, id=0, home="", object_column="", value_column="", value_type="")
        for iri, predicate in predicates.items()
    }


def assert_sound(columns: Columns) -> None:
    """Values are those of their objects; no table is left that holds nothing; subjects of wide tables are unique."""
    predicates = catalogue(columns).predicates.values()
    for one in predicates:
        assert bool(one.value_column) == bool(one.value_type)
        if one.value_type:
            wrong = (
                f"SELECT count(*) FROM {one.home} JOIN term ON term.id = {one.object_column}"  # noqa: S608
                f" WHERE {one.value_column} IS DISTINCT FROM {EXPECTED[one.value_type]}"
            )
            assert rows(columns, wrong) == [(0,)]
    tables = {name for (name,) in rows(columns, "SELECT table_name FROM duckdb_tables()") if name[1:].isdigit()}
    assert tables == {one.home for one in predicates}
    for home in {one.home for one in predicates if one.wide}:
        every = [one.object_column for one in predicates if one.home == home]
        empty = " AND ".join(f"{column} IS NULL" for column in every)
        assert rows(columns, f"SELECT count(*) FROM {home} WHERE s IS NULL OR ({empty})") == [(0,)]  # noqa: S608
        assert rows(columns, f"SELECT count(*) - count(DISTINCT s) FROM {home}") == [(0,)]  # noqa: S608
    assert rows(columns, "SELECT count(*) - count(DISTINCT (s, p, o)) FROM triple") == [(0,)]
    assert rows(columns, "SELECT count(*) - count(DISTINCT (kind, lex, datatype, lang)) FROM term") == [(0,)]
    assert rows(columns, "SELECT count(*) - max(id) FROM term HAVING count(*) > 0") in ([(0,)], [])


def test_a_second_value_moves_a_predicate_out_of_its_shared_table(tmp_path: Path) -> None:
    columns = built(tmp_path, "".join(REGULAR))
    assert catalogue(columns).predicates["urn:p0"].wide
    change(columns, [], [f'<urn:s1> <urn:p0> "7"^^<{XSD}decimal> <urn:g> .\n'])
    moved = catalogue(columns).predicates["urn:p0"]
    assert (moved.wide, moved.functional, moved.triples, moved.value_type) == (False, False, 7, "decimal")
    assert catalogue(columns).predicates["urn:p1"].wide


def test_an_object_of_another_kind_takes_the_values_away(tmp_path: Path) -> None:
    columns = built(tmp_path, "".join(REGULAR))
    change(columns, [f"<urn:s1> <urn:p0> {VALUES[0]} <urn:g> .\n"], ['<urn:s1> <urn:p0> "seven" <urn:g> .\n'])
    changed = catalogue(columns).predicates["urn:p0"]
    assert (changed.wide, changed.value_column, changed.value_type) == (True, "", "")


def test_a_copy_is_not_its_source(tmp_path: Path) -> None:
    source = built(tmp_path, "".join(REGULAR))
    before = decoded(source)
    copy_columns(source, tmp_path / "copy")
    change(tmp_path / "copy", REGULAR, [])
    assert decoded(source) == before
    assert decoded(tmp_path / "copy") == []
    with pytest.raises(ColumnsError, match="cannot be copied"):
        copy_columns(source, tmp_path / "copy")


def test_a_change_that_is_no_statement_is_refused(tmp_path: Path) -> None:
    columns = built(tmp_path, "".join(REGULAR))
    with pytest.raises(ColumnsError, match="added, line 2 is not N-Quads"):
        change(columns, [], ["<urn:a> <urn:b> <urn:c> .\n", "<urn:a> <urn:b> c .\n"])
