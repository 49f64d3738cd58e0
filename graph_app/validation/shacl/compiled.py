"""Check a small graph with shapes that were compiled once: milliseconds where an interpreter needs seconds."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import shacl
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import SH
from rdflib.plugins.parsers.ntriples import unquote
from rdflib.term import Node

from graph_app.validation.results import SEVERITIES, Result, local_name, message_of, predicates_in
from graph_app.validation.shacl.model import Checked
from graph_app.validation.shapes import without_words
from loaders.findings import Severity

__all__ = ["check_compiled"]

_LITERAL = re.compile(r'"(.*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ONE_STEP = re.compile("<[^<>]*>")
_COMPUTED = "a constraint in SPARQL that reports what it computes"
_SEVERAL = "several constraints in SPARQL, each with messages of its own"


def check_compiled(text: str, shapes: Graph) -> Checked:
    """Check a graph.

    :param text: the graph, with every concept and entity that it refers to, as N-Triples.
    :param shapes: the shapes.
    :returns: what is broken, each once. A shape that is broken in a way which the library does not tell whole is left
        to another engine: it drops values that a constraint in SPARQL has computed.
    :raises ValueError: if the text is not N-Triples, or a shape that is broken has no name.
    """
    compiled = _compile(shapes)
    found: list[tuple[Node, Result]] = []
    told: set[tuple[str | None, ...]] = set()
    uncovered: dict[Node, str] = {}
    for one in compiled.program.validate_text(text, "ntriples").results:
        broken = compiled.shapes.get(one.source_shape or "")
        if broken is None:
            raise ValueError(f"The result of {one.source_shape} about {one.focus_node} is of a shape without name.")
        if one.component_iri == str(SH.SPARQLConstraintComponent):
            if broken.several:
                uncovered[broken.node] = _SEVERAL
            elif broken.tells and one.value is None:
                uncovered[broken.node] = _COMPUTED
            # Solutions that differ only in what is not reported are one result, as they are to pySHACL.
            key = (one.source_shape, one.focus_node, one.path, one.value)
            if key in told:
                continue
            told.add(key)
        found.append((broken.node, _result(one, broken)))
    return Checked([result for node, result in found if node not in uncovered], uncovered)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a report takes from a shape."""

    node: Node
    rule: str
    severity: Severity
    paths: tuple[URIRef, ...]
    message: Mapping[str, str]
    several: bool
    tells: bool


@dataclass(frozen=True, slots=True)
class _Compiled:
    program: shacl.Shapes
    shapes: Mapping[str, _Shape]


@cache
def _compile(shapes: Graph) -> _Compiled:
    named = {node for node in shapes.subjects() if isinstance(node, URIRef)}
    text = without_words(shapes).serialize(format="nt")
    return _Compiled(shacl.Shapes.from_text(text, "ntriples"), {f"<{node}>": _read(node, shapes) for node in named})


def _read(node: URIRef, shapes: Graph) -> _Shape:
    path, queries = shapes.value(node, SH.path), [*shapes.objects(node, SH.sparql)]
    written = queries[0] if queries else None
    return _Shape(
        node,
        local_name(node),
        SEVERITIES.get(shapes.value(node, SH.severity), Severity.VIOLATION),
        () if path is None else tuple(predicates_in(path, shapes)),
        message_of(written, node, shapes),
        several=len(queries) > 1,
        tells="?value" in str(shapes.value(written, SH.select)),
    )


def _result(one: shacl.Result, broken: _Shape) -> Result:
    path = one.path or ""
    return Result(
        rule=broken.rule,
        severity=broken.severity,
        component=URIRef(one.component_iri),
        focus=_term(one.focus_node),
        paths=(URIRef(path[1:-1]),) if _ONE_STEP.fullmatch(path) else broken.paths,
        value=None if one.value is None else _term(one.value),
        message=broken.message,
    )


def _term(text: str) -> Node:
    if text.startswith("<"):
        return URIRef(unquote(text[1:-1]))
    match = _LITERAL.fullmatch(text)
    if match is None:
        return BNode(text.removeprefix("_:"))
    form, language, datatype = match.groups()
    return Literal(unquote(form), lang=language, datatype=datatype, normalize=False)
