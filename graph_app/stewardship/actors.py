"""Who acts, and in which roles: told by a file that an operator writes, or else anybody in any role."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graph_app.settings import Settings, SettingsError

__all__ = ["EVERY_ROLE", "Actor", "Role", "actor_of", "as_of_now", "current_actor"]


class Role(StrEnum):
    """What somebody may be; one person may be several."""

    VIEWER = "viewer"
    STEWARD = "steward"
    REVIEWER = "reviewer"
    OPERATOR = "operator"


EVERY_ROLE = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts.

    :param name: the name that stands in the journal: an e-mail address or the subject of an identity provider, or on a
        machine of one's own whatever ``INTGRAPH_ACTOR`` says.
    :param roles: what they are.
    :param also: other names of the same person, such as the subject beside a verified e-mail address.
    :param until: when their sign-in ends, or ``None`` where it does not.
    """

    name: str
    roles: frozenset[Role]
    also: frozenset[str] = frozenset()
    until: datetime | None = None

    @property
    def names(self) -> frozenset[str]:
        """All names by which the journal may know them."""
        return self.also | {self.name}

    @property
    def ended(self) -> bool:
        """Whether their sign-in is over."""
        return self.until is not None and datetime.now(UTC) >= self.until


def current_actor(settings: Settings) -> Actor:
    """Return who acts on this machine.

    :param settings: their name, and where roles are told.
    :raises SettingsError: as :func:`actor_of`.
    """
    return actor_of(settings.actor, settings)


def actor_of(name: str, settings: Settings, also: Iterable[str] = ()) -> Actor:
    """Return somebody with their roles. Whoever the file does not name is a viewer.

    Without a file there is nobody to tell apart: a single steward on a machine of their own, who may do all.

    :param name: the name that stands in the journal.
    :param settings: where roles are told.
    :param also: other names of the same person, such as the subject beside a verified e-mail address.
    :raises SettingsError: if the file cannot be read, or does not map names to roles.
    """
    also = frozenset(also)
    if not settings.roles:
        return Actor(name, EVERY_ROLE, also)
    told = _read(Path(settings.roles).expanduser())
    roles = frozenset(role for known in (name, *also) for role in told.get(_key(known), frozenset()))
    return Actor(name, roles | {Role.VIEWER}, also)


def as_of_now(actor: Actor, settings: Settings) -> Actor:
    """Return somebody with those of their roles that they still have; without any once their sign-in has ended.

    :param actor: who they were when somebody asked last.
    :param settings: where roles are told.
    :raises SettingsError: as :func:`actor_of`.
    """
    if actor.ended:
        return replace(actor, roles=frozenset())
    return replace(actor, roles=actor.roles & actor_of(actor.name, settings, actor.also).roles)


def _key(name: str) -> str:
    """Return what two spellings of one name share: e-mail addresses do not tell capitals apart, subjects do."""
    return name.strip().casefold() if "@" in name else name.strip()


def _read(path: Path) -> Mapping[str, frozenset[Role]]:
    where = f"The file {path} that INTGRAPH_ROLES names"
    try:
        text = path.read_text(encoding="utf-8")
        # The base loader knows no types and refuses a name that stands there twice.
        entries = tomllib.loads(text) if path.suffix == ".toml" else YAML(typ="base").load(text)
    except OSError as error:
        raise SettingsError(f"{where} cannot be read: {error.strerror}.") from error
    except (YAMLError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{where} is not well formed: {error}") from error
    if not isinstance(entries, dict):
        raise SettingsError(f"{where} must map names to roles, such as `jana@example.org: [steward, reviewer]`.")
    roles: dict[str, frozenset[Role]] = {}
    for name, said in entries.items():
        if _key(name) in roles:
            raise SettingsError(f"{where} names {name} twice. Write all roles in one list.")
        roles[_key(name)] = _roles(name, said, where)
    return roles


def _roles(name: str, said: object, where: str) -> frozenset[Role]:
    texts = [said] if isinstance(said, str) else said
    known = ", ".join(Role)
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise SettingsError(f"{where} must give {name} a list of roles out of {known}, not {said!r}.")
    unknown = [text for text in texts if text not in set(Role)]
    if unknown:
        raise SettingsError(f"{where} gives {name} the unknown role {unknown[0]!r}. Known are {known}.")
    return frozenset(map(Role, texts))
