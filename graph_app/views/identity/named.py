"""What the sources call the entities of decisions, which name them by the IRIs under which they were loaded."""

from collections.abc import Iterable, Mapping

from graph_app.components.links import Reference
from graph_app.questions.parameters import ParameterError
from graph_app.releases.merging.rewriting import mention_iri
from graph_app.views.reading import reference, references, settings

__all__ = ["mentioned"]


def mentioned(iris: Iterable[str]) -> Mapping[str, Reference]:
    """Name entities as their own source does, also where they are one with others in the release.

    :param iris: IRIs under which they were loaded.
    :returns: IRI to reference; it leads to the mention where there is one, else to the entity.
    """
    base = settings().base
    mentions = {iri: mention_iri(iri, base) for iri in set(iris)}
    try:
        found = references([*mentions, *mentions.values()])
    except ParameterError:  # a decision was taken over that names something by what is no IRI
        found = {iri: reference(iri) for iri in (*mentions, *mentions.values())}
    return {iri: found[mention] if found[mention].known else found[iri] for iri, mention in mentions.items()}
