"""Turtle as this project writes it, quickly: a general parser takes most of the time in which a command starts.

What ``ontology/`` and ``shapes/core.ttl`` are written with is understood; anything else is an error with its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from rdflib.namespace import RDF, XSD

__all__ = ["Statements", "Term", "Text", "read_turtle"]

_NAME = r"(?:[A-Za-z][\w-]*)?:(?:\w(?:[\w.-]*[\w-])?)?"
_TOKEN = re.compile(
    rf"""(?P<space>(?:\s+|\#[^\n]*)+)
    |<(?P<iri>[^<>"{{}}|^`\\\x00-\x20]*)>
    |"(?!"")(?P<text>[^"\\\n]*(?:\\[tbnrf"'\\][^"\\\n]*)*)"
        (?:@(?P<language>[A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^(?:<(?P<datatype>[^<>\s]*)>|(?P<typename>{_NAME})))?
    |(?P<integer>[+-]?[0-9]+)(?![\w.:])
    |(?P<decimal>[+-]?[0-9]+\.[0-9]+)(?![\w.:])
    |(?P<boolean>true|false)(?![\w.:-])
    |(?P<name>{_NAME})
    |(?P<type>a)(?![\w.:-])
    |@prefix\s+(?P<prefix>[\w-]*):\s*<(?P<namespace>[^<>\s]*)>\s*\.
    |(?P<sign>[][;,.()])""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE, _FIRST, _REST, _NIL = map(str, (RDF.type, RDF.first, RDF.rest, RDF.nil))
#: Signs are single characters and terms are not; the empty one is the end of the file.
_SIGNS = frozenset({"", *"[];,.()"})
_ENDS = frozenset({"", ".", "]"})
_DATATYPES = {"integer": str(XSD.integer), "decimal": str(XSD.decimal), "boolean": str(XSD.boolean)}


class Text(NamedTuple):
    """A literal.

    :param value: its text.
    :param language: its language tag, or empty.
    :param datatype: IRI of its datatype, or empty.
    """

    value: str
    language: str = ""
    datatype: str = ""


#: An IRI, a blank node such as ``_:1``, or a literal.
Term = str | Text


@dataclass(frozen=True, slots=True)
class Statements:
    """What a file says.

    :param about: subject to property to values, all in the order of the file.
    """

    about: Mapping[str, Mapping[str, list[Term]]]

    def texts(self, subject: str, path: str) -> list[Text]:
        """Return the values of a property that are literals."""
        return [term for term in self._values(subject, path) if isinstance(term, Text)]

    def nodes(self, subject: str, path: str) -> list[str]:
        """Return the values of a property that are no literals."""
        return [term for term in self._values(subject, path) if isinstance(term, str)]

    def subjects(self, path: str, node: str) -> list[str]:
        """Return what has a node among the values of a property."""
        return [subject for subject, said in self.about.items() if node in said.get(path, ())]

    def _values(self, subject: str, path: str) -> list[Term]:
        return self.about.get(subject, {}).get(path, [])


def read_turtle(path: Path) -> Statements:
    """Read a file.

    :param path: a file of ``ontology/``, or ``shapes/core.ttl``.
    :raises ValueError: at what these files are not written with.
    """
    return Statements(_Reader(path.name, path.read_text(encoding="utf-8")).read())


class _Reader:
    """Reads one file, a method for each rule of the grammar.

    :param name: name of the file.
    :param source: its text.
    """

    def __init__(self, name: str, source: str) -> None:
        self._name = name
        self._source = source
        self._at = 0
        self._blanks = 0
        self._prefixes: dict[str, str] = {}
        self._about: dict[str, dict[str, list[Term]]] = {}
        self._tokens = self._read_tokens()
        self._token = next(self._tokens)

    def read(self) -> dict[str, dict[str, list[Term]]]:
        while self._token:
            self._say(self._node())
            self._pass(".")
        return self._about

    def _say(self, subject: str) -> None:
        """Read what is said of a subject: properties, each with values."""
        said = self._about.setdefault(subject, {})
        while self._token not in _ENDS:
            values = said.setdefault(self._node(), [])
            values.append(self._term())
            while self._passed(","):
                values.append(self._term())
            if not self._passed(";"):
                break

    def _term(self) -> Term:
        if self._passed("["):
            node = self._blank()
            self._say(node)
            self._pass("]")
            return node
        if self._passed("("):
            return self._list()
        term = self._token
        if term in _SIGNS:
            raise self._error()
        self._token = next(self._tokens)
        return term

    def _node(self) -> str:
        term = self._term()
        if isinstance(term, Text):
            raise self._error()
        return term

    def _list(self) -> str:
        items: list[Term] = []
        while not self._passed(")"):
            items.append(self._term())
        rest = _NIL
        for item in reversed(items):
            node = self._blank()
            self._about[node] = {_FIRST: [item], _REST: [rest]}
            rest = node
        return rest

    def _blank(self) -> str:
        self._blanks += 1
        return f"_:{self._blanks}"

    def _passed(self, sign: str) -> bool:
        if self._token != sign:
            return False
        self._token = next(self._tokens)
        return True

    def _pass(self, sign: str) -> None:
        if not self._passed(sign):
            raise self._error()

    def _read_tokens(self) -> Iterator[Term]:
        """Yield terms and signs, and an empty sign at the end."""
        for match in _TOKEN.finditer(self._source):
            if match.start() != self._at:
                break
            self._at = match.end()
            kind = match.lastgroup
            if kind == "namespace":
                self._prefixes[match["prefix"]] = match["namespace"]
            elif kind != "space":
                yield self._read_token(kind or "", match)
        if self._at != len(self._source):
            raise self._error()
        yield ""

    def _read_token(self, kind: str, match: re.Match[str]) -> Term:
        if kind == "name":
            return self._full(match["name"])
        if kind in _DATATYPES:
            return Text(match[kind], datatype=_DATATYPES[kind])
        if (text := match["text"]) is not None:
            if "\\" in text:
                text = _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1], escape[1]), text)
            typename = match["typename"]
            return Text(text, match["language"] or "", self._full(typename) if typename else match["datatype"] or "")
        return _TYPE if kind == "type" else match[kind]

    def _full(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        if prefix not in self._prefixes:
            raise self._error()
        return self._prefixes[prefix] + local

    def _error(self) -> ValueError:
        line = self._source.count("\n", 0, self._at) + 1
        return ValueError(f"{self._name}, line {line}: this is not written as the files of this project are.")
