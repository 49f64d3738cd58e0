"""Whether an IATI file keeps to the rules of its version of the standard: elements, attributes, order and values."""

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias, cast

from lxml.etree import _Element as Element

from loaders.findings import Finding, Location, Severity, finding
from loaders.sources.iati.lexical import FORMS, XML_SPACE, Form
from loaders.sources.iati.standard import ROOTS, VERSIONS, Child, Content, standard

__all__ = ["LARGEST_REPORT", "FileRules", "check"]

#: Findings that are given for one activity or organisation; the rest is counted.
LARGEST_REPORT = 1000
#: Characters of a value that a finding keeps.
_LONGEST = 1000
#: Beginning of the path of what may hold personal data, which no finding repeats.
_PERSONAL = "contact-info"
#: Attribute with which d-portal keeps the version of the file that an activity was taken from.
_ORIGINAL_VERSION = "{http://d-portal.org/xmlns/iati-activities}version"
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


def check(element: Element, version: str, file_name: str) -> Iterator[Finding]:
    """Compare an activity or organisation with the standard.

    An activity that was taken out of another file and says that file's version is judged by that one. Where the version
    is none of the known ones, it is judged by the version that it fits best; where it fits one entirely, what
    the others forbid is a warning.

    :param element: an element ``iati-activity`` or ``iati-organisation``, complete; anything else gives no finding.
    :param version: version of the standard that the file states.
    :param file_name: name of the file, for the place of the findings.
    :returns: what breaks the rules, with line and path within the element; at most ``LARGEST_REPORT`` and one that
        counts the rest. Files of IATI 1.0x, whose rules are other ones, give nothing.
    """
    root = next((root for root, child in ROOTS.items() if child == element.tag), "")
    version = str(element.get(_ORIGINAL_VERSION, version)).strip(XML_SPACE)
    if not root or version.startswith("1."):
        return
    if version in VERSIONS:
        yield from _Examination(file_name, version).of(element, root)
        return
    by_version = [tuple(_Examination(file_name, known).of(element, root)) for known in VERSIONS]
    best = min(by_version, key=len)
    if best:
        yield from best
        return
    told = {(fault.rule, fault.location): fault for faults in reversed(by_version) for fault in faults}
    yield from (replace(fault, severity=Severity.WARNING) for fault in told.values())


class FileRules:
    """The rules for a file as it is read: first its root, then each element under the root, then its end.

    :param root: the root element, as soon as its start tag is read.
    :param file_name: name of the file, for the place of the findings.
    """

    def __init__(self, root: Element, file_name: str) -> None:
        self._root, self._name, self._file = root, str(root.tag), file_name
        #: Version of the standard that the file states, or empty.
        self.version = root.get("version", "").strip(XML_SPACE)
        self._found, self._foreign = False, ""
        self._own = self.version if self.version in VERSIONS else VERSIONS[0]
        self._place = Location(file_name, column=self._name, line=_line(root))

    def opening(self) -> Iterator[Finding]:
        """Judge the start tag: the version, the other attributes, and whether it is a root at all."""
        known = ", ".join(VERSIONS)
        if self._name not in ROOTS:
            yield finding("iati-root", self._place, value=self._name, known=" / ".join(f"<{root}>" for root in ROOTS))
            return
        if self.version.startswith("1."):
            yield finding("iati-version-old", self._place, value=self.version, known=known)
            return
        if self.version not in VERSIONS:
            yield finding("iati-version-unknown", self._place, value=self.version, known=known, root=self._name)
        examination = _Examination(self._file, self._own)
        examination.attributes(self._root, standard(self._own)[self._name], ())
        yield from examination.faults

    def check(self, element: Element) -> Iterator[Finding]:
        """Judge one element under the root, complete; all of them, in the order of the file.

        What was read may be cleared, but the element before this one must still stand in the tree.
        """
        yield from self._loose_text(element.itersiblings(preceding=True))
        if self._name not in ROOTS or self.version.startswith("1."):
            return
        tag, child = str(element.tag), ROOTS[self._name]
        place = Location(self._file, column=tag, line=_line(element))
        details: dict[str, Any] = {"element": tag, "version": self._own, "parent": self._name}
        if tag.startswith("{"):
            self._foreign = tag
        elif tag != child:
            yield finding("iati-unknown-element", place, **details)
        else:
            self._found = True
            if self._foreign:
                yield finding("iati-order", place, other=self._foreign, **details)
            yield from check(element, self.version, self._file)

    def closing(self) -> Iterator[Finding]:
        """Judge what the file lacks, when the root is complete."""
        yield from self._loose_text(self._root.iterchildren(reversed=True))
        if self._name in ROOTS and not self._found and not self.version.startswith("1."):
            child = ROOTS[self._name]
            yield finding("iati-missing-element", self._place, element=self._name, child=child, version=self._own)

    def _loose_text(self, before: Iterator[Element]) -> Iterator[Finding]:
        """Find text under the root that stands after the last element, or before all of them.

        :param before: what stands before, the nearest first.
        """
        texts = []
        for node in before:
            texts.append(node.tail or "")
            if isinstance(node.tag, str):
                break
        else:
            texts.append(self._root.text or "")
        for text in (text.strip(XML_SPACE) for text in texts):
            if text:
                yield finding(
                    "iati-loose-text", self._place, value=text[:_LONGEST], element=self._name, version=self._own
                )


