"""The triples of a template for the solutions of its pattern (SPARQL 1.1, section 16.2), written by SQL itself."""

from collections.abc import Sequence

from graph_app.columns.algebra.nodes import Node, Path, Step, Triple, Variable
from graph_app.columns.declined import Declined
from graph_app.columns.expressions.operand import DATATYPES
from graph_app.columns.kinds import LITERALS, RESOURCES, Kind, ordinal
from graph_app.columns.relation import TERM, Form, Output
from graph_app.columns.sql import quoted
from graph_app.columns.terms import Constant

__all__ = ["constructed"]

#: What N-Triples escape, the backslash first.
_ESCAPED = (("\\", r"\\"), ('"', r"\""), ("\n", r"\n"), ("\r", r"\r"))


def constructed(sql: str, outputs: Sequence[Output], template: Sequence[Triple]) -> str:
    """Write the triples of a template.

    :param sql: a statement for the solutions.
    :param outputs: its columns.
    :param template: the template.
    :returns: a statement for a text a solution: its triples as lines of N-Triples, some of them repeated.
    """
    texts = {output.variable: (_text(output), output.kind) for output in outputs if output.start >= 0}
    lines = [line for triple in template if (line := _line(triple, texts))]
    names = [name for output in outputs for name in _names(output)] or ["one"]
    joins = [
        f" LEFT JOIN term AS t{output.start} ON t{output.start}.id = c{output.start}"
        for output in outputs
        if output.start >= 0 and output.form is Form.ID
    ]
    text = f"concat({', '.join(lines)})" if lines else "''"  # which passes over lines with an unbound variable
    return f"SELECT {text} FROM ({sql}) AS c({', '.join(names)}){''.join(joins)}"


def _names(output: Output) -> list[str]:
    if output.start < 0:
        return []
    width = len(TERM) if output.form is Form.TERM else 1
    return [f"c{output.start + place}" for place in range(width)]


def _text(output: Output) -> str:
    """Return SQL of a term as N-Triples write it, NULL where it is unbound."""
    start = output.start
    match output.form:
        case Form.ID:
            kind, lex, datatype, lang = (f"t{start}.{part}" for part in ("kind", "lex", "datatype", "lang"))
        case Form.TERM:
            kind, lex, datatype, lang = _names(output)
        case Form.SCALAR:
            kind, lex, lang = str(ordinal(output.kind)), f"c{start}", "''"
            datatype = quoted(DATATYPES.get(output.kind, ""))
    iri = f"'<' || {lex} || '>'"
    if output.kind == Kind.IRI:
        return iri
    escaped = lex
    for plain, instead in _ESCAPED:
        escaped = f"replace({escaped}, {quoted(plain)}, {quoted(instead)})"
    suffix = (
        f"CASE WHEN {lang} <> '' THEN '@' || {lang} WHEN {datatype} <> '' THEN '^^<' || {datatype} || '>' ELSE '' END"
    )
    literal = f"""'"' || {escaped} || '"' || {suffix}"""
    if not output.kind & RESOURCES:
        return literal
    # The labels of a template's own blank nodes begin otherwise, and so are others.
    blank = f"'_:g' || {lex}"
    return f"CASE {kind} WHEN {ordinal(Kind.IRI)} THEN {iri} WHEN {ordinal(Kind.BLANK)} THEN {blank} ELSE {literal} END"


def _line(triple: Triple, texts: dict[str, tuple[str, Kind]]) -> str:
    """Return SQL of a triple, NULL where it is none; empty where it never is one."""
    nodes = [_node(node, texts) for node in (triple.subject, triple.predicate, triple.object)]
    found = [node for node in nodes if node is not None]
    if len(found) < len(nodes):
        return ""
    (subject, kinds), (predicate, predicate_kinds), (target, _) = found
    # A literal is no subject, and nothing but an IRI is a predicate: such a triple is left out.
    conditions = [f"""({subject})[1] <> '"'"""] if kinds & LITERALS else []
    conditions += [f"({predicate})[1] = '<'"] if predicate_kinds != Kind.IRI else []
    line = f"({subject}) || ' ' || ({predicate}) || ' ' || ({target}) || {quoted(' .' + chr(10))}"
    return f"CASE WHEN {' AND '.join(conditions)} THEN {line} END" if conditions else line


def _node(node: Node | Path, texts: dict[str, tuple[str, Kind]]) -> tuple[str, Kind] | None:
    """Return SQL of a node and its kinds; nothing for a variable that is never bound."""
    match node:
        case Step(iri):
            return quoted(f"<{iri}>"), Kind.IRI
        case Variable(name) if name.startswith("_:"):
            return f"'_:new{name[2:]}x' || row_number() OVER ()", Kind.BLANK  # another one in each solution
        case Variable(name):
            return texts.get(name)
        case Constant():
            return quoted(_written(node)), node.kind
    raise Declined("a template holds a path")


def _written(term: Constant) -> str:
    """Write a term as N-Triples."""
    if term.kind is Kind.IRI:
        return f"<{term.lex}>"
    lex = term.lex
    for plain, instead in _ESCAPED:
        lex = lex.replace(plain, instead)
    if term.language:
        return f'"{lex}"@{term.language}'
    return f'"{lex}"^^<{term.datatype}>' if term.datatype else f'"{lex}"'
