"""Bytes become text by mark, as UTF-8, or by a guess that says it is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.normalise.encodings import EncodingGuess, decode

CZECH = "Příliš žluťoučký kůň úpěl ďábelské ódy; občané třetích zemí žijí v Žižkově."
TEXTS = [
    ("cp1250", CZECH),
    ("iso8859-2", CZECH),
    ("cp1250", "název;země\nŽenám;Česká republika"),
    ("iso8859-2", "název;země\nŽenám;Česká republika"),
    ("cp1250", "Organizacja pomaga uchodźcom są również żony"),
    ("cp1252", "Les réfugiés sont très près de la forêt à côté"),
    ("cp1252", "Språkkurser för nyanlända på många orter – även på kvällar"),
    ("cp1253", "Πρόγραμμα για την ένταξη των μεταναστών"),
]


@pytest.mark.parametrize(("encoding", "text"), TEXTS)
def test_the_likeliest_code_page_is_taken_and_not_called_certain(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == (text, EncodingGuess(encoding, certain=False))


def test_letters_far_below_tell_the_code_page_too() -> None:
    text = "id;name\n" * 50_000 + CZECH + "\n" + "id;name\n" * 50_000
    assert decode(text.encode("iso8859-2")) == (text, EncodingGuess("iso8859-2", certain=False))


@given(st.text())
def test_unicode_is_certain(text: str) -> None:
    # A NUL after the mark of UTF-16 is the mark of UTF-32, so no reader can tell them apart.
    without_mark = text.lstrip("\ufeff\0")
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decode(without_mark.encode(encoding)) == (without_mark, EncodingGuess(encoding, certain=True))


@given(st.text(alphabet=st.characters(codec="cp1250")))
def test_a_czech_file_is_never_lost(text: str) -> None:
    read, guess = decode(text.encode("cp1250"))
    assert guess.certain == (read.encode("utf-8") == text.encode("cp1250"))


@given(st.binary())
def test_any_bytes_become_text(content: bytes) -> None:
    text, guess = decode(content)
    assert isinstance(text, str)
    assert guess.name