class _Examination:
    """One element with all that is in it, seen by one version of the standard."""

    __slots__ = ("faults", "file", "more", "version")

    def __init__(self, file: str, version: str) -> None:
        self.file, self.version, self.more = file, version, 0
        self.faults: list[Finding] = []

    def of(self, element: Element, root: str) -> Iterator[Finding]:
        self.element(element, standard(self.version)[root].children[str(element.tag)].content, ())
        yield from self.faults
        if self.more:
            place = Location(self.file, column=str(element.tag), line=_line(element))
            yield finding("iati-more-faults", place, number=self.more)

    def note(
        self, rule: str, element: Element, trail: _Trail, *, at: str = "", value: str = "", **details: str
    ) -> None:
        if len(self.faults) >= LARGEST_REPORT:
            self.more += 1
            return
        path = _path(trail) or str(element.tag)
        if path.startswith(_PERSONAL):
            value = "…"
        place = Location(self.file, column=f"{path}/{at}" if at else path, line=_line(element))
        self.faults.append(
            finding(rule, place, value=value[:_LONGEST], element=element.tag, version=self.version, **details)
        )

    def element(self, element: Element, content: Content, trail: _Trail) -> None:
        if content.anything:
            return
        self.attributes(element, content, trail)
        if content.textual:
            self.text(element, content.text, trail)
            return
        self.loose_text(element, trail)
        if len(element):
            self.children(element, content, trail)
        else:
            self.lacking(element, content, (), trail)

    def attributes(self, element: Element, content: Content, trail: _Trail) -> None:
        for name in content.required:
            if element.get(name) is None:
                self.note("iati-missing-attribute", element, trail, attribute=name)
        for name, value in cast("Iterable[tuple[str, str]]", element.items()):
            if name in content.attributes:
                form = content.attributes[name]
            elif name in _HINTS or (content.extensible and name[0] == "{" and not name.startswith(_INSTANCE)):
                form = _COMMON.get(name)
            else:
                self.note("iati-unknown-attribute", element, trail, at=f"@{name}", value=value, attribute=name)
                continue
            if form is not None and not form.fits(value):
                self.value(element, form, value, trail, f"@{name}")

    def value(self, element: Element, form: Form, value: str, trail: _Trail, at: str = "") -> None:
        text = value.strip(XML_SPACE)
        if not form.fits(text):
            what = at or f"<{element.tag}>"
            rule = form.rule if text else "iati-empty"
            self.note(rule, element, trail, at=at, value=value, what=what, example=form.example)

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
            if entry:
                if number == 2 and entry.single:
                    self.note("iati-too-many", child, step, parent=element.tag)
                self.element(child, entry.content, step)
        self.lacking(element, content, counts, trail)

    def lacking(self, element: Element, content: Content, found: Container[str], trail: _Trail) -> None:
        for name in content.least:
            if name not in found:
                self.note("iati-missing-element", element, trail, child=name)

    def loose_text(self, element: Element, trail: _Trail) -> None:
        for text in (element.text, *(child.tail for child in element)):
            if text and text.strip(XML_SPACE):
                self.note("iati-loose-text", element, trail, value=text.strip(XML_SPACE))
                return


def _path(trail: _Trail) -> str:
    """Write a trail as ``transaction[3]/value``; elements that may stand once only have no number."""
    steps = []
    while trail:
        trail, name, number, entry = trail
        steps.append(name if entry and entry.single and number == 1 else f"{name}[{number}]")
    return "/".join(reversed(steps))


def _line(element: Element) -> int | None:
    return cast("int | None", element.sourceline)
