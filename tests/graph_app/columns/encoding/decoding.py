"""Read all triples back from columns, and from text by another parser, in one form that can be compared."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyoxigraph as ox

from graph_app.columns.catalogue import Catalogue, read_catalogue
from graph_app.columns.database import connect_reading
from graph_app.columns.encoding import build_columns

#: Form (IRI, blank node, literal), lexical form, datatype, language.
Term = tuple[int, str, str, str]
Triple = tuple[Term, Term, Term]

STRING = "http://www.w3.org/2001/XMLSchema#string"
LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
ROWS = """
SELECT least(s.kind, 3), s.lex, s.datatype, s.lang, least(p.kind, 3), p.lex, p.datatype, p.lang,
    least(o.kind, 3), o.lex, o.datatype, o.lang
FROM triple JOIN term AS s ON s.id = triple.s JOIN term AS p ON p.id = triple.p JOIN term AS o ON o.id = triple.o
"""


def built(folder: Path, content: str | bytes, name: str = "columns") -> Path:
    text = folder / f"{name}.nq"
    text.write_bytes(content if isinstance(content, bytes) else content.encode())
    build_columns(folder / name, text)
    return folder / name


#: A folder of columns, or a connection where much is asked: to open one takes longer than to ask.
Columns = Path | duckdb.DuckDBPyConnection


@contextmanager
def opened(columns: Columns) -> Iterator[duckdb.DuckDBPyConnection]:
    if not isinstance(columns, Path):
        yield columns
    else:
        with connect_reading(columns) as connection:
            yield connection


def rows(columns: Columns, query: str) -> list[tuple[object, ...]]:
    with opened(columns) as connection:
        return connection.execute(query).fetchall()


def catalogue(columns: Columns) -> Catalogue:
    with opened(columns) as connection:
        return read_catalogue(connection)


def decoded(columns: Columns) -> list[Triple]:
    """All triples, each as often as it is there."""
    return sorted((row[:4], row[4:8], row[8:]) for row in rows(columns, ROWS))


def parsed(content: str | bytes) -> list[Triple]:
    """All triples of a text, each once."""
    quads = ox.parse(content, format=ox.RdfFormat.N_QUADS)
    return sorted({tuple(map(term, quad.triple)) for quad in quads})


def term(value: ox.NamedNode | ox.BlankNode | ox.Literal) -> Term:
    if isinstance(value, ox.NamedNode):
        return 1, value.value, "", ""
    if isinstance(value, ox.BlankNode):
        return 2, value.value, "", ""
    datatype = value.datatype.value
    return 3, value.value, "" if datatype in {STRING, LANG_STRING} else datatype, (value.language or "").lower()
