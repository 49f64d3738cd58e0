"""The files of a draft with their edits made, and what stood in their cells before."""

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.journal.inbox import KeptFile
from graph_app.stewardship.draft import Draft
from graph_app.stewardship.edits.edited import Texts, sheets_of, texts_of, with_edits, write_edited
from graph_app.stewardship.edits.model import Edit
from graph_app.stewardship.errors import StewardshipError
from loaders.sources.held import Held, holding

__all__ = ["laid_out", "original_texts", "readable"]

#: Files of several whose names make up the name of their folder, and characters of each.
_NAMED, _LONGEST_PART = 4, 40


def original_texts(draft: Draft, name: str) -> Texts:
    """Return what stands in the cells of a file as it was received.

    :param draft: the draft.
    :param name: name of the file.
    :returns: sheet to row to texts; nothing of a file whose cells cannot be edited.
    """
    file = next(file for file in draft.files if file.name == name)
    return texts_of(draft.original(file), draft.encodings.get(name, ""))


@contextmanager
def laid_out(draft: Draft) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Lay down the files of a draft with their edits made, as they are handed in.

    :param draft: the draft.
    :returns: a context that gives the file, or the folder that several files make up, and each of the files.
    :raises SourceError: if an edited file cannot be read.
    :raises StewardshipError: if a file is no longer as it was received.
    """
    with TemporaryDirectory(prefix="intgraph-draft-") as top:
        paths = _paths(draft, Path(top))
        for file, path in zip(draft.files, paths, strict=True):
            _write(draft, file, path)
        yield _whole(paths), paths


@contextmanager
def readable(draft: Draft) -> Iterator[tuple[Path, tuple[Path, ...]]]:
    """Let readers see the files of a draft with their edits made, without writing workbooks anew for each edit.

    Each file keeps the hash that it was received with, so that what is read differs by the edits alone.

    :param draft: the draft.
    :returns: a context that gives the same paths as :func:`laid_out`; a workbook there may be without its edits.
    :raises SourceError: if an edited file cannot be read.
    :raises StewardshipError: if a file is no longer as it was received.
    """
    with TemporaryDirectory(prefix="intgraph-draft-") as top:
        paths = _paths(draft, Path(top))
        files = {}
        for file, path in zip(draft.files, paths, strict=True):
            sheets = sheets_of(_source(draft, file))
            if sheets:
                shutil.copyfile(_source(draft, file), path)
                files[path] = Held(file.sha256, with_edits(sheets, _edits(draft, file)))
            else:
                _write(draft, file, path)
                files[path] = Held(file.sha256)
        with holding(files):
            yield _whole(paths), paths


def _paths(draft: Draft, top: Path) -> tuple[Path, ...]:
    # Files of one draft make up a folder of one name, by which they are the same submission when tried again.
    folder = top / ("one" if len(draft.files) == 1 else _folder_name(draft))
    folder.mkdir()
    return tuple(folder / file.name for file in draft.files)


def _whole(paths: tuple[Path, ...]) -> Path:
    return paths[0] if len(paths) == 1 else paths[0].parent


def _source(draft: Draft, file: KeptFile) -> Path:
    source = draft.original(file)
    if not source.is_file() or hashlib.sha256(source.read_bytes()).hexdigest() != file.sha256:
        raise StewardshipError("{name} is no longer as it was received. Discard the draft.", name=file.name)
    return source


def _edits(draft: Draft, file: KeptFile) -> list[Edit]:
    return [edit for edit in draft.edits if edit.file == file.name]


def _write(draft: Draft, file: KeptFile, path: Path) -> None:
    encoding = draft.encodings.get(file.name, "")
    write_edited(_source(draft, file), _edits(draft, file), path, encoding=encoding)


def _folder_name(draft: Draft) -> str:
    return " + ".join(Path(file.name).stem[:_LONGEST_PART] for file in draft.files[:_NAMED]) or "entry"
