"""Property paths (SPARQL 1.1, sections 9 and 18.2.2.3): from the parser's tree to the algebra."""

import rdflib
from rdflib.plugins.sparql.parserutils import CompValue

from graph_app.columns.algebra.nodes import Alternative, Inverse, Negated, Path, Repeat, Sequence, Step
from graph_app.columns.algebra.parse import Names, Tree
from graph_app.columns.declined import Declined

__all__ = ["read_path"]


def read_path(node: Tree, names: Names) -> Path:
    """Read a path.

    :param node: its tree.
    :param names: what names stand for.
    :raises Declined: if it is not known here.
    """
    if isinstance(node, rdflib.URIRef) or node.name == "pname":
        return Step(names.iri(node))
    match node.name:
        case "PathAlternative":
            return _many(node, names, Alternative)
        case "PathSequence":
            return _many(node, names, Sequence)
        case "PathElt":
            return _repeated(read_path(node.part, names), str(node.mod or ""))
        case "PathEltOrInverse":
            return Inverse(read_path(node.part, names))
        case "PathNegatedPropertySet":
            return _negated(node, names)
    raise Declined(f"the path {node.name}")


def _many(node: CompValue, names: Names, whole: type[Alternative | Sequence]) -> Path:
    parts = tuple(read_path(part, names) for part in node.part)
    return parts[0] if len(parts) == 1 else whole(parts)


def _repeated(path: Path, sign: str) -> Path:
    match sign:
        case "":
            return path
        case "*" | "+" | "?":
            return Repeat(path, sign)
    raise Declined(f"the path modifier {sign}")


def _negated(node: CompValue, names: Names) -> Path:
    parts = node.part if isinstance(node.part, list) else [node.part]
    forwards, backwards = [], []
    for part in parts:
        if isinstance(part, CompValue) and part.name == "InversePath":
            backwards.append(names.iri(part.part))
        else:
            forwards.append(names.iri(part))
    # Without any predicate walked backwards, no edge is (section 9.1).
    return Negated(tuple(forwards) if forwards or not backwards else None, tuple(backwards) if backwards else None)
