"""Drafts: a steward's work in progress, which survives a closed browser, a restarted server and a crash.

A draft is a folder of the deployment with the files byte for byte and a log of what was done to them. What a function
here returns is on disk. A draft is its steward's alone until it is handed in; then the journal and the inbox have all.
"""

import logging
import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict, astuple

from graph_app.journal.disk import make_folder, sync_folder
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.described import Stated
from graph_app.stewardship.draft import LOG, Draft, owner_of, read_draft
from graph_app.stewardship.draft_files import (
    FILES,
    GONE,
    UNFINISHED,
    clear,
    kept,
    kept_name,
    named,
    refuse_large,
    write_new,
)
from graph_app.stewardship.draft_layout import laid_out, original_texts, readable
from graph_app.stewardship.draft_log import DraftLog, line_of
from graph_app.stewardship.edits.model import Edit, refuse_edit
from graph_app.stewardship.errors import Refused, StewardshipError
from graph_app.stewardship.permissions import Command, require
from loaders.letters import column_index
from loaders.normalise.encodings import CANDIDATES

__all__ = [
    "MOST_DRAFTS",
    "Draft",
    "create_draft",
    "describe_draft",
    "discard_draft",
    "drafts_of",
    "edit_draft",
    "laid_out",
    "open_draft",
    "original_texts",
    "read_as",
    "readable",
    "replace_file",
    "undo",
]

logger = logging.getLogger(__name__)

#: Drafts that one person may have at a time.
MOST_DRAFTS = 40
_IDENT = re.compile(r"[0-9a-f]{32}")


def create_draft(
    files: Sequence[tuple[str, bytes]], actor: Actor, settings: Settings, *, origin: str = "upload", follows: str = ""
) -> Draft:
    """Keep files as a new draft.

    :param files: name and bytes of each.
    :param actor: whose draft it is.
    :param settings: where drafts are.
    :param origin: what makes it.
    :param follows: id of the submission that it goes on from, or empty.
    :raises NotAllowed: if they are no steward.
    :raises Refused: if there are no files, too many, too large ones, or the person has too many drafts.
    :raises StewardshipError: if it cannot be kept.
    """
    require(actor, Command.SUBMIT, None, settings)
    if len(drafts_of(actor, settings)) >= MOST_DRAFTS:
        raise Refused("You have {most} drafts already. Hand one in, or discard one.", most=MOST_DRAFTS)
    contents = named(files)
    refuse_large([len(content) for _, content in contents])
    drafts, ident = settings.home / "drafts", secrets.token_hex(16)
    told = [kept(name, content) for name, content in contents]
    entry = {"do": "create", "id": ident, "actor": actor.name, "origin": origin, "files": [asdict(one) for one in told]}
    entry |= {"follows": follows} if follows else {}
    making = drafts / f"{UNFINISHED}{ident}"
    try:
        make_folder(drafts)
        clear(drafts)
        make_folder(making / FILES)
        bytes_of = {kept_name(one): content for (_, content), one in zip(contents, told, strict=True)}
        for name, content in bytes_of.items():
            write_new(making / FILES / name, content)
        write_new(making / LOG, line_of(entry))
        sync_folder(making / FILES)
        sync_folder(making)
        making.rename(drafts / ident)
        sync_folder(drafts)
    except OSError as error:
        shutil.rmtree(making, ignore_errors=True)
        raise _not_kept(error) from error
    return read_draft(drafts / ident)


def open_draft(ident: str, actor: Actor, settings: Settings) -> Draft:
    """Return a draft.

    :param ident: its id.
    :param actor: who opens it.
    :param settings: where drafts are.
    :raises NotAllowed: if they are no steward.
    :raises Refused: if they have no such draft; whether somebody else has is not told.
    :raises StewardshipError: if it cannot be read.
    """
    require(actor, Command.SUBMIT, None, settings)
    folder = settings.home / "drafts" / ident
    if _IDENT.fullmatch(ident) and folder.is_dir():
        draft = read_draft(folder)
        if draft.actor == actor.name:
            return draft
    raise Refused("You have no such draft. It may have been handed in or discarded.")


def drafts_of(actor: Actor, settings: Settings) -> Sequence[Draft]:
    """Return the drafts of somebody, the one that was changed last first.

    :param actor: whose drafts.
    :param settings: where drafts are.
    :raises NotAllowed: if they are no steward.
    """
    require(actor, Command.SUBMIT, None, settings)
    folder = settings.home / "drafts"
    found = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if _IDENT.fullmatch(path.name) and owner_of(path) == actor.name:
            try:
                found.append(read_draft(path))
            except StewardshipError:  # it keeps nobody from the others, and who opens it is told
                logger.exception("The draft %s cannot be read.", path)
    return sorted(found, key=lambda draft: draft.changed, reverse=True)


def discard_draft(draft: Draft) -> None:
    """Throw a draft away, with its files.

    :param draft: the draft; nothing happens where it is gone.
    """
    gone = draft.folder.with_name(f"{GONE}{draft.id}")
    try:
        draft.folder.rename(gone)
        sync_folder(gone.parent)
    except FileNotFoundError:
        return
    except OSError as error:
        raise StewardshipError("The draft cannot be discarded: {strerror}.", strerror=error.strerror) from error
    shutil.rmtree(gone, ignore_errors=True)


