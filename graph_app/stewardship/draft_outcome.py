"""What the last check of a draft came to, kept beside it: a list of drafts cannot check each of them."""

import json
import logging
import secrets
from dataclasses import asdict, dataclass

from graph_app.stewardship.draft import Draft

__all__ = ["LastCheck", "keep_last_check", "last_check"]

_NAME = "checked.json"

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LastCheck:
    """What a check came to.

    :param version: version of the draft that was checked.
    :param rows: rows of its sheets that hold anything, without their headers.
    :param faults: how many findings block.
    """

    version: str
    rows: int
    faults: int


def keep_last_check(draft: Draft, outcome: LastCheck) -> None:
    """Keep what a check came to; it can be made again, so that nothing is lost where this cannot be written.

    :param draft: the draft.
    :param outcome: what its check came to.
    """
    fresh = draft.folder / f".{_NAME}-{secrets.token_hex(8)}"
    try:
        fresh.write_text(json.dumps(asdict(outcome)), encoding="utf-8")
        fresh.replace(draft.folder / _NAME)
    except OSError as error:
        logger.warning("What the check of the draft %s came to is not kept: %s", draft.folder, error)
        fresh.unlink(missing_ok=True)


def last_check(draft: Draft) -> LastCheck | None:
    """Return what the last check came to; nothing where the draft was changed since.

    :param draft: the draft.
    """
    try:
        outcome = LastCheck(**json.loads((draft.folder / _NAME).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        logger.warning("What the check of the draft %s came to cannot be read: %s", draft.folder, error)
        return None
    return outcome if outcome.version == draft.version else None
