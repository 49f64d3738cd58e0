"""Bytes to text: by byte order mark, as UTF-8, or by a guess that says it is one."""

import codecs
import math
from collections import Counter
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import BinaryIO

from loaders.normalise.names import suspicions

__all__ = ["CANDIDATES", "EncodingGuess", "decode", "guess_encoding"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

#: What a file may be written in that is not UTF, in the order of preference where a text fits two equally well.
CANDIDATES = ("cp1250", "iso8859-2", "cp1252", "cp1253")

#: Letters beyond ASCII of the languages of these code pages, with their rough frequency in 1,000 letters of prose.
_PROFILES = {
    "cs": "í33 á22 ě16 é13 ř12 č10 ž10 ý10 š8 ů7 ú2 ó1 ť1 ň1 ď1",
    "sk": "á19 í10 é9 ý10 č10 ž9 š9 ú8 ť7 ľ4 ô2 ň2 ó1 ď1 ä1",
    "pl": "ł18 ę11 ą10 ż8 ó8 ś7 ć4 ń2 ź1",
    "hu": "á36 é34 ö10 ó10 ő9 ü6 í6 ú3 ű2",
    "ro": "ă24 î12 ş9 ţ9 â4",
    "de": "ü10 ä6 ö3 ß3",
    "fr": "é19 à5 è3 ê2 ç1 î1 ô1 û1 â1 ù1",
    "es": "ó8 á5 í7 é4 ñ3 ú2 ü1",
    "pt": "ã7 ç5 é3 á1 í1 ê1 ó1 õ1 à1",
    "sv": "ä18 ö13 å13",
    "da": "å12 ø9 æ9",
    "it": "à6 è3 ù2 ò1 ì1 é1",
    "el": "α95 ο75 ι70 ε65 τ75 σ45 ν60 η45 υ40 ρ42 π40 κ40 μ33 λ27 ω17 δ17 γ18 χ12 θ13 φ8 β7 ξ5 ζ4 ψ2 "
    "ς40 ά20 έ18 ή16 ί28 ό22 ύ12 ώ8",
}
_READ_AS = {
    "cp1250": ("cs", "sk", "pl", "hu", "ro", "de"),
    "iso8859-2": ("cs", "sk", "pl", "hu", "ro", "de"),
    "cp1252": ("fr", "es", "pt", "sv", "da", "it", "de"),
    "cp1253": ("el",),
}
_SIGNS = frozenset("„“”‚‘’–—…€§°•»« ")
#: Bytes of lines that are judged.
_JUDGED = 100_000
#: Bytes that are read at a time.
_PIECE = 1_000_000
_LONGEST_MARK = max(len(mark) for mark, _ in _MARKS)
_SIGN, _CAPITAL, _OTHER, _CONTROL = 0.02, 0.2, 1e-4, 1e-8


@dataclass(frozen=True, slots=True)
class EncodingGuess:
    """How bytes were read.

    :param name: Python's name of the encoding.
    :param certain: whether the bytes prove it; a guess must be confirmed by a person.
    """

    name: str
    certain: bool


def decode(content: bytes) -> tuple[str, EncodingGuess]:
    """Decode a text file.

    :param content: the bytes of the file.
    :returns: the text without byte order mark, and how it was read.
    """
    guess = guess_encoding(BytesIO(content))
    return content.decode(guess.name, errors="strict" if guess.certain else "replace"), guess


def guess_encoding(stream: BinaryIO) -> EncodingGuess:
    """Find out the encoding of a text file, reading it to its end in pieces.

    A byte order mark decides, then UTF-8 if every byte fits. Otherwise the code pages of Central Europe, Western Europe
    and Greece are compared by how well the letters that come out fit a language; the best is a guess and says so.

    :param stream: the file, at its beginning.
    :returns: in which encoding to read it; what is called certain fits every byte.
    """
    start = stream.read(_LONGEST_MARK)
    for name in [*(name for mark, name in _MARKS if start.startswith(mark)), "utf-8"]:
        stream.seek(0)
        if _fits(stream, name):
            return EncodingGuess(name, certain=True)
    stream.seek(0)
    sample = _telling(stream)
    return EncodingGuess(max(CANDIDATES, key=lambda candidate: _fit(sample, candidate)), certain=False)


def _fits(stream: BinaryIO, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        while piece := stream.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _telling(stream: BinaryIO) -> bytes:
    """Return the first lines with a byte beyond ASCII: they tell the encoding, and more of them only takes time."""
    lines: list[bytes] = []
    length = 0
    while length <= _JUDGED and (piece := stream.readline(_PIECE)):
        for line in piece.splitlines():
            if length <= _JUDGED and not line.isascii():
                lines.append(line)
                length += len(line)
    return b"\n".join(lines)[: 2 * _JUDGED]


def _fit(content: bytes, name: str) -> float:
    """Return how likely a text is, read in an encoding, in the language that suits it best."""
    text = content.decode(name, errors="replace")
    marks = Counter(char for char in text if char > "\x7f")
    # Latin and Greek in one word is what the wrong code page looks like.
    mixed = sum("mixed-script" in suspicions(word) for word in text.split())
    likelihoods = (sum(count * _weight(char, language) for char, count in marks.items()) for language in _READ_AS[name])
    return max(likelihoods) + mixed * math.log(_OTHER)


@cache
def _weight(char: str, language: str) -> float:
    frequencies = {entry[0]: int(entry[1:]) for entry in _PROFILES[language].split()}
    total = sum(frequencies.values())
    if char in frequencies:
        return math.log(frequencies[char] / total)
    if char.lower() in frequencies:
        return math.log(_CAPITAL * frequencies[char.lower()] / total)
    if char in _SIGNS:
        return math.log(_SIGN)
    return math.log(_CONTROL if char == "\ufffd" or "\x80" <= char <= "\x9f" else _OTHER)
