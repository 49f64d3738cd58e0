"""Who pays whom: from donors to recipients, or to whoever takes part in what a donor pays for."""

import numpy as np
from scipy import sparse

from graph_app.network.projections.incidence import incidence, led
from graph_app.network.projections.projection import Paid, Parts, Projection
from graph_app.questions.arrays import Arrays
from loaders.vocabulary import IG

__all__ = ["FUNDING"]


def _make(answer: Arrays, paid: Paid) -> Parts:
    givers, recipients = incidence(answer, "giver", "grant"), incidence(answer, "recipient", "grant")
    nodes = tuple(sorted({*givers.nodes, *recipients.nodes}))
    number = {iri: place for place, iri in enumerate(nodes)}
    rows = {name: _numbered(answer, name, number) for name in ("giver", "recipient")}
    grants, grant = np.unique(answer.columns["grant"], return_inverse=True)
    names = [answer.texts[code] for code in grants.tolist()]
    # Projects are counted once however many grants they have.
    steps = np.unique(np.stack([rows["giver"], rows["recipient"], answer.columns["context"]]), axis=1)
    counted = led(steps[0], steps[1], np.zeros(steps.shape[1], int), len(nodes), {"count": np.ones(1)})
    # A sum is that of whom the grant names; what others get of it nobody tells.
    money = paid("grant", names)
    named = answer.columns["named"] >= 0
    sums = {"money": np.nan_to_num(money), "stated": (~np.isnan(money)).astype(float)}
    shares = {name: np.where(named, values[grant], 0.0) for name, values in sums.items()}
    paying = led(rows["giver"], rows["recipient"], np.arange(len(grant)), len(nodes), shares)
    weights = dict(counted.sums)
    if paying.sums["stated"].any():
        weights["money"] = np.where(paying.sums["stated"] > 0, paying.sums["money"], np.nan)
    projects = dict(zip(grant.tolist(), answer.columns["context"].tolist(), strict=True))
    contexts = tuple(answer.texts[projects[place]] for place in range(len(grants)))
    shape = (len(nodes), len(grants))
    outgoing, incoming = (
        sparse.csr_array((np.ones(len(grant), np.int8), (rows[name], grant)), shape=shape) for name in rows
    )
    return Parts(nodes, counted.source, counted.target, weights, contexts, outgoing, incoming)


def _numbered(answer: Arrays, name: str, number: dict[str, int]) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array([number[text] for text in answer.column(name)], np.int32)


FUNDING = Projection(
    "funding",
    {"en": "Donors and whom they fund", "cs": "Dárci a koho financují"},
    lambda _: "project-funding",
    _make,
    (str(IG.Organisation),),
    directed=True,
)
