"""Every term is found by what it is, whether it was there from the start or came later; nothing else is."""

from pathlib import Path

import pytest

from graph_app.columns.database import connect_reading
from graph_app.columns.encoding import patch_columns
from graph_app.columns.kinds import BY_ORDINAL, Kind
from graph_app.columns.lookup import Lookup
from tests.graph_app.columns.encoding.decoding import built

XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lines = [f'<urn:s{n}> <urn:p{n % 7}> "{n % 2900}é"@{"cs" if n % 2 else "en"} .' for n in range(2_900)]
    lines += [f'<urn:s{n}> <urn:q> "{n}"^^<{XSD}{"byte" if n % 3 else "integer"}> .' for n in range(100)]
    path = built(tmp_path_factory.mktemp("lookup"), "\n".join(lines))
    patch_columns(path, [], [b'<urn:late> <urn:q> "later" .', b"<urn:a> <urn:p1> _:b ."])
    return path


def test_every_term_is_found(columns: Path) -> None:
    with connect_reading(columns) as connection:
        terms = connection.execute("SELECT id, kind, lex, datatype, lang FROM term").fetchall()
        assert len(terms) > 5_000
        # All of them would take long: those beside the fences, the last ones, and some between.
        chosen = [row for row in terms if row[0] % 1024 in {0, 1, 2} or row[0] % 97 == 0 or row[0] > len(terms) - 9]
        lookup = Lookup(connection)
        assert [lookup.term(BY_ORDINAL[kind], *term) for _, kind, *term in chosen] == [row[0] for row in chosen]


@pytest.mark.parametrize(
    ("kind", "lex", "datatype", "lang"),
    [
        (Kind.IRI, "", "", ""),
        (Kind.IRI, "urn:s1x", "", ""),
        (Kind.IRI, "urn:zzz", "", ""),
        (Kind.BLANK, "urn:s1", "", ""),
        (Kind.STRING, "1é", "", ""),
        (Kind.LANG, "1é", "", "en"),
        (Kind.INTEGER, "1", f"{XSD}integer", ""),
        (Kind.UNSURE, "\U0010ffff", "", ""),
    ],
)
def test_no_other_term_is_found(columns: Path, kind: Kind, lex: str, datatype: str, lang: str) -> None:
    with connect_reading(columns) as connection:
        assert Lookup(connection).term(kind, lex, datatype, lang) is None


def test_an_empty_graph_has_no_terms(tmp_path: Path) -> None:
    with connect_reading(built(tmp_path, "")) as connection:
        assert Lookup(connection).term(Kind.IRI, "urn:a") is None
