"""Organisations and the projects and partnerships that they work in: both are nodes."""

import numpy as np
from scipy import sparse

from graph_app.network.projections.incidence import incidence, led
from graph_app.network.projections.projection import Paid, Parts, Projection
from graph_app.questions.arrays import Arrays
from loaders.vocabulary import IG

__all__ = ["ORGANISATION_PROJECT"]


def _make(answer: Arrays, paid: Paid) -> Parts:
    found = incidence(answer, "member")
    nodes = tuple(sorted({*found.nodes, *found.contexts}))
    number = {iri: place for place, iri in enumerate(nodes)}
    organisations = np.array([number[iri] for iri in found.nodes], np.int32)
    contexts = np.array([number[iri] for iri in found.contexts], np.int32)
    both = found.matrix.tocoo()
    first, second = organisations[both.row], contexts[both.col]
    money = paid("context", found.contexts)
    weights = {"count": np.ones(len(contexts)), "money": money}
    ties = led(np.minimum(first, second), np.maximum(first, second), both.col, len(nodes), weights)
    if np.isnan(money).all():
        ties = ties._replace(sums={"count": ties.sums["count"]})
    # A project stands in itself, so that what is behind a tie is found for it as for any other.
    rows, columns = np.concatenate([first, contexts]), np.concatenate([both.col, np.arange(len(contexts))])
    matrix = sparse.csr_array((np.ones(len(rows), np.int8), (rows, columns)), shape=(len(nodes), len(contexts)))
    return Parts(nodes, ties.source, ties.target, ties.sums, found.contexts, matrix, matrix)


ORGANISATION_PROJECT = Projection(
    "organisation-project",
    {"en": "Organisations and their projects", "cs": "Organizace a jejich projekty"},
    lambda _: "memberships",
    _make,
    (str(IG.Organisation), str(IG.Project), str(IG.Partnership)),
)
