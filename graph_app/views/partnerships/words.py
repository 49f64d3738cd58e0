"""What a network shows, in words: its filters, what stands behind it, its release and the day."""

from datetime import UTC, date, datetime

from graph_app.components.texts import in_language, language, text
from graph_app.network.filters import KINDS, Filters
from graph_app.network.network import Network
from graph_app.network.projections import PROJECTIONS
from graph_app.views.reading import references

__all__ = ["caption_of", "title_of", "today"]


def title_of(network: Network) -> str:
    """Return what a network is of."""
    return in_language(PROJECTIONS[network.projection].title)


def caption_of(network: Network) -> list[str]:
    """Return the lines that stand under a picture of a network."""
    told = _filters(network.filters)
    made = text("share.made", release=network.release, day=today().isoformat())
    return [
        *([f"{text('share.filters')}: {'; '.join(told)}."] if told else []),
        network.coverage.text(language()),
        made,
    ]


def today() -> date:
    """Return the day."""
    return datetime.now(UTC).date()


def _filters(filters: Filters) -> list[str]:
    usual = Filters()
    chosen = {kind: getattr(filters, kind) for kind in KINDS if getattr(filters, kind) != getattr(usual, kind)}
    named = references({iri for iris in chosen.values() for iri in iris})
    told = [
        f"{text(f'filter.{kind}')}: {', '.join(named[iri].label for iri in iris) or text('any')}"
        for kind, iris in chosen.items()
    ]
    if filters.country:
        told.append(f"{text('filter.place')}: {text(f'filter.{filters.place}')}")
    told += [
        f"{text(f'filter.{name}')}: {value}"
        for name, value in (("as-of", filters.as_of), ("start", filters.start), ("end", filters.end))
        if value
    ]
    if filters.minimum:
        told.append(f"{text('filter.minimum')}: {filters.minimum:g} ({text(f'weight.{filters.weight}')})")
    return told
