"""Queries that people keep under a short name, one JSON file each; whoever knows the name can open them."""

import json
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["MOST_CHARACTERS", "SavedError", "SavedQuery", "keep", "read_all", "read_saved", "slug_of"]

MOST_CHARACTERS = 20_000
_MOST_TITLE = 200
_FOLDER = "queries"
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG = 80


class SavedError(ValueError):
    """A query cannot be kept or opened; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class SavedQuery:
    """One kept query.

    :param slug: its name in addresses.
    :param title: what it asks.
    :param text: the SPARQL text.
    :param view: how its answer is drawn, as query parameters of the page.
    :param author: who kept it.
    :param when: when, in ISO 8601.
    """

    slug: str
    title: str
    text: str
    view: Mapping[str, str] = field(default_factory=dict)
    author: str = ""
    when: str = ""


def slug_of(title: str) -> str:
    """Make a name for addresses of a title.

    :param title: any text.
    :returns: letters, digits and hyphens; empty where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", title.casefold()).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:_LONGEST_SLUG].strip("-")


def keep(home: Path, title: str, text: str, view: Mapping[str, str], author: str) -> SavedQuery:
    """Keep a query. Its author may keep another under the same title, which takes its place.

    :param home: folder of the deployment.
    :param title: what it asks.
    :param text: the SPARQL text.
    :param view: how its answer is drawn.
    :param author: who keeps it.
    :returns: what was kept.
    :raises SavedError: if there is no title or text, either is too long, or the name is taken by somebody else.
    """
    title, slug = " ".join(title.split()), slug_of(title)
    if not slug or len(title) > _MOST_TITLE:
        raise SavedError(f"A saved query needs a title with a letter or digit, of at most {_MOST_TITLE} characters.")
    if not text.strip() or len(text) > MOST_CHARACTERS:
        raise SavedError(f"A saved query has 1 to {MOST_CHARACTERS:,} characters, and this one has {len(text):,}.")
    made = SavedQuery(slug, title, text, dict(view), author, datetime.now(UTC).isoformat(timespec="seconds"))
    path = _path(home, slug)
    path.parent.mkdir(parents=True, exist_ok=True)
    data = (json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n").encode()
    fresh = path.with_name(f".{slug}.{secrets.token_hex(4)}")
    try:
        fresh.write_bytes(data)
        try:
            os.link(fresh, path)  # fails where the name is taken, however many try at once
        except FileExistsError:
            before = read_saved(home, slug)
            if before.author != author:
                sentence = f"{before.author} has a query of the name {slug} already. Choose another title."
                raise SavedError(sentence) from None
            fresh.replace(path)
    except OSError as error:
        raise SavedError(f"The query could not be kept: {error.strerror}.") from error
    finally:
        fresh.unlink(missing_ok=True)
    return made


def read_saved(home: Path, slug: str) -> SavedQuery:
    """Open a kept query.

    :param home: folder of the deployment.
    :param slug: its name.
    :raises SavedError: if there is none of that name, or its file cannot be read.
    """
    if not _SLUG.fullmatch(slug) or len(slug) > _LONGEST_SLUG:
        raise SavedError("There is no saved query of that name.")
    try:
        told = json.loads(_path(home, slug).read_text(encoding="utf-8"))
        return _query(told, slug)
    except FileNotFoundError:
        raise SavedError(f"There is no saved query of the name {slug}.") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise SavedError(f"The saved query {slug} cannot be read: {error}") from error


def read_all(home: Path) -> tuple[tuple[SavedQuery, ...], tuple[str, ...]]:
    """Open all kept queries.

    :param home: folder of the deployment.
    :returns: the queries by title, and a sentence for each file that cannot be read.
    """
    found: list[SavedQuery] = []
    faults: list[str] = []
    for path in sorted((home / _FOLDER).glob("*.json")):
        try:
            found.append(read_saved(home, path.stem))
        except SavedError as error:
            faults.append(str(error))
    return tuple(sorted(found, key=lambda one: one.title.casefold())), tuple(faults)


def _path(home: Path, slug: str) -> Path:
    return home / _FOLDER / f"{slug}.json"


def _query(told: Mapping[str, Any], slug: str) -> SavedQuery:
    texts = {name: told[name] for name in ("title", "text", "author", "when")}
    view = told["view"]
    if not all(isinstance(value, str) for value in (*texts.values(), *view, *view.values())):
        raise TypeError("its parts are texts")
    return SavedQuery(slug=slug, view=view, **texts)
