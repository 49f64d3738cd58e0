"""Each literal has the kind and the values of the table beside this file."""

import csv
from pathlib import Path

import pytest

from graph_app.columns.kinds import BY_ORDINAL, Kind
from tests.graph_app.columns.encoding.decoding import built, catalogue, rows

XSD = "http://www.w3.org/2001/XMLSchema#"
with Path(__file__).with_name("kinds.csv").open(encoding="utf-8", newline="") as stream:
    CASES = list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    statements = []
    for number, case in enumerate(CASES):
        datatype = case["datatype"] if ":" in case["datatype"] else XSD + case["datatype"]
        statements.append(f'<urn:{number}> <urn:{datatype[-4:]}> "{case["lexical"]}"^^<{datatype}> .\n')
    return built(tmp_path_factory.mktemp("kinds"), "".join(statements))


@pytest.fixture(scope="module")
def found(columns: Path) -> dict[int, tuple[object, ...]]:
    query = (
        "SELECT s.lex[5:]::INTEGER, o.kind, rtrim(rtrim(o.number::VARCHAR, '0'), '.'), o.double, o.truth, o.moment,"
        " o.zone FROM triple JOIN term AS s ON s.id = s JOIN term AS o ON o.id = o"
    )
    return {row[0]: row[1:] for row in rows(columns, query)}


@pytest.mark.parametrize(
    ("number", "case"), list(enumerate(CASES)), ids=[f"{case['lexical']}^^{case['datatype']}" for case in CASES]
)
def test_kind_and_values(found: dict[int, tuple[object, ...]], number: int, case: dict[str, str]) -> None:
    kind, *values = found[number]
    assert BY_ORDINAL[kind].name == case["kind"]
    shown = ["" if value is None else str(value) for value in values]
    assert shown == [case[name] for name in ("number", "double", "truth", "moment", "zone")]


def test_terms_without_datatype_have_kinds_too(tmp_path: Path) -> None:
    made = built(tmp_path, '<urn:s> <urn:p> "a" , .\n'.replace(" ,", "") + '_:b <urn:p> "a"@EN-gb .\n')
    kinds = rows(made, "SELECT lex, kind, datatype, lang FROM term WHERE lex IN ('a', 'b', 'urn:p') ORDER BY kind")
    assert [(lex, BY_ORDINAL[kind], datatype, lang) for lex, kind, datatype, lang in kinds] == [
        ("urn:p", Kind.IRI, "", ""),
        ("b", Kind.BLANK, "", ""),
        ("a", Kind.STRING, "", ""),
        ("a", Kind.LANG, "", "en-gb"),
    ]


def test_a_predicate_knows_the_kinds_of_its_objects(tmp_path: Path) -> None:
    text = f'<urn:s> <urn:p> "a" .\n<urn:s> <urn:p> <urn:o> .\n<urn:s> <urn:q> "5"^^<{XSD}byte> .\n'
    predicates = catalogue(built(tmp_path, text)).predicates
    assert predicates["urn:p"].kinds == Kind.STRING | Kind.IRI
    assert (predicates["urn:q"].kinds, predicates["urn:q"].value_type) == (Kind.INTEGER, "integer")
