"""An XML file as a stream of the elements under its root, in bounded memory and without anything that XML could do."""

import re
from collections.abc import Iterator

from lxml import etree

from loaders.errors import SourceFault
from loaders.findings import Finding, Location, finding
from loaders.sources.files import SourceFile
from loaders.sources.iati.examination import line_of

__all__ = ["HEAD", "first_markup", "stream"]

#: Bytes at the beginning of a file in which its first element is looked for.
HEAD = 1 << 16
_CHUNK = 1 << 16
#: Elements and attributes of one activity, and bytes of the file that it may take. The largest that are published have
#: some ten thousand transactions; more would fill the memory.
_MOST_NODES = 750_000
_MOST_BYTES = 50_000_000
#: How the bytes of the first character tell an encoding whose characters are no single bytes of ASCII.
_BEGINNINGS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
#: What may stand before the document type or the first element: white space, declarations and comments.
_PROLOGUE = re.compile(r"\ufeff?(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
#: Options of the parser that its messages recommend.
_ADVICE = re.compile(r",? (?:use|try|see) [Xx][Mm][Ll]\w+.*", re.DOTALL)
_PAGE = re.compile(r"<(?:!doctype\s+)?html\b", re.IGNORECASE)


def first_markup(head: bytes) -> str:
    """Return what stands where the document type or the first element of an XML file should stand.

    :param head: the beginning of the file.
    :returns: the text from there on, without byte order mark, declarations and comments.
    """
    encoding = next((name for beginning, name in _BEGINNINGS if head.startswith(beginning)), "latin-1")
    text = head.decode(encoding, errors="replace")
    begin = _PROLOGUE.match(text)
    return text[begin.end() :] if begin is not None else text


def stream(file: SourceFile) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Parse a file and yield the elements under its root as soon as each is complete.

    What was yielded is emptied and, once the next was yielded, taken out of the tree, so that memory does not grow with
    the file. Entities are not resolved, document types are refused, and nothing is fetched.

    :param file: the file.
    :returns: the root and ``None`` when its start tag was read; then the root and each element under it.
    :raises SourceFault: if the file is no well-formed XML up to its end, declares a document type, or holds more inside
        one element than fits the memory.
    """
    with file.open() as content:
        _check_beginning(content.read(HEAD), file.name)
        content.seek(0)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        children = _Children(file.name)
        try:
            while chunk := content.read(_CHUNK):
                parser.feed(chunk)
                yield from children.complete(parser, len(chunk))
            parser.close()
            yield from children.complete(parser, 0)
        except etree.XMLSyntaxError as error:
            raise SourceFault(_broken(parser, error, file.name)) from error


def _check_beginning(head: bytes, name: str) -> None:
    markup = first_markup(head)
    if _PAGE.match(markup) is not None:
        raise SourceFault(finding("iati-web-page", Location(name, line=1)))
    if markup[:9].upper() == "<!DOCTYPE":
        raise SourceFault(finding("iati-doctype", Location(name, line=1)))
    if markup and not markup.startswith("<"):
        raise SourceFault(finding("iati-no-xml", Location(name, line=1), value=" ".join(markup[:40].split())))


def _broken(parser: etree.XMLPullParser, error: etree.XMLSyntaxError, name: str) -> Finding:
    """Say where the XML is broken, without advice that the parser has for programmers."""
    # The first fault breaks it. Those after it follow from that one, and the exception itself may name none at all.
    log = parser.feed_error_log
    line, reason = (log[0].line, log[0].message) if len(log) else (error.lineno, error.msg)
    shown = _ADVICE.sub("", reason or "it has no element").strip()
    return finding("iati-broken-xml", Location(name, line=line or None), reason=shown)


class _Children:
    """Follows the events of a parser and finds the elements under the root.

    :param name: name of the file.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._depth = 0
        self._nodes = 0
        self._bytes = 0
        self._root: etree._Element | None = None

    def complete(
        self, parser: etree.XMLPullParser, size: int
    ) -> Iterator[tuple[etree._Element, etree._Element | None]]:
        """Yield the root when it begins, and each element under it that has ended.

        :param parser: the parser.
        :param size: bytes that it was fed since the last call.
        """
        self._bytes += size
        for event, element in parser.read_events():
            if not etree.iselement(element):
                continue
            if event == "start":
                self._depth += 1
                self._nodes += 1 + len(element.attrib)
                if self._root is None:
                    self._root = element
                    # The bytes were looked at before; this holds for encodings in which they deceive.
                    if element.getroottree().docinfo.internalDTD is not None:
                        raise SourceFault(finding("iati-doctype", Location(self._name, line=1)))
                    yield element, None
                if self._nodes > _MOST_NODES:
                    raise SourceFault(self._too_large(line_of(element)))
                continue
            self._depth -= 1
            if self._depth == 1 and self._root is not None:
                self._nodes = self._bytes = 0
                yield self._root, element
                # Its tail stays: it shows text that stands between the elements.
                del element[:]
                element.text = None
                while len(self._root) > 1:
                    del self._root[0]
        if self._bytes > _MOST_BYTES:
            raise SourceFault(self._too_large(None))

    def _too_large(self, line: int | None) -> Finding:
        return finding("iati-activity-too-large", Location(self._name, line=line), largest=_MOST_NODES)
