"""Make a network of a release: ask, project, name, and count what stands behind it."""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from graph_app.network.asking import Ask, known
from graph_app.network.coverage import Coverage
from graph_app.network.filters import Filters
from graph_app.network.network import Network
from graph_app.network.projections.attributes import attributes
from graph_app.network.projections.incidence import numbers_in
from graph_app.network.projections.money import FEW, Sums
from graph_app.network.projections.projection import Parts, Projection
from loaders.findings import LANGUAGES

__all__ = ["project"]

#: What a project may lack to the parameters that it then is not found by.
_LACKING: Mapping[str, tuple[str, ...]] = {
    "country": ("country",),
    "seat": ("seat",),
    "period": ("from", "to"),
    "donor": ("donor",),
    "programme": ("programme",),
    "targetGroup": ("targetGroup",),
    "theme": ("theme",),
    "organisationType": ("organisationType",),
}


def project(projection: Projection, filters: Filters, ask: Ask, language: str = LANGUAGES[0]) -> Network:
    """Make a network.

    :param projection: one of :data:`graph_app.network.projections.PROJECTIONS`.
    :param filters: what it is narrowed to.
    :param ask: reads the graph.
    :param language: language of names.
    :raises graph_app.questions.errors.QueryError: if the graph does not answer.
    """
    name = projection.view(filters)
    values = known(name, filters.parameters())
    answer = ask(name, values)
    sums = Sums(ask, filters.currency)
    parts = projection.make(answer, sums)
    left_out = _lacking(name, values, ask) | {"alone": parts.alone}
    if "money" in parts.weights:
        left_out |= sums.left_out
    contexts = frozenset(parts.contexts)
    coverage = Coverage(
        projects=len(contexts),
        sources=_sources(contexts, ask),
        left_out={reason: count for reason, count in left_out.items() if count},
        currency=sums.currency if "money" in parts.weights else "",
        truncated=answer.truncated,
    )
    parts = _strong(parts, filters)
    return Network(
        projection=projection.name,
        filters=filters,
        release=answer.release,
        directed=projection.directed,
        nodes=parts.nodes,
        attributes=attributes(parts.nodes, projection.classes, ask, language),
        source=parts.source,
        target=parts.target,
        weights=parts.weights,
        coverage=coverage,
        contexts=parts.contexts,
        outgoing=parts.outgoing,
        incoming=parts.incoming,
        queries=(answer.query,),
    )


def _lacking(name: str, values: Mapping[str, list[str]], ask: Ask) -> dict[str, int]:
    """Count the projects that a filter passes over since they do not state what it asks for."""
    counted = {}
    for lack, parameters in _LACKING.items():
        if values.keys() & set(parameters):
            others = {parameter: texts for parameter, texts in values.items() if parameter not in parameters}
            found = ask(name, others | {"lacking": [lack]})
            counted[lack] = len(np.unique(found.columns["context"]))
    return counted


def _sources(contexts: frozenset[str], ask: Ask) -> dict[str, int]:
    """Count the projects by the datasets that tell of them."""
    answer = ask("project-datasets", {"context": sorted(contexts)} if len(contexts) <= FEW else {})
    inside = numbers_in(answer, "context", dict.fromkeys(contexts, 0)) >= 0
    counted = Counter(answer.columns["dataset"][inside].tolist())
    return dict(sorted((answer.texts[number], count) for number, count in counted.items()))


def _strong(parts: Parts, filters: Filters) -> Parts:
    """Leave out ties that are weaker than the least weight; their ends stay."""
    if not filters.minimum:
        return parts
    weight = parts.weights.get(filters.weight)
    kept = np.zeros(len(parts.source), bool) if weight is None else weight >= filters.minimum
    weights = {name: values[kept] for name, values in parts.weights.items()}
    return parts._replace(source=parts.source[kept], target=parts.target[kept], weights=weights)
