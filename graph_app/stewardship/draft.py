"""A draft as its log tells it."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from graph_app.journal.events import canonical
from graph_app.journal.inbox import KeptFile
from graph_app.stewardship.described import Stated
from graph_app.stewardship.draft_files import FILES, kept_name
from graph_app.stewardship.draft_log import DraftLog, Entry
from graph_app.stewardship.edits.model import Edit, edit_from, net
from graph_app.stewardship.errors import StewardshipError

__all__ = ["LOG", "Draft", "owner_of", "read_draft"]

#: Name of the log in the folder of a draft.
LOG = "log.jsonl"


@dataclass(frozen=True, slots=True)
class Draft:
    """Files that a steward works on, as they are after the last change.

    :param id: what nobody can guess, and the address of its page holds.
    :param actor: whose it is.
    :param origin: what made it: ``upload``, or ``form``.
    :param files: the files as they were received, the latest of each name.
    :param batches: edits since then, those that were made together in one.
    :param encodings: name of a CSV file to the encoding that its steward has confirmed.
    :param stated: what its steward says about the files.
    :param making: text of a column map that its steward is at work on, and that does not read the files yet.
    :param created: when it was made.
    :param changed: when the last change was made.
    :param folder: where it is.
    :param follows: id of the submission that was sent back and that it goes on from, or empty.
    """

    id: str
    actor: str
    origin: str
    files: tuple[KeptFile, ...]
    batches: tuple[tuple[Edit, ...], ...]
    encodings: Mapping[str, str] = field(hash=False)
    stated: Stated
    making: str
    created: datetime
    changed: datetime
    folder: Path = field(repr=False)
    follows: str = ""

    @property
    def name(self) -> str:
        """What people call it: the names of its files."""
        return ", ".join(file.name for file in self.files)

    @property
    def edits(self) -> tuple[Edit, ...]:
        """What all edits come to, by cell."""
        return net(edit for batch in self.batches for edit in batch)

    @property
    def version(self) -> str:
        """What changes with every change of files, edits or description."""
        files, edits = [asdict(file) for file in self.files], [asdict(edit) for edit in self.edits]
        return hashlib.sha256(canonical([files, edits, dict(self.encodings), asdict(self.stated)])).hexdigest()

    def original(self, file: KeptFile) -> Path:
        """Return where the bytes of a file are.

        :param file: one of its files.
        """
        return self.folder / FILES / kept_name(file)


def read_draft(folder: Path) -> Draft:
    """Read a draft.

    :param folder: where it is.
    :raises StewardshipError: if it cannot be read.
    """
    entries = DraftLog(folder / LOG).read()
    try:
        return _folded(entries, folder)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise StewardshipError(
            "The draft {folder} is written in a way that this version of the program does not know ({error}).",
            folder=folder,
            error=error,
        ) from error


def _folded(entries: Sequence[Entry], folder: Path) -> Draft:
    first = entries[0]
    files = {file["name"]: KeptFile(**file) for file in first["files"]}
    batches: list[tuple[Edit, ...]] = []
    encodings: dict[str, str] = {}
    stated, making = Stated(), ""
    for entry in entries[1:]:
        match entry["do"]:
            case "edit":
                batches.append(tuple(map(edit_from, entry["edits"])))
            case "undo":
                batches.pop()
            case "replace":
                fresh = KeptFile(**entry["file"])
                files[fresh.name] = fresh
                left = (tuple(edit for edit in batch if edit.file != fresh.name) for batch in batches)
                batches = [batch for batch in left if batch]
                encodings.pop(fresh.name, None)
                making = ""
            case "read-as":
                encodings[entry["file"]] = entry["encoding"]
            case "describe":
                stated, making = Stated(**entry["stated"]), ""
            case "map":
                making = entry["map"]
            case other:
                raise ValueError(other)
    created, changed = (datetime.fromisoformat(entry["time"]) for entry in (first, entries[-1]))
    return Draft(
        id=first["id"],
        actor=first["actor"],
        origin=first["origin"],
        files=tuple(files.values()),
        batches=tuple(batches),
        encodings=MappingProxyType(encodings),
        stated=stated,
        making=making,
        created=created,
        changed=changed,
        folder=folder,
        follows=first.get("follows", ""),
    )


def owner_of(folder: Path) -> str:
    """Return whose a draft is, without reading all of it; nobody's if it cannot be told.

    :param folder: where it is.
    """
    try:
        with (folder / LOG).open("rb") as log:
            return str(json.loads(log.readline())["actor"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
