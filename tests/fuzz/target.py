"""Read mutated forms of one base until the time is over, under the eyes of atheris: ``python -m … BASE FOLDER FLAGS``.

Every failure is told once, as a line on the standard output, and its input is kept in the folder.
"""

import hashlib
import io
import random
import re
import sys
import tempfile
import traceback
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris
import pyoxigraph

with atheris.instrument_imports(include=["loaders"]):
    from loaders.errors import SourceFault
    from loaders.findings import LANGUAGES, Finding
    from loaders.load import load_lines
    from loaders.sources import detect

from tests.acceptance.hostile.bases import BASES, Base
from tests.acceptance.hostile.changes import NAUGHTY

#: Bytes of the largest input that is tried.
LARGEST = 200_000
ROOT = Path(__file__).resolve().parents[2]
_WORD = re.compile(rb"[\w.:/-]+|[^\w\s]|\s+")
#: What breaks programs: a number larger than any float, and escapes of JSON, YAML, N-Triples and XML for no character.
_HARD = ("9" * 400, r"\u0000", r"\ud800", r"\UFFFFFFFF", "&#xD800;", "&#0;")
_NAUGHTY = [text.encode() for text in (*NAUGHTY.values(), *_HARD) if len(text) < 1_000]


class Wrapped:
    """A base, of which one text is changed: its first file, or the first sheet or table inside an archive."""

    def __init__(self, base: Base) -> None:
        self._base = base
        (self._name, content), *_ = base.files.items()
        self._part = ""
        self._parts: dict[str, bytes] = {}
        if self._name.endswith((".xlsx", ".zip")):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._parts = {name: archive.read(name) for name in archive.namelist()}
            self._part = next(name for name in self._parts if "sheet1" in name or name.endswith(".csv"))
        self.text = self._parts[self._part] if self._part else content

    def write(self, text: bytes, folder: Path) -> Path:
        """Write the base with another text, and return what a reader is given."""
        content = text
        if self._part:
            stream = io.BytesIO()
            with zipfile.ZipFile(stream, "w") as archive:
                for name, part in (self._parts | {self._part: text}).items():
                    archive.writestr(name, part)
            content = stream.getvalue()
        return self._base.write(folder, {self._name: content})


def read(path: Path, base: Base) -> None:
    """Detect and read a file as a command would, put every finding into words, and parse all that was written."""
    lines: list[str] = []
    try:
        with suppress(SourceFault):  # whoever says which format it is may be told more
            detect(path)
        for item in load_lines(path, base.dataset):
            if isinstance(item, Finding):
                _told(item)
            else:
                lines.append(item)
    except SourceFault as fault:
        _told(fault.finding)
    for _ in pyoxigraph.parse("".join(lines).encode(), format=pyoxigraph.RdfFormat.N_QUADS):
        pass


def _told(found: Finding) -> None:
    for language in LANGUAGES:
        found.text(language)
        if found.location is None or not found.location.text(language):
            raise AssertionError(f"{found.rule} has no place")


def mutator(text: bytes) -> Callable[[bytes, int, int], bytes]:
    """Return a change of inputs that keeps words whole half of the time: they are exchanged, and lines moved.

    :param text: the text of the base, whose words are used.
    """
    words = sorted({word for word in _WORD.findall(text) if not word.isspace()}) + _NAUGHTY

    def mutated(content: bytes, largest: int, seed: int) -> bytes:
        chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
        way = chance.randrange(4)
        if way == 0 or not content:
            return atheris.Mutate(content, largest)
        if way == 1:  # most readers refuse what is no UTF-8 before they look further
            return atheris.Mutate(content, largest).decode(errors="ignore").encode()
        pieces = content.splitlines(keepends=True) if way == 2 else _WORD.findall(content)
        if not pieces:
            return atheris.Mutate(content, largest)
        for _ in range(chance.randrange(1, 4)):
            place = chance.randrange(len(pieces))
            other = chance.choice(words) if way == 3 else chance.choice(pieces)
            # Exchanged, taken out, or put in; a list that has become empty is filled again.
            pieces[place : place + chance.randrange(2)] = [other] * chance.choice((0, 1, 1, 1, 2))
            pieces = pieces or [other]
        return b"".join(pieces)[:largest]

    return mutated


def main(name: str, folder: Path, flags: list[str]) -> None:
    """Fuzz one base.

    :param name: name of the base.
    :param folder: where the corpus is and failures are kept.
    :param flags: of libFuzzer.
    """
    base = BASES[name]
    wrapped = Wrapped(base)
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    work = Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None, prefix="fuzz-"))
    known: set[str] = set()
    corpus = folder / "corpus"
    corpus.mkdir(parents=True, exist_ok=True)
    (corpus / "base").write_bytes(wrapped.text)

    def once(text: bytes) -> None:
        if len(text) > LARGEST:
            return
        try:
            read(wrapped.write(text, work), base)
        except Exception as error:  # noqa: BLE001 - what must not happen, and is told
            frames = traceback.extract_tb(error.__traceback__)
            ours = [frame for frame in frames if Path(frame.filename).is_relative_to(ROOT / "loaders")]
            place = f"{Path(ours[-1].filename).relative_to(ROOT)}:{ours[-1].lineno}" if ours else "no place of ours"
            failure = f"{type(error).__name__} at {place}"
            if failure not in known:
                known.add(failure)
                kept = folder / f"failure-{hashlib.sha256(text).hexdigest()[:12]}"
                kept.write_bytes(text)
                sys.stdout.write(f"FAILURE {failure}: {str(error)[:200]!r} ({kept})\n")
                sys.stdout.flush()

    read(wrapped.write(wrapped.text, work), base)  # what is read once a process, such as names of countries, takes long
    # The folder in memory is left to the caller, as libFuzzer ends the process without a word.
    sys.stdout.write(f"WORK {work}\n")
    sys.stdout.flush()
    atheris.Setup([name, *flags, str(corpus)], once, custom_mutator=mutator(wrapped.text))
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
