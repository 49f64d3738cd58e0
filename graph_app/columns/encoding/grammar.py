r"""The grammar of N-Quads 1.1 (https://www.w3.org/TR/n-quads/#sec-grammar).

Characters beyond ASCII stand in its patterns as themselves, because Python and RE2 spell their numbers differently.
"""

import re

__all__ = ["BLANK", "IRI", "LANG", "LITERAL", "PLAIN_IRI", "PLAIN_TEXT", "SCHEME", "STATEMENT", "unescape"]

_UCHAR = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"
_IRI_CHAR = r'[^\x00-\x20<>"{}|^`\\]'
LANG = r"[a-zA-Z]+(?:-[a-zA-Z0-9]+)*"
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LABEL_START = f"[{_BASE}_:0-9]"
_LABEL_CHAR = f"[{_BASE}_:0-9\u00b7\u0300-\u036f\u203f-\u2040\\-]"

#: An IRI names its scheme: N-Quads know no relative ones.
SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]*:"
#: Possessive, which only Python knows: a literal may be long, and there is never a way back.
IRI = f"<(?:{_IRI_CHAR}++|{_UCHAR})*+>"
BLANK = f"_:{_LABEL_START}(?:[.]*{_LABEL_CHAR})*"
LITERAL = rf'"(?:[^"\\\n\r]++|\\[tbnrf"\'\\]|{_UCHAR})*+"(?:@{LANG}|\^\^{IRI})?'

#: The same for terms without an escape, which is nearly all of them; RE2 reads these and labels.
PLAIN_IRI = f"<{SCHEME}{_IRI_CHAR}*>"
PLAIN_TEXT = r'[^"\\\n\r]*'

#: One statement with white space and comment wherever they may stand; a line may also hold none.
STATEMENT = re.compile(
    rf"[ \t]*(?:({IRI}|{BLANK})[ \t]*({IRI})[ \t]*({IRI}|{BLANK}|{LITERAL})[ \t]*({IRI}|{BLANK})?[ \t]*\.)?"
    r"[ \t]*(?:#.*)?",
    re.DOTALL,
)

_ESCAPE = re.compile(rf"""\\([tbnrf"'\\])|{_UCHAR}""")
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


def unescape(text: str) -> str:
    """Return a lexical form or IRI with its escapes replaced.

    :param text: text between the delimiters, valid by the patterns above.
    :raises ValueError: if an escape names no character.
    """
    return _ESCAPE.sub(_character, text)


def _character(match: re.Match[str]) -> str:
    if letter := match[1]:
        return _LETTERS[letter]
    digits = match[0][2:]
    number = int(digits, base=16)
    if 0xD800 <= number <= 0xDFFF:
        raise ValueError(f"{match[0]} is no character.")
    return chr(number)
