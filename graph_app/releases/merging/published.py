"""What was decided on who is who, as statements of the graph.

Who decided is not among them, for people are no part of the graph; nor when, so that the same decision made again gives
the same content. The journal has both.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from rdflib import Literal, URIRef
from rdflib.namespace import RDF, RDFS, XSD

from graph_app.journal.decisions import Decision, Judgement
from graph_app.releases.merging.settled import Settled
from loaders.identifiers import mint
from loaders.mapping.quads import Quad, identity_graph
from loaders.vocabulary import IG
from loaders.writer import nquad

__all__ = ["decision_lines"]


#: Judgements that tie the two together, and how.
_TIES: Mapping[Judgement, URIRef] = MappingProxyType({Judgement.PART: IG.partOf, Judgement.FOLLOWS: IG.continues})


def decision_lines(decisions: Iterable[Decision], settled: Settled, base: str) -> Iterator[str]:
    """Return the statements on decisions that hold, and those that follow from them.

    :param decisions: the decisions.
    :param settled: which mentions are one.
    :param base: base of all instance IRIs.
    :returns: lines of N-Quads.
    """
    graph = identity_graph(base)
    for decision in decisions:
        about = " ".join((*sorted(decision.pair), decision.judgement))
        node = URIRef(mint("decision", hashlib.sha256(about.encode()).hexdigest()[:20], base=base))
        for predicate, value in _said(decision, base):
            yield nquad(Quad(node, predicate, value, graph))
        if decision.judgement in _TIES:
            left, right = (_entity(iri, settled, base) for iri in (decision.left, decision.right))
            yield nquad(Quad(left, _TIES[decision.judgement], right, graph))


def _said(decision: Decision, base: str) -> Iterator[tuple[URIRef, URIRef | Literal]]:
    yield RDF.type, IG.MatchDecision
    yield IG.left, _iri(decision.left, base)
    yield IG.right, _iri(decision.right, base)
    yield IG.judgement, Literal(decision.judgement.value)
    yield IG.decidedBy, Literal(decision.way.value)
    if decision.score is not None:
        yield IG.confidence, Literal(f"{decision.score:.3f}", datatype=XSD.decimal)
    if decision.rule:
        yield IG.method, Literal(decision.rule)
    for reason in decision.reasons:
        for language, text in reason.items():
            yield IG.reason, Literal(text, lang=language)
    if decision.comment:
        yield RDFS.comment, Literal(decision.comment)


def _iri(iri: str, base: str) -> URIRef:
    return URIRef(iri if "://" in iri else base + iri)


def _entity(iri: str, settled: Settled, base: str) -> URIRef:
    whole = str(_iri(iri, base)).encode()
    return URIRef(settled.entities.get(whole, whole).decode())
