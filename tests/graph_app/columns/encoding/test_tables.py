"""Where predicates live, what the file tells of them, and what becomes of files that are not as they should be."""

from pathlib import Path

import duckdb
import pytest

from graph_app.columns.database import FILE, LAYOUT, connect_reading
from graph_app.columns.declined import ColumnsError
from tests.graph_app.columns.encoding.decoding import built, catalogue, decoded, rows

XSD = "http://www.w3.org/2001/XMLSchema#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def people(number: int) -> list[str]:
    """Subjects of one class: each has a name and an age, half of them a town, all of them two friends."""
    lines = []
    for one in range(number):
        lines += [
            f"<urn:s{one}> <{TYPE}> <urn:Person> .",
            f'<urn:s{one}> <urn:name> "name {one}"@en .',
            f'<urn:s{one}> <urn:age> "{one}"^^<{XSD}integer> .',
            f"<urn:s{one}> <urn:friend> <urn:s{one + 1}> .",
            f"<urn:s{one}> <urn:friend> <urn:s{one + 2}> .",
            *([f"<urn:s{one}> <urn:town> <urn:t{one % 3}> ."] if one % 2 else []),
        ]
    return lines


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Somebody outside the class has an age as well, and somebody is also a member of another class.
    others = [
        f'<urn:x> <urn:age> "7"^^<{XSD}byte> .',
        f"<urn:s1> <{TYPE}> <urn:Poet> .",
        '<urn:x> <urn:motto> "a" .',
        f'<urn:x> <urn:size> "1.5"^^<{XSD}decimal> .',
        f'<urn:x> <urn:size> "1.50"^^<{XSD}decimal> .',
        f'<urn:x> <urn:since> "2020-01-01T00:00:00"^^<{XSD}dateTime> .',
        f'<urn:x> <urn:until> "2020-01-01T00:00:00Z"^^<{XSD}dateTime> .',
    ]
    return built(tmp_path_factory.mktemp("columns"), "\n".join([*people(40), *others]))


def test_single_values_of_a_class_share_a_table(columns: Path) -> None:
    predicates = catalogue(columns).predicates
    person = catalogue(columns).classes["urn:Person"]
    shared = [predicates[f"urn:{name}"] for name in ("name", "age", "town")]
    assert {one.home for one in shared} == {f"w{person.id}"}
    assert all(one.functional and one.wide for one in shared)
    assert rows(columns, f"SELECT count(*), count(DISTINCT s) FROM w{person.id}") == [(41, 41)]  # noqa: S608
    for name in ("friend", "motto", "size"):
        assert not predicates[f"urn:{name}"].wide


def test_type_has_a_table_of_its_own(columns: Path) -> None:
    type_ = catalogue(columns).predicates[TYPE]
    assert (type_.home, type_.object_column, type_.triples) == (f"p{type_.id}", "o", 41)


def test_statistics_are_exact(columns: Path) -> None:
    known = catalogue(columns)
    friend, age = known.predicates["urn:friend"], known.predicates["urn:age"]
    assert (friend.triples, friend.subjects, friend.objects, friend.functional) == (80, 40, 41, False)
    assert (age.triples, age.subjects, age.objects, age.functional) == (41, 41, 41, True)
    assert {class_.iri: class_.members for class_ in known.classes.values()} == {"urn:Person": 40, "urn:Poet": 1}
    assert known.triples == len(decoded(columns)) == 40 * 5 + 20 + 7


def test_values_stand_where_all_objects_have_one(columns: Path) -> None:
    types = {iri: one.value_type for iri, one in catalogue(columns).predicates.items()}
    assert types == {
        TYPE: "", "urn:name": "lang", "urn:age": "integer", "urn:friend": "", "urn:town": "", "urn:motto": "",
        "urn:size": "decimal", "urn:since": "dateTime", "urn:until": "",
    }  # fmt: skip
    name = catalogue(columns).predicates["urn:name"]
    assert rows(columns, f"SELECT DISTINCT {name.value_column} FROM {name.home} WHERE {name.object_column} > 0") == [  # noqa: S608
        ("en",)
    ]


def test_tables_are_sorted(columns: Path) -> None:
    for predicate in catalogue(columns).predicates.values():
        found = rows(columns, f"SELECT s, {predicate.object_column} FROM {predicate.home}")  # noqa: S608
        assert [row[0] for row in found] == sorted(row[0] for row in found)
        assert predicate.wide or found == sorted(found)


@pytest.mark.parametrize("value", [None, str(LAYOUT + 1), "x"])
def test_another_layout_is_not_read(tmp_path: Path, value: str | None) -> None:
    made = built(tmp_path, "<urn:s> <urn:p> <urn:o> .")
    with duckdb.connect(str(made / FILE)) as connection:
        connection.execute("DELETE FROM about WHERE key = 'layout'")
        if value:
            connection.execute("INSERT INTO about VALUES ('layout', $value)", {"value": value})
    with pytest.raises(ColumnsError, match="this version reads layout"):
        connect_reading(made)


@pytest.mark.parametrize("damage", ["missing", "cut", "end", "empty", "text", "foreign"])
def test_a_damaged_file_is_not_opened(tmp_path: Path, damage: str) -> None:
    made = built(tmp_path, "<urn:s> <urn:p> <urn:o> .")
    file = made / FILE
    whole = file.read_bytes()
    file.unlink()
    if damage == "foreign":
        duckdb.connect(str(file)).close()
    elif damage != "missing":
        file.write_bytes(
            {"cut": whole[: len(whole) // 2], "end": whole[:-1], "empty": b"", "text": b"SQLite format 3\0" * 2_000}[
                damage
            ]
        )
    with pytest.raises(ColumnsError, match="cannot be"):
        connect_reading(made)
    assert file.exists() == (damage != "missing")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE mine (a INTEGER)",
        "DELETE FROM about",
        "SELECT * FROM read_csv('/etc/passwd')",
        "COPY about TO '/tmp/about.csv'",
        "ATTACH '/tmp/other.duckdb'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SET threads = 1",
    ],
)
def test_a_reader_can_neither_change_nor_reach_anything(columns: Path, statement: str) -> None:
    with connect_reading(columns) as connection, pytest.raises(duckdb.Error):
        connection.execute(statement)
