"""The history of an entity: which events said what of it, by whom, when, and from which file and cell."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph_app.journal.decisions import decisions_in_force
from graph_app.journal.deployment import open_journal
from graph_app.journal.events import Event, EventType
from graph_app.journal.loads import Load, load_of
from graph_app.questions.parameters import Parameter, parse
from graph_app.releases.merging.clusters import group
from graph_app.releases.notes import load_digest
from graph_app.releases.release import Release, releases
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.stated import Stated, Statement, Unknown, stated
from graph_app.stewardship.submission import Submission, submissions
from loaders.errors import SourceError
from loaders.sources.mapped.map_reader import parse_map

__all__ = ["Happened", "Said", "history"]


#: Format of a table that is read through a column map.
_MAPPED = "mapped"


class Happened(StrEnum):
    """What an event did to what is said of an entity."""

    PUBLISHED = "published"  #: its dataset said nothing of it before
    REPLACED = "replaced"  #: its dataset says something else now
    CONFIRMED = "confirmed"  #: its dataset was published again and says the same
    RETIRED = "retired"  #: its dataset was published again and says nothing of it
    REVERTED = "reverted"  #: what its dataset said before came back
    UNKNOWN = "unknown"  #: what it said can no longer be told


@dataclass(frozen=True, slots=True)
class Said:
    """One event of the history of an entity.

    :param event: the event.
    :param happened: what it did.
    :param entity: IRI under which the entity was loaded: of one that several mentions were made, that of the mention.
    :param load: what was published; of an event that undoes, what was undone.
    :param submission: the submission that was published, if it was one.
    :param added: what is said since then.
    :param removed: what is no longer said since then.
    :param unknown: what cannot be told, and why; empty where all can.
    :param taken: names in a table that its steward has decided to mean it.
    """

    event: Event
    happened: Happened
    entity: str
    load: Load
    submission: Submission | None
    added: tuple[Statement, ...] = ()
    removed: tuple[Statement, ...] = ()
    unknown: str = ""
    taken: tuple[str, ...] = ()

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What was edited, before it was handed in, in the rows in which its statements stand."""
        places = [one.place for one in self.added + self.removed if one.place is not None]
        rows = {(place.file, place.sheet or "", place.row) for place in places}
        edits = self.submission.edits if self.submission else ()
        return tuple(edit for edit in edits if (edit.file, edit.sheet, edit.row) in rows)


def history(iri: str, actor: Actor, settings: Settings) -> tuple[Said, ...]:
    """Tell all that the journal knows of an entity and of all mentions that are decided to be one with it.

    :param iri: the entity, in full or in its short form.
    :param actor: who asks.
    :param settings: where journal, inbox and releases are.
    :returns: the events, the oldest first; none for what no dataset ever described, as what comes with the program or
        follows by rule.
    :raises ParameterError: if it is no IRI.
    :raises NotAllowed: if they may not.
    :raises JournalError: if the journal is damaged.
    """
    require(actor, Command.HISTORY, None, settings)
    entity = parse(Parameter("iri", "iri"), iri, base=settings.base).value
    events = open_journal(settings).events()
    short = entity.removeprefix(settings.base)
    members = group(one.decision for one in decisions_in_force(events)).members.get(short, (short,))
    iris = sorted(one if "://" in one else settings.base + one for one in members)
    told = [said for one in iris for said in _History(one, events, settings).read()]
    return tuple(sorted(told, key=lambda said: said.event.seq))


class _History:
    def __init__(self, entity: str, events: Sequence[Event], settings: Settings) -> None:
        self._entity = entity
        self._events = events
        self._settings = settings
        self._kept: tuple[Release, ...] = releases(settings)
        self._submissions = {
            event.hash: submission for submission in submissions(events).values() for event in submission.events
        }
        self._known: dict[str, Stated | Unknown] = {}

    def read(self) -> Iterator[Said]:
        """Follow each dataset from event to event."""
        standing: dict[str, list[Event]] = {}
        published: dict[str, Event] = {}
        for event in self._events:
            if event.type is EventType.PUBLISHED:
                published[event.hash] = event
                about = event
            elif event.type is EventType.REVERTED and event.details["event"] in published:
                about = published[event.details["event"]]
            else:
                continue
            stack = standing.setdefault(load_of(about).dataset.key, [])
            before = stack[-1] if stack else None
            if about is event:
                stack.append(event)
            else:
                stack.remove(about)
            said = self._compare(event, about, before, stack[-1] if stack else None)
            if said is not None:
                yield said

    def _compare(self, event: Event, about: Event, before: Event | None, after: Event | None) -> Said | None:
        if before is after:  # what was undone was not in force
            return None
        load, submission = load_of(about), self._submissions.get(about.hash)
        old, new = self._stated(before), self._stated(after)
        if isinstance(old, Unknown) or isinstance(new, Unknown):
            sides = ((before, old), (after, new))
            reasons = [f"event {of.seq}: {it}" for of, it in sides if of is not None and isinstance(it, Unknown)]
            unknown, taken = "; ".join(reasons), self._taken(load)
            return Said(event, Happened.UNKNOWN, self._entity, load, submission, unknown=unknown, taken=taken)
        if not (old.described or new.described):
            return None
        added = _without(new.statements, old.statements)
        removed = _without(old.statements, new.statements)
        happened = _happened(event, old, new, added + removed)
        return Said(event, happened, self._entity, load, submission, added, removed, taken=self._taken(load))

    def _taken(self, load: Load) -> tuple[str, ...]:
        """Return the names that a column map says to mean the entity."""
        if not load.dataset.map or load.dataset.format != _MAPPED:
            return ()
        try:
            known = parse_map(load.dataset.map).known
        except SourceError:  # written for another version of the program, which read it
            return ()
        return tuple(one.name for one in known if self._settings.base + one.path == self._entity)

    def _stated(self, event: Event | None) -> Stated | Unknown:
        if event is None:
            return Stated()
        load = load_of(event)
        digest = load_digest(load)
        if digest not in self._known:
            try:
                self._known[digest] = stated(load, self._entity, self._kept, self._settings)
            except Unknown as error:
                self._known[digest] = error
        return self._known[digest]


def _happened(event: Event, old: Stated, new: Stated, differs: tuple[Statement, ...]) -> Happened:
    if event.type is EventType.REVERTED:
        return Happened.REVERTED
    if not old.described:
        return Happened.PUBLISHED
    if not new.described:
        return Happened.RETIRED
    return Happened.REPLACED if differs else Happened.CONFIRMED


def _without(
    these: Mapping[tuple[str, str], Statement], those: Mapping[tuple[str, str], Statement]
) -> tuple[Statement, ...]:
    left = [statement for key, statement in these.items() if key not in those]
    return tuple(sorted(left, key=lambda one: (one.fact.property["en"], one.fact.value)))
