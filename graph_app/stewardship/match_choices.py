"""What a steward said of suggestions for a draft, kept with it as long as it is a draft."""

import json
import logging
import secrets
from collections.abc import Mapping
from enum import StrEnum

from graph_app.journal.disk import sync_folder
from graph_app.stewardship.draft import Draft
from graph_app.stewardship.draft_files import write_new
from graph_app.stewardship.errors import StewardshipError

__all__ = ["Choice", "Pair", "choices_of", "keep_choice"]

logger = logging.getLogger(__name__)

_NAME = "matches.json"
_SEPARATOR = " "

#: What an organisation or project of the entry would be called, and the entity of the graph that it may be: two IRIs.
Pair = tuple[str, str]


class Choice(StrEnum):
    """What somebody says of a suggestion that they do not follow."""

    DIFFERENT = "different"
    UNSURE = "unsure"


def choices_of(draft: Draft) -> Mapping[Pair, Choice]:
    """Return what was said of suggestions for a draft.

    :param draft: the draft.
    """
    try:
        told = json.loads((draft.folder / _NAME).read_text(encoding="utf-8"))
        return {_pair(key): Choice(choice) for key, choice in told.items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, AttributeError) as error:
        # The suggestions are shown again, and nothing of the entry depends on what was said of them.
        logger.warning("What was said of suggestions for the draft %s cannot be read: %s", draft.id, error)
        return {}


def keep_choice(draft: Draft, pair: Pair, choice: Choice | None) -> None:
    """Keep what somebody says of a suggestion.

    :param draft: the draft.
    :param pair: what the suggestion was for, and what it suggested.
    :param choice: what they say; ``None`` takes back what they said.
    :raises StewardshipError: if that cannot be kept.
    """
    told = {_SEPARATOR.join(known): said.value for known, said in choices_of(draft).items() if known != pair}
    if choice is not None:
        told[_SEPARATOR.join(pair)] = choice.value
    fresh = draft.folder / f"{_NAME}.{secrets.token_hex(8)}"
    try:
        write_new(fresh, json.dumps(told, ensure_ascii=False, sort_keys=True).encode())
        fresh.replace(draft.folder / _NAME)
        sync_folder(draft.folder)
    except OSError as error:
        raise StewardshipError("What you said cannot be kept: {strerror}.", strerror=error.strerror) from error


def _pair(key: str) -> Pair:
    one, other = key.split(_SEPARATOR)
    return one, other
