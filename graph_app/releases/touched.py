"""For which values of its key a rule has to be run again, because of statements that were removed or added."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from graph_app.columns.algebra.inverse import Origin, origin
from graph_app.columns.algebra.nodes import (
    Bgp,
    Distinct,
    Join,
    Node,
    Path,
    Project,
    Query,
    Step,
    Triple,
    Values,
    Variable,
)
from graph_app.columns.algebra.partition import blocks
from graph_app.columns.declined import Declined
from graph_app.columns.encoding.lines import term_parts
from graph_app.columns.engine import ColumnStore
from graph_app.columns.kinds import RESOURCES, Kind
from graph_app.columns.terms import Constant
from graph_app.releases.rules import Rule

__all__ = ["Statements", "able", "read_statements", "touched"]

#: Predicate to subject, predicate and object, all as N-Quads write them.
Statements = Mapping[str, Sequence[tuple[str, str, str]]]


def read_statements(lines: Iterable[bytes]) -> Statements:
    """Read canonical lines of N-Quads.

    :param lines: the lines; each names its graph, and no IRI holds an escape.
    """
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for line in lines:
        subject, predicate, rest = line.decode().split(" ", 2)
        found[predicate].append((subject, predicate, rest.rpartition(" <")[0]))
    return found


def touched(rule: Rule, statements: Statements, columns: ColumnStore) -> set[Constant] | None:
    """Find the values of a rule's first key for which it may derive something else because of some statements.

    :param rule: the rule.
    :param statements: what was removed or added.
    :param columns: what was stated with what was removed, or is stated with what was added.
    :returns: the values; none where they are not known.
    """
    if not rule.keys:
        return None
    key = rule.keys[0]
    values: set[Constant] = set()
    for block in set(blocks(rule.query.pattern)):
        beside: defaultdict[str, set[Constant]] = defaultdict(set)
        for triple in block.triples:
            found, places = _matching(triple, statements), _places(triple)
            if not found:
                continue
            if not places:
                return None
            name = key if key in places else next(iter(places))
            terms = values if name == key else beside[name]
            terms.update(_term(statement[places[name]]) for statement in found)
        try:
            for name, terms in beside.items():
                values |= _reached(block, key, name, terms, columns)
        except Declined:
            return None
    return values


def able(rule: Rule, statements: Statements, columns: ColumnStore) -> Mapping[str, set[Constant]] | None:
    """Find values of a rule's keys such that it derives some statements for none but these.

    :param rule: the rule.
    :param statements: what may be derived.
    :param columns: what is stated.
    :returns: key to values; none where they are not known.
    """
    values: defaultdict[str, set[Constant]] = defaultdict(set)
    for triple in rule.query.template:
        found, places = _matching(triple, statements), _places(triple)
        if not found:
            continue
        name = next((name for name in places if name in rule.keys), "")
        if name:
            values[name].update(_term(statement[places[name]]) for statement in found)
            continue
        name, made = next(((name, made) for name in places if (made := _origin(rule, name, columns))), ("", None))
        if made is None:
            return None
        iris = (made.of(statement[places[name]][1:-1]) for statement in found)
        values[made.variable].update(Constant(Kind.IRI, iri) for iri in iris if iri)
    return values


def _reached(block: Bgp, key: str, name: str, terms: Iterable[Constant], columns: ColumnStore) -> set[Constant]:
    """Return the values of the key beside terms of another variable in a block of triples."""
    pattern = Distinct(Project(Join(Values((name,), ((None,),)), block), (key,)))
    given = {name: sorted(terms, key=str)}
    return {value for (value,) in columns.solutions(Query("SELECT", pattern, (key,)), given) if value is not None}


def _origin(rule: Rule, name: str, columns: ColumnStore) -> Origin | None:
    """Find the key that a variable is made of, if the values of the key surely are IRIs."""
    made = origin(rule.query.pattern, name)
    if made is None or made.variable not in rule.keys:
        return None
    all_ = all(_binds_resources(block, made.variable, columns) for block in blocks(rule.query.pattern))
    return made if all_ else None


def _binds_resources(block: Bgp, name: str, columns: ColumnStore) -> bool:
    for triple in block.triples:
        if triple.subject == Variable(name):
            return True
        if triple.object == Variable(name) and isinstance(triple.predicate, Step):
            known = columns.catalogue.predicates.get(triple.predicate.iri)
            if known is None or not known.kinds & ~RESOURCES:
                return True
    return False


def _matching(triple: Triple, statements: Statements) -> Sequence[tuple[str, str, str]]:
    """Return the statements that a triple may match."""
    if isinstance(triple.predicate, Step):
        found: Iterable[tuple[str, str, str]] = statements.get(f"<{triple.predicate.iri}>", ())
    else:
        found = (statement for some in statements.values() for statement in some)
    return [one for one in found if _may_be(triple.subject, one[0]) and _may_be(triple.object, one[2])]


def _may_be(node: Node, text: str) -> bool:
    match node:
        case Variable():
            return True
        case Constant(Kind.IRI, lex):
            return text == f"<{lex}>"
    return not text.startswith("<")  # one literal can be written in several ways


def _places(triple: Triple) -> dict[str, int]:
    """Return where the variables of a triple stand in it."""
    nodes: tuple[Node | Path, ...] = (triple.subject, triple.predicate, triple.object)
    named = {node.name: place for place, node in enumerate(nodes) if isinstance(node, Variable)}
    return {name: place for name, place in named.items() if not name.startswith("_:")}


def _term(text: str) -> Constant:
    lexical, datatype, language = term_parts(text)
    match text[0]:
        case "<":
            return Constant(Kind.IRI, lexical)
        case "_":
            return Constant(Kind.BLANK, lexical)
    return Constant.literal(lexical, datatype, language)
