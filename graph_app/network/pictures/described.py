"""A picture of a network as it comes: in the colours of types, with filters, coverage and release below it."""

from collections.abc import Mapping
from datetime import date

import numpy as np

from graph_app.network.colouring import by_group, radii
from graph_app.network.network import Floats, Network
from graph_app.network.pictures.picture import Picture
from graph_app.network.projections import PROJECTIONS

__all__ = ["caption_of", "described"]

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "type": "Type",
        "class": "Kind",
        "others": "Others",
        "not_stated": "Not stated",
        "narrowed": "Filters: {}.",
        "release": "Integration Graph, release {release}, {day}. Larger dots are tied to more others.",
        "strongest": "Of {ties} ties, the {shown} strongest are drawn.",
    },
    "cs": {
        "type": "Typ",
        "class": "Druh",
        "others": "Ostatní",
        "not_stated": "Neuvedeno",
        "narrowed": "Filtry: {}.",
        "release": "Integration Graph, vydání {release}, {day}. Větší body mají více vazeb.",
        "strongest": "Z {ties} vazeb je nakresleno {shown} nejsilnějších.",
    },
}


def described(network: Network, positions: Floats, day: date, *, language: str = "en") -> Picture:
    """Describe a network on a picture.

    :param network: the network.
    :param positions: x and y of every node.
    :param day: when the picture is made.
    :param language: language of its words.
    """
    words = _WORDS[language]
    # Where nodes have no types, as countries and target groups have none, their classes differ at most.
    by = "type" if any(network.attributes.get("type", ())) else "class"
    groups = network.attributes.get(by) or [""] * len(network)
    ends = np.concatenate([network.source, network.target])
    return Picture(
        network=network,
        positions=positions,
        colour=by_group(words[by], groups, others=words["others"], not_stated=words["not_stated"]),
        size=radii(np.bincount(ends, minlength=len(network))),
        title=PROJECTIONS[network.projection].title[language],
        caption=caption_of(network, day, language=language),
        strongest=words["strongest"],
    )


def caption_of(network: Network, day: date, *, language: str = "en") -> tuple[str, ...]:
    """Say what a network was narrowed to, what stands behind it, and of which release it is.

    :param network: the network.
    :param day: when the picture is made.
    :param language: language of the reader.
    """
    words = _WORDS[language]
    told = "; ".join(f"{name} {', '.join(texts)}" for name, texts in network.filters.to_query().items())
    narrowed = (words["narrowed"].format(told),) if told else ()
    release = words["release"].format(release=network.release, day=day.isoformat())
    return (*narrowed, network.coverage.text(language), release)