def edit_draft(draft: Draft, edits: Sequence[Edit]) -> Draft:
    """Change cells, all together or none.

    :param draft: the draft, as it was opened; changes that were made meanwhile stay.
    :param edits: each cell at most once.
    :returns: the draft with the edits.
    :raises Refused: if a cell cannot hold the text, or holds another than the edit says it did.
    :raises StewardshipError: if the edits cannot be kept.
    """
    for edit in edits:
        refuse_edit(edit)
    if len({edit.cell for edit in edits}) < len(edits):
        raise Refused("One cell cannot be changed twice at once.")
    if not edits:
        return draft
    with DraftLog(draft.folder / LOG).writing() as add:
        left = _not_made(read_draft(draft.folder), edits)
        if left:
            add({"do": "edit", "edits": [astuple(edit) for edit in left]})
    return read_draft(draft.folder)


def undo(draft: Draft) -> Draft:
    """Take back the edits that were made together last; nothing happens where there are none.

    :param draft: the draft.
    :returns: the draft without them.
    :raises StewardshipError: if that cannot be kept.
    """
    with DraftLog(draft.folder / LOG).writing() as add:
        if read_draft(draft.folder).batches:
            add({"do": "undo"})
    return read_draft(draft.folder)


def replace_file(draft: Draft, name: str, content: bytes) -> Draft:
    """Put other bytes in place of a file, or add one; edits of the file before are gone with it.

    :param draft: the draft.
    :param name: name of the file.
    :param content: its bytes.
    :returns: the draft with the file.
    :raises Refused: if there would be too many files or bytes.
    :raises StewardshipError: if the bytes cannot be kept.
    """
    ((name, content),) = named([(name, content)])
    fresh = kept(name, content)
    with DraftLog(draft.folder / LOG).writing() as add:
        now = read_draft(draft.folder)
        if fresh in now.files and not any(edit.file == name for edit in now.edits):
            return now
        refuse_large([fresh.size, *(file.size for file in now.files if file.name != name)])
        try:
            if not now.original(fresh).is_file():
                beside = draft.folder / FILES / f"{UNFINISHED}{secrets.token_hex(8)}"
                write_new(beside, content)
                beside.rename(now.original(fresh))
                sync_folder(draft.folder / FILES)
        except OSError as error:
            raise _not_kept(error) from error
        add({"do": "replace", "file": asdict(fresh)})
        after = read_draft(draft.folder)
        used = {kept_name(file) for file in after.files}
        for path in (draft.folder / FILES).iterdir():
            if path.name not in used:
                path.unlink(missing_ok=True)
    return after


def describe_draft(draft: Draft, stated: Stated) -> Draft:
    """Keep what a steward says about the files.

    :param draft: the draft.
    :param stated: what they say.
    :returns: the draft with it.
    :raises StewardshipError: if that cannot be kept.
    """
    with DraftLog(draft.folder / LOG).writing() as add:
        if read_draft(draft.folder).stated != stated:
            add({"do": "describe", "stated": asdict(stated)})
    return read_draft(draft.folder)


def read_as(draft: Draft, name: str, encoding: str) -> Draft:
    """Keep in which encoding a CSV file is written, where the file does not say it.

    :param draft: the draft.
    :param name: name of the file.
    :param encoding: one of :data:`loaders.normalise.encodings.CANDIDATES`.
    :returns: the draft, whose file is certain now.
    :raises Refused: if the file is not written in it.
    :raises StewardshipError: if that cannot be kept.
    """
    with DraftLog(draft.folder / LOG).writing() as add:
        file = next((file for file in read_draft(draft.folder).files if file.name == name), None)
        if file is None or encoding not in CANDIDATES:
            raise Refused("{name} cannot be read in the encoding {encoding}.", name=name, encoding=encoding)
        try:
            draft.original(file).read_bytes().decode(encoding)
        except UnicodeDecodeError as error:
            wrong = error.object[error.start]
            raise Refused(
                "{name} is not written in {encoding}, which has no letter 0x{wrong:02X}.",
                name=name,
                encoding=encoding,
                wrong=wrong,
            ) from error
        add({"do": "read-as", "file": name, "encoding": encoding})
    return read_draft(draft.folder)


def _not_made(now: Draft, edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that were not made yet, since one may be asked for twice; refuse those that cannot be."""
    left = []
    latest = {edit.cell: edit.new for edit in now.edits}
    names = {file.name for file in now.files}
    for edit in edits:
        if edit.file not in names:
            raise Refused("The draft has no file {file}.", file=edit.file)
        sheets = original_texts(now, edit.file)
        if edit.sheet not in sheets:
            raise Refused("{file} has no sheet {sheet!r} whose cells can be edited.", file=edit.file, sheet=edit.sheet)
        cells, column = sheets[edit.sheet].get(edit.row, ()), column_index(edit.column)
        found = latest.get(edit.cell, cells[column] if column < len(cells) else "")
        if found == edit.new:
            continue
        left.append(edit)
        if found != edit.old:
            raise Refused(
                "{place} holds {now!r} and no longer {before!r}: it was changed meanwhile. Look at the cell again, "
                "then change it.",
                place=edit.place,
                now=found[:80],
                before=edit.old[:80],
            )
    return left


def _not_kept(error: OSError) -> StewardshipError:
    return StewardshipError(
        "The draft cannot be kept: {strerror}. See that the disk has room and may be written to, then try again.",
        strerror=error.strerror,
    )
