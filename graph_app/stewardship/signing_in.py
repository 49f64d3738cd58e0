"""Who somebody is that an OpenID Connect provider has vouched for, and for how long that counts."""

import hashlib
import json
import logging
import os
import secrets
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from graph_app.journal.disk import make_folder, sync_folder, write_whole
from graph_app.journal.events import canonical
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, actor_of
from graph_app.stewardship.errors import StewardshipError

__all__ = ["SignedOut", "signed_in"]

#: Stands before a subject that looks like an e-mail address, which it could otherwise pass for.
_SUBJECT = "sub:"
#: For how long a sign-out is remembered where its sign-in does not say when it ends: no sign-in counts longer.
_LONGEST = timedelta(days=30)

logger = logging.getLogger(__name__)


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
    """Sign-ins that people have ended: they end in every window, and stay ended when the server starts anew.

    They are kept beside the journal, not in it, by a hash that names nobody, until they would end by themselves.

    :param path: the file that keeps them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._read_at = 0
        self._ends: dict[str, datetime] = {}

    def note(self, claims: Mapping[str, object], actor: Actor) -> None:
        """Note that a sign-in has ended.

        :param claims: its claims.
        :param actor: whom it vouched for; after the end of the sign-in nobody needs the note.
        :raises StewardshipError: if the note cannot be kept; until the server ends the sign-in has ended all the same.
        """
        now = datetime.now(UTC)
        with self._lock:
            self._refresh()
            self._ends = {key: end for key, end in self._ends.items() if end > now}
            self._ends[_key(claims)] = actor.until or now + _LONGEST
            try:
                self._write()
            except OSError as error:
                raise StewardshipError(
                    "That you have signed out cannot be kept: {strerror}. Whoever runs this deployment has to see "
                    "that the disk has room and may be written to.",
                    strerror=error.strerror,
                ) from error

    def holds(self, claims: Mapping[str, object]) -> bool:
        """Tell whether a sign-in has ended.

        :param claims: its claims.
        """
        with self._lock:
            self._refresh()
            return _key(claims) in self._ends

    def _refresh(self) -> None:
        """Read what this process or another one has kept since."""
        try:
            changed = self._path.stat().st_mtime_ns
            if changed != self._read_at:
                kept = json.loads(self._path.read_text(encoding="utf-8"))
                self._ends |= {key: datetime.fromisoformat(end) for key, end in kept.items()}
                self._read_at = changed
        except FileNotFoundError:
            return
        except (OSError, ValueError, AttributeError, TypeError):
            logger.exception("Who has signed out cannot be read from %s.", self._path)

    def _write(self) -> None:
        make_folder(self._path.parent)
        fresh = self._path.with_name(f".{self._path.name}-{secrets.token_hex(8)}")
        text = json.dumps({key: end.isoformat() for key, end in self._ends.items()})
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            try:
                write_whole(descriptor, text.encode())
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise
        sync_folder(self._path.parent)
        self._read_at = self._path.stat().st_mtime_ns


def _key(claims: Mapping[str, object]) -> str:
    """Return what tells one sign-in from all others, and nobody who it was."""
    told = [str(claims.get(name)) for name in ("iss", "sub", "iat", "nonce")]
    return hashlib.sha256(canonical(told)).hexdigest()
