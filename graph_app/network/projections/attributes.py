"""What is shown of the nodes of a network: their names in the reader's language, their types and seats."""

from collections.abc import Mapping, Sequence

from graph_app.network.asking import Ask
from loaders.vocabulary import IG

__all__ = ["attributes", "fallback", "names"]

#: Fewer things are asked for by name; of more it is quicker to ask for all of their class.
_FEW = 1_000
_ENGLISH = "en"


def attributes(nodes: Sequence[str], classes: Sequence[str], ask: Ask, language: str) -> dict[str, list[str]]:
    """Read what is shown of nodes.

    :param nodes: their IRIs.
    :param classes: IRIs of the classes that they are of.
    :param ask: reads the graph.
    :param language: language of the reader.
    :returns: attribute to a value for each node, empty where the graph has none.
    """
    labels: dict[str, str] = {}
    kinds: dict[str, str] = {}
    for of_class in classes:
        found = names(nodes, ask, language, of_class)
        labels |= found
        kinds |= dict.fromkeys(found, of_class.rpartition("#")[2])
    told = {
        "label": [labels.get(iri) or fallback(iri) for iri in nodes],
        "class": [kinds.get(iri, "") for iri in nodes],
    }
    return told | (_of_organisations(nodes, ask, language) if str(IG.Organisation) in classes else {})


def _of_organisations(nodes: Sequence[str], ask: Ask, language: str) -> dict[str, list[str]]:
    few = {"organisation": list(nodes)} if len(nodes) <= _FEW else {}
    answer = ask("actors", few)
    organisations = answer.column("organisation")
    stated = {name: dict(zip(organisations, answer.column(name), strict=True)) for name in ("organisationType", "seat")}
    labels = names(sorted({iri for values in stated.values() for iri in values.values() if iri}), ask, language)
    types, seats = ([stated[name].get(iri, "") for iri in nodes] for name in stated)
    return {
        "type": [labels.get(iri) or fallback(iri) for iri in types],
        "seat": [labels.get(iri) or fallback(iri) for iri in seats],
        "country": [iri.rpartition("/")[2] for iri in seats],
    }


def names(nodes: Sequence[str], ask: Ask, language: str, of_class: str = "") -> Mapping[str, str]:
    """Read the name of each thing in the language, else in English, else in any; the first of several.

    :param nodes: their IRIs.
    :param ask: reads the graph.
    :param language: language of the reader.
    :param of_class: IRI of the class that they are of, or empty.
    :returns: IRI to name, for those that have one.
    """
    if not nodes:
        return {}
    values = {"iri": list(nodes)} if len(nodes) <= _FEW else {}
    answer = ask("names", values | ({"class": [of_class]} if of_class else {}))
    order = {_ENGLISH: 1, language: 0}
    ranks = [(order.get(tag, 2), text) for tag, text in zip(answer.languages, answer.texts, strict=True)]
    best: dict[int, tuple[int, str]] = {}
    for subject, name in zip(answer.columns["iri"].tolist(), answer.columns["name"].tolist(), strict=True):
        if subject not in best or ranks[name] < best[subject]:
            best[subject] = ranks[name]
    return {answer.texts[subject]: text for subject, (_, text) in best.items()}


def fallback(iri: str) -> str:
    """Return what stands for a thing that has no name.

    :param iri: its IRI.
    """
    return iri.rstrip("/").rpartition("/")[2] or iri
