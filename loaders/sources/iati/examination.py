"""One element of an IATI file with all that is in it, compared with one version of the standard."""

from collections.abc import Container, Iterator
from typing import TypeAlias, cast

from lxml.etree import _Element as Element

from loaders.findings import Finding, Location, finding
from loaders.sources.iati.lexical import FORMS, XML_SPACE, Form
from loaders.sources.iati.standard import FOREIGN, Child, Content, standard

__all__ = ["LARGEST_REPORT", "LONGEST_VALUE", "examined", "line_of", "start_tag_examined"]

#: Findings that are given for one activity or organisation; the rest is counted.
LARGEST_REPORT = 1000
#: Characters of a value, name or path that a finding keeps.
LONGEST_VALUE = 1000
#: Beginning of the path of what may hold personal data, which no finding repeats.
_PERSONAL = "contact-info"
#: Where the parser ends its own count of lines.
_LAST_LINE = 65_535
_XML = "{http://www.w3.org/XML/1998/namespace}"
_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"
#: Attributes of other namespaces to the form of their values, as far as XML Schema knows one.
_COMMON = {f"{_XML}lang": FORMS["language"], f"{_XML}base": FORMS["anyURI"]}
#: Attributes of XML Schema itself, which every element may have.
_HINTS = frozenset({f"{_INSTANCE}schemaLocation", f"{_INSTANCE}noNamespaceSchemaLocation"})

#: Key beside the names of elements that were found: whether one of them was in the wrong place, which is said once.
_ORDER = ""

#: Where an element is: the trail of its parent, its name, its number among those of this name, and what is known of it.
_Trail: TypeAlias = "tuple[_Trail, str, int, Child | None] | tuple[()]"


def examined(element: Element, root: str, version: str, file_name: str) -> Iterator[Finding]:
    """Compare an element under the root, and all that is in it, with the standard.

    :param element: the element, complete.
    :param root: name of the root that such elements stand under.
    :param version: version of the standard.
    :param file_name: name of the file, for the place of the findings.
    :returns: what breaks the rules, at most ``LARGEST_REPORT`` findings and one that counts the rest.
    """
    examination = _Examination(file_name, version)
    examination.element(element, standard(version)[root].children[str(element.tag)].content, ())
    yield from examination.faults
    if examination.more:
        place = Location(file_name, column=str(element.tag), line=line_of(element))
        yield finding("iati-more-faults", place, number=examination.more)


def start_tag_examined(root: Element, version: str, file_name: str) -> Iterator[Finding]:
    """Compare the attributes of a root element, or of one of another namespace, with the standard.

    :param root: the element, of which the start tag is enough.
    :param version: version of the standard.
    :param file_name: name of the file, for the place of the findings.
    :returns: what breaks the rules.
    """
    examination = _Examination(file_name, version)
    examination.attributes(root, _names(root), standard(version).get(str(root.tag), FOREIGN), ())
    yield from examination.faults


def line_of(element: Element) -> int | None:
    """Return the line of the file on which the start tag of an element ends.

    :param element: an element.
    """
    line = cast("int | None", element.sourceline)
    # The parser has sixteen bits for the lines of elements. Beyond, it gives the line on which the next text ends.
    return line if line is None or line < _LAST_LINE else line - _next_text(element).count("\n")


def _next_text(element: Element) -> str:
    following: Element | None = element
    while following is not None:
        element = following
        if text := element.text or (element.tail if not len(element) else ""):
            return text
        following = element[0] if len(element) else element.getnext()
    return ""


