"""Whether the journal still holds what releases were made from: of last lines taken away it cannot know itself."""

from collections.abc import Iterable, Iterator

from graph_app.journal.events import Event, Head
from graph_app.releases.release import Release

__all__ = ["breaks"]


def breaks(events: Iterable[Event], releases: Iterable[Release]) -> Iterator[str]:
    """Compare the journal with where releases say that it ended.

    :param events: the events of the journal; numbers may be missing where lines are damaged.
    :param releases: the releases that were made from it.
    :returns: a sentence for each release that knows another journal.
    """
    hashes = {event.seq: event.hash for event in events}
    last = max(hashes, default=0)
    for release in releases:
        head: Head = release.journal
        known = f"Release {release.version} was made from"
        if head.seq > last:
            yield (
                f"The journal is shorter than it was: {known} {head.seq} events, and there are {last}. "
                "Put the journal back from a backup."
            )
        elif head.seq and hashes.get(head.seq, head.hash) != head.hash:
            yield f"{known} another event {head.seq} than the journal has now. Put the journal back from a backup."
