"""Write answers as files for other programs: CSV, SPARQL results JSON, Turtle."""

import csv
import io
import json
import re

from rdflib import Graph, Literal
from rdflib.exceptions import ParserError

from graph_app.questions.errors import QueryFailed
from graph_app.questions.results import Table, Term, Triples, Truth
from loaders.vocabulary import bind_prefixes

__all__ = ["neutralise", "to_csv", "to_json", "to_turtle"]

#: A spreadsheet takes text that starts so for a formula, and runs it.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
#: A number, which no spreadsheet runs whatever its sign. Datatypes do not tell: "=1+1"^^xsd:integer is a literal too.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)


def to_csv(answer: Table | Triples | Truth) -> str:
    """Write an answer as CSV with a header line; values as SPARQL 1.1 CSV has them, without type and language.

    Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers, which may start with a sign,
    do not. To read the values back, remove one apostrophe where it stands before ``=``, ``+``, ``-``, ``@``, a tab or
    a carriage return.

    :param answer: a table; triples become the columns subject, predicate and object, a truth value a single cell.
    :returns: the text.
    :raises QueryFailed: if the triples hold what RDF 1.1 does not know.
    """
    stream = io.StringIO()
    writer = csv.writer(stream)  # lines end with CR LF, as RFC 4180 and SPARQL 1.1 have it
    match answer:
        case Table():
            writer.writerow(answer.columns)
            writer.writerows(
                ["" if term is None else _cell(term.value, typed=bool(term.datatype)) for term in row]
                for row in answer.rows
            )
        case Triples():
            writer.writerow(("subject", "predicate", "object"))
            for triple in sorted(_graph(answer)):
                typed = (isinstance(term, Literal) and term.datatype is not None for term in triple)
                writer.writerow([_cell(str(term), typed=number) for term, number in zip(triple, typed, strict=True)])
        case Truth():
            writer.writerow(("result",))
            writer.writerow((str(answer.value).lower(),))
    return stream.getvalue()


def to_json(answer: Table | Triples | Truth) -> str:
    """Write an answer as SPARQL 1.1 results JSON, triples as JSON-LD.

    A member ``release`` says which release answered, and ``truncated`` whether a limit cut the answer.

    :param answer: the answer.
    :returns: the text.
    :raises QueryFailed: as :func:`to_csv`.
    """
    match answer:
        case Triples():
            return _graph(answer).serialize(format="json-ld", indent=2, ensure_ascii=False)
        case Truth():
            document: dict[str, object] = {"head": {}, "boolean": answer.value}
        case Table():
            bindings = [{column: _json(term) for column, term in row.items()} for row in answer]
            document = {"head": {"vars": answer.columns}, "results": {"bindings": bindings}}
    document |= {"release": answer.release, "truncated": answer.truncated}
    return json.dumps(document, ensure_ascii=False, indent=2)


def to_turtle(answer: Triples) -> str:
    """Write triples as Turtle with the project's prefixes.

    :param answer: the answer of a CONSTRUCT or DESCRIBE.
    :returns: the text.
    :raises QueryFailed: as :func:`to_csv`.
    """
    return _graph(answer).serialize(format="turtle")


def neutralise(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula.

    :param text: the text of a cell.
    :returns: the text, with an apostrophe before it where it starts like a formula.
    """
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _cell(text: str, *, typed: bool) -> str:
    return text if typed and _NUMBER.fullmatch(text) else neutralise(text)


def _graph(answer: Triples) -> Graph:
    graph = bind_prefixes(Graph(bind_namespaces="none"))
    try:
        return graph.parse(data=answer.ntriples, format="nt")
    except ParserError as error:
        raise QueryFailed(
            "The answer holds triples within triples, or texts with a direction, which are new in RDF 1.2 and cannot "
            "be written to a file here. Ask for their parts with SELECT."
        ) from error


def _json(term: Term) -> dict[str, str]:
    if term.kind != "literal":
        return {"type": "uri" if term.kind == "iri" else "bnode", "value": term.value}
    cell = {"type": "literal", "value": term.value}
    if term.language:
        cell["xml:lang"] = term.language
    elif term.datatype:
        cell["datatype"] = term.datatype
    return cell