class _Examination:
    """One element under one version: what was found so far, and how many findings are not kept."""

    __slots__ = ("faults", "file", "more", "version")

    def __init__(self, file: str, version: str) -> None:
        self.file, self.version, self.more = file, version, 0
        self.faults: list[Finding] = []

    def note(
        self, rule: str, element: Element, trail: _Trail, *, at: str = "", value: str = "", **details: str
    ) -> None:
        if len(self.faults) >= LARGEST_REPORT:
            self.more += 1
            return
        if at.startswith("@"):
            value = str(element.get(at[1:]))
        path = "/".join(filter(None, (_path(trail) or str(element.tag), at)))
        place = Location(self.file, column=path[:LONGEST_VALUE], line=line_of(element))
        shown = "…" if path.startswith(_PERSONAL) else value[:LONGEST_VALUE]
        # Names can be as long as values where somebody means harm.
        named = {name: detail[:LONGEST_VALUE] for name, detail in details.items()}
        tag = str(element.tag)[:LONGEST_VALUE]
        self.faults.append(finding(rule, place, value=shown, element=tag, version=self.version, **named))

    def element(self, element: Element, content: Content, trail: _Trail) -> None:
        # Most elements hold few things, and there are millions: nothing is called for what is not there.
        names = _names(element)
        if names or content.required:
            self.attributes(element, names, content, trail)
        if content.anything:
            return
        if content.textual:
            if content.text or len(element):
                self.text(element, content.text, trail)
            return
        loose = element.text
        if loose and loose.strip(XML_SPACE):
            self.note("iati-loose-text", element, trail, value=loose.strip(XML_SPACE))
        if len(element):
            self.children(element, content, trail)
        elif content.least:
            self.lacking(element, content, (), trail)

    def attributes(self, element: Element, names: list[str], content: Content, trail: _Trail) -> None:
        for name in content.required:
            if element.get(name) is None:
                self.note("iati-missing-attribute", element, trail, attribute=name)
        known = content.attributes
        for name in names:
            if name in known:
                form = known[name]
            elif name in _HINTS or (content.allows(name) and not name.startswith(_INSTANCE)):
                form = _COMMON.get(name)
            else:
                self.note("iati-unknown-attribute", element, trail, at=f"@{name}", attribute=name)
                continue
            if form is not None and not form.fits(value := str(element.get(name))):
                self.value(element, form, value, trail, f"@{name}")

    def value(self, element: Element, form: Form, value: str, trail: _Trail, at: str = "") -> None:
        rule = form.rule if value.strip(XML_SPACE) else "iati-empty"
        self.note(rule, element, trail, at=at, value=value, what=at or f"<{element.tag}>", example=form.example)

    def text(self, element: Element, form: Form | None, trail: _Trail) -> None:
        inside = [child for child in element if isinstance(child.tag, str)] if len(element) else ()
        if inside:
            self.note("iati-unknown-element", inside[0], trail, at=str(inside[0].tag), parent=element.tag)
        elif form is not None:
            # Comments are all that can be inside.
            text = "".join([element.text or "", *(comment.tail or "" for comment in element)])
            if not form.fits(text):
                self.value(element, form, text, trail)

    def children(self, element: Element, content: Content, trail: _Trail) -> None:
        known = content.children
        counts: dict[str, int] = {}
        last, before = -1, ""
        for child in element:
            loose = child.tail
            if loose and loose.strip(XML_SPACE):
                self.note("iati-loose-text", element, trail, value=loose.strip(XML_SPACE))
            tag = child.tag
            if not isinstance(tag, str):
                continue
            entry = known.get(tag)
            number = counts[tag] = counts.get(tag, 0) + 1
            step = (trail, tag, number, entry)
            place = entry.place if entry else content.foreign_place(tag, last)
            if place is None:
                self.note("iati-unknown-element", child, step, parent=element.tag)
            elif place > last:
                last, before = place, tag
            elif place < last and _ORDER not in counts:
                counts[_ORDER] = 1
                self.note("iati-order", child, step, parent=element.tag, other=before)
            if entry and number == 2 and entry.single:
                self.note("iati-too-many", child, step, parent=element.tag)
            if place is not None:
                self.element(child, entry.content if entry else FOREIGN, step)
        if content.least:
            self.lacking(element, content, counts, trail)

    def lacking(self, element: Element, content: Content, found: Container[str], trail: _Trail) -> None:
        for name in content.least:
            if name not in found:
                self.note("iati-missing-element", element, trail, child=name)


def _path(trail: _Trail) -> str:
    """Write a trail as ``transaction[3]/value``; elements that may stand once only have no number."""
    steps = []
    while trail:
        trail, name, number, entry = trail
        steps.append(name if entry and entry.single and number == 1 else f"{name}[{number}]")
    return "/".join(reversed(steps))


def _names(element: Element) -> list[str]:
    """Return the names of the attributes; lxml looks for each value from the first attribute on, so they come later."""
    return cast("list[str]", element.keys())
