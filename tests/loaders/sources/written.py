"""Files of invented bytes, as readers take them in hand."""

import atexit
from pathlib import Path
from tempfile import TemporaryDirectory

from loaders.sources.files import LARGEST_PUBLISHED, SourceFile, read_file

__all__ = ["written"]

# No fixture: those of a function cannot serve tests that Hypothesis calls many times.
_FOLDER = TemporaryDirectory()
atexit.register(_FOLDER.cleanup)


def written(name: str, content: bytes) -> SourceFile:
    """Write a file, over the one of the same name that an earlier call wrote.

    :param name: its name.
    :param content: its bytes, at least one.
    """
    path = Path(_FOLDER.name, name)
    path.write_bytes(content)
    return read_file(path, LARGEST_PUBLISHED)
