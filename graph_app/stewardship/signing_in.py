"""Who somebody is that an OpenID Connect provider has vouched for, and for how long that counts."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, actor_of

__all__ = ["SignedOut", "signed_in"]

#: Stands before a subject that looks like an e-mail address, which it could otherwise pass for.
_SUBJECT = "sub:"


def signed_in(claims: Mapping[str, object], settings: Settings) -> Actor | None:
    """Return whom a provider has vouched for.

    An e-mail address counts only where the provider says that it is verified: anybody can claim any other one. A
    sign-in counts for a time from when it was given (``iat``); ``exp`` tells only until when an application may accept
    it, which is a matter of minutes.

    :param claims: the claims of the ID token, whose signature was checked.
    :param settings: where roles are told, and how long a sign-in counts.
    :returns: them with their roles and the end of their sign-in, or ``None`` if the claims name nobody.
    :raises SettingsError: as :func:`graph_app.stewardship.actors.actor_of`.
    """
    subject, given = claims.get("sub"), claims.get("iat")
    if not isinstance(subject, str) or not subject.strip() or not isinstance(given, int | float):
        return None
    known = f"{_SUBJECT}{subject}" if "@" in subject else subject
    email = claims.get("email")
    verified = isinstance(email, str) and "@" in email and claims.get("email_verified") is True
    # In small letters, so that whoever hands in is not somebody else when another spelling of them approves.
    actor = actor_of(str(email).strip().casefold() if verified else known, settings, [known])
    end = datetime.fromtimestamp(given, UTC) + timedelta(seconds=settings.oidc_lifetime)
    return replace(actor, until=end)


class SignedOut:
    """Sign-ins that people have ended: they end in every window, not only in the one in which somebody signed out."""

    def __init__(self) -> None:
        self._ends: dict[tuple[object, ...], datetime | None] = {}
        self._lock = Lock()

    def note(self, claims: Mapping[str, object], actor: Actor) -> None:
        """Note that a sign-in has ended.

        :param claims: its claims.
        :param actor: whom it vouched for; after the end of the sign-in nobody needs the note.
        """
        with self._lock:
            now = datetime.now(UTC)
            self._ends = {key: end for key, end in self._ends.items() if end is None or end > now}
            self._ends[_key(claims)] = actor.until

    def holds(self, claims: Mapping[str, object]) -> bool:
        """Tell whether a sign-in has ended.

        :param claims: its claims.
        """
        return _key(claims) in self._ends


def _key(claims: Mapping[str, object]) -> tuple[object, ...]:
    """Return what tells one sign-in from all others."""
    return tuple(claims.get(name) for name in ("iss", "sub", "iat", "nonce"))
