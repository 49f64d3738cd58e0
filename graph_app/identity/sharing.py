"""Identifiers that clearly different names share, and which therefore say nothing for sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from graph_app.identity.described import Code
from graph_app.identity.graph import known_names
from graph_app.identity.index import Entity, Index
from graph_app.identity.organisations import nearest
from graph_app.questions.engine import Engine

__all__ = ["SharedIdentifier", "Sharing", "shared_identifiers"]

#: Names that are less alike than this are clearly different.
_DIFFERENT = 0.5
#: What more entities have, each mention under a name of its own, is shared by different ones.
_MOST = 30


@dataclass(frozen=True, slots=True)
class SharedIdentifier:
    """An identifier that entities with clearly different names have.

    :param register: the register, folded, or empty where it is not known.
    :param number: letters and digits of the identifier.
    :param entities: IRI and a name of each entity that has it.
    """

    register: str
    number: str
    entities: tuple[tuple[str, str], ...]


class Sharing:
    """Tells which identifiers of a release are shared; each is looked at once.

    :param index: the entities of one kind.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._shared: dict[str, bool] = {}

    def is_shared(self, code: str) -> bool:
        """Tell whether entities with clearly different names have an identifier.

        :param code: its key.
        """
        if code not in self._shared:
            having = [self._index.all[place] for place in self._index.by_code.get(code, ())]
            self._shared[code] = len(having) > _MOST or any(
                self._differ(one, other) for one, other in combinations(having, 2)
            )
        return self._shared[code]

    def _differ(self, one: Entity, other: Entity) -> bool:
        return nearest(one.described, other.described, self._index)[2].score < _DIFFERENT


def shared_identifiers(engine: Engine, kind: str) -> Sequence[SharedIdentifier]:
    """Return the identifiers that entities with clearly different names share.

    :param engine: the engine on the release.
    :param kind: ``organisation`` or ``project``.
    :returns: in the order of the identifiers.
    :raises QueryError: if the release does not answer.
    """
    index = known_names(engine).index(engine, kind)
    sharing = Sharing(index)
    found = []
    for key, places in index.by_code.items():
        if len(places) > 1 and sharing.is_shared(key):
            having = [index.all[place] for place in places]
            code = _code(key, having[0])
            names = (next(iter(entity.described.texts), "") for entity in having)
            told = tuple(zip((entity.iri for entity in having), names, strict=True))
            found.append(SharedIdentifier(code.register, code.number, told))
    return sorted(found, key=lambda shared: (shared.register, shared.number))


def _code(key: str, entity: Entity) -> Code:
    return min(code for code in entity.described.codes if code.key == key)
