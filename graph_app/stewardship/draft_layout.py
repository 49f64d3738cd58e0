"""The files of a draft with their edits made, and what stood in their cells before."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from graph_app.stewardship.draft import Draft
from graph_app.stewardship.edits.edited import Texts, texts_of, write_edited
from graph_app.stewardship.errors import StewardshipError

__all__ = ["laid_out", "original_texts"]

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
    """Lay down the files of a draft with their edits made, as readers expect them.

    :param draft: the draft.
    :returns: a context that gives the file, or the folder that several files make up, and each of the files.
    :raises SourceError: if an edited file cannot be read.
    :raises StewardshipError: if a file is no longer as it was received.
    """
    with TemporaryDirectory(prefix="intgraph-draft-") as top:
        # Files of one draft make up a folder of one name, by which they are the same submission when tried again.
        folder = Path(top) / ("one" if len(draft.files) == 1 else _folder_name(draft))
        folder.mkdir()
        paths = []
        for file in draft.files:
            source = draft.original(file)
            if not source.is_file() or hashlib.sha256(source.read_bytes()).hexdigest() != file.sha256:
                raise StewardshipError(f"{file.name} is no longer as it was received. Discard the draft.")
            paths.append(folder / file.name)
            edits = [edit for edit in draft.edits if edit.file == file.name]
            write_edited(source, edits, paths[-1], encoding=draft.encodings.get(file.name, ""))
        yield (paths[0] if len(paths) == 1 else folder), tuple(paths)


def _folder_name(draft: Draft) -> str:
    return " + ".join(Path(file.name).stem[:_LONGEST_PART] for file in draft.files[:_NAMED]) or "entry"
