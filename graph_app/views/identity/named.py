"""Decisions in words: they hold IRIs under which entities were loaded, people read what sources call them."""

from collections.abc import Iterable, Mapping

from graph_app.components.escape import escape
from graph_app.components.links import Reference
from graph_app.components.texts import text
from graph_app.journal.decisions import Decision
from graph_app.questions.parameters import ParameterError
from graph_app.releases.merging.rewriting import mention_iri
from graph_app.views.reading import reference, references, settings

__all__ = ["mentioned", "names_of", "sentence_of"]


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


def names_of(decisions: Iterable[Decision]) -> Mapping[str, str]:
    """Return what the entities of decisions are called, of all at once.

    :param decisions: the decisions.
    :returns: IRI as decisions have it to a name.
    """
    base = settings().base
    whole = {iri: iri if "://" in iri else base + iri for one in decisions for iri in one.pair}
    named = mentioned(whole.values())
    return {iri: named[full].label for iri, full in whole.items()}


def sentence_of(decision: Decision, names: Mapping[str, str]) -> str:
    """Say in Markdown what a decision says: ``“IOM Prague” is a part of “IOM”``.

    :param decision: the decision.
    :param names: what its entities are called, see :func:`names_of`.
    """
    left, right = escape(names[decision.left]), escape(names[decision.right])
    return text("who.sentence", left=left, verdict=text(f"who.judgement.{decision.judgement}"), right=right)
