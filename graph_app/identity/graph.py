"""What the graph knows by name: looks up what an organisation or project of an entry may be in the current release."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph_app.identity.described import Described
from graph_app.identity.entities import CLASSES, read_entities
from graph_app.identity.index import Entity, Index
from graph_app.identity.likeness import Relation
from graph_app.identity.names import Name, read_name
from graph_app.identity.organisations import judge_organisation
from graph_app.identity.projects import judge_project
from graph_app.identity.suggestions import SHOWN, Suggestion
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table

__all__ = ["MOST", "KnownNames", "Neighbours", "judge", "known_names"]

#: Suggestions that are shown for one organisation or project.
MOST = 3
#: Those next in line are looked at with their partners and projects too.
_LOOKED_AT = 8
#: What scores less by itself is not lifted over what is shown by any partner.
_MAY_BE = SHOWN - 0.1
#: Releases whose names are kept.
_KEPT = 2


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What an organisation or project of an entry stands together with: partners, projects, donors.

    :param names: their names as written.
    :param iris: those that the graph has already.
    """

    names: frozenset[str] = frozenset()
    iris: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.names or self.iris)


_NOBODY = Neighbours()


class KnownNames:
    """The organisations and projects of one release by name; each kind is read when it is first asked for."""

    def __init__(self) -> None:
        self._indexes: dict[str, Index] = {}
        self._lock = threading.Lock()

    def index(self, engine: Engine, kind: str) -> Index:
        """Return the names of a kind.

        :param engine: the engine on the release.
        :param kind: ``organisation`` or ``project``.
        :raises QueryError: if the release does not answer.
        """
        with self._lock:
            if kind not in self._indexes:
                self._indexes[kind] = Index(read_entities(engine, kind))
            return self._indexes[kind]

    def suggest(
        self, engine: Engine, wanted: Described, neighbours: Neighbours = _NOBODY, *, most: int = MOST
    ) -> tuple[Suggestion, ...]:
        """Return what an organisation or project may be, the likeliest first.

        :param engine: the engine on the release.
        :param wanted: what is known of it.
        :param neighbours: what it stands together with.
        :param most: how many suggestions to give.
        :returns: suggestions; those of the same thing before those of its parts and successors.
        :raises QueryError: if the release does not answer.
        """
        index = self.index(engine, wanted.kind)
        wholes = index.wholes(wanted)
        found = [
            (entity, suggestion)
            for entity in index.near(wanted)
            if entity.iri not in wholes
            and (suggestion := judge(wanted, entity, index)) is not None
            and suggestion.score >= _MAY_BE
        ]
        found.sort(key=lambda pair: _order(pair[1]))
        if neighbours and found:
            shared = self._together(engine, [entity for entity, _ in found[:_LOOKED_AT]], neighbours)
            looked_at = ((entity, judge(wanted, entity, index, shared[entity.iri])) for entity, _ in found[:_LOOKED_AT])
            found = [(entity, again) for entity, again in looked_at if again is not None]
        shown = sorted((suggestion for _, suggestion in found if suggestion.score >= SHOWN), key=_order)
        return tuple(shown[:most])

    def _together(
        self, engine: Engine, entities: Sequence[Entity], neighbours: Neighbours
    ) -> Mapping[str, Sequence[str] | None]:
        """Return for each entity which neighbours it has too, by name; ``None`` where the graph names none."""
        answer = engine.answer(view("works-with"), {"iri": [entity.iri for entity in entities]})
        near: dict[str, list[str]] = {}
        for row in answer if isinstance(answer, Table) else ():
            near.setdefault(row["entity"].value, []).append(row["near"].value)
        wanted = {_told(read_name(text)) for text in neighbours.names}
        return {
            entity.iri: self._shared(engine, near[entity.iri], wanted, neighbours.iris) if entity.iri in near else None
            for entity in entities
        }

    def _shared(
        self, engine: Engine, near: Iterable[str], wanted: set[tuple[object, ...]], iris: frozenset[str]
    ) -> list[str]:
        known = [entity for iri in near for kind in CLASSES if (entity := self.index(engine, kind).entities.get(iri))]
        shared = []
        for entity in known:
            names = entity.described.names
            same = [name.text for name in names if entity.iri in iris or _told(name) in wanted]
            shared += same[:1]
        return shared


@dataclass(slots=True)
class _Kept:
    names: OrderedDict[tuple[str, str], KnownNames] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)


_kept = _Kept()


def known_names(engine: Engine) -> KnownNames:
    """Return the names of a release, which are read once a process and release.

    :param engine: the engine on the release.
    """
    key = str(engine.release.path), engine.release.version
    with _kept.lock:
        names = _kept.names.setdefault(key, KnownNames())
        _kept.names.move_to_end(key)
        while len(_kept.names) > _KEPT:
            _kept.names.popitem(last=False)
        return names


def judge(wanted: Described, entity: Entity, index: Index, together: Sequence[str] | None = None) -> Suggestion | None:
    """Compare an organisation or project with one of the graph.

    :param wanted: what is known of it.
    :param entity: the one of the graph.
    :param index: knows which words are rare.
    :param together: names of what both stand together with; ``None`` where that is not known.
    :returns: what they are to each other, or nothing where they are two.
    """
    if wanted.kind == "project":
        return judge_project(wanted, entity, index, together)
    return judge_organisation(wanted, entity, index, together or ())


def _order(suggestion: Suggestion) -> tuple[bool, float, str]:
    return suggestion.relation is not Relation.SAME, -suggestion.score, suggestion.iri


def _told(name: Name) -> tuple[object, ...]:
    """Return what two names share that are the same but for spelling."""
    return name.whole, name.towns, name.countries, name.numbers
