"""Whether an IATI file keeps to the rules of its version of the standard: elements, attributes, order and values."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from lxml.etree import _Element as Element

from loaders.findings import Finding, Location, Severity, finding
from loaders.sources.iati.examination import LONGEST_VALUE, examined, line_of, start_tag_examined
from loaders.sources.iati.lexical import XML_SPACE
from loaders.sources.iati.ruleset import advised
from loaders.sources.iati.standard import ROOTS, VERSIONS

__all__ = ["FileRules", "check"]

#: Attribute with which d-portal keeps the version of the file that an activity was taken from.
_ORIGINAL_VERSION = "{http://d-portal.org/xmlns/iati-activities}version"


def check(element: Element, version: str, file_name: str) -> Iterator[Finding]:
    """Compare an activity or organisation with the standard.

    An activity that was taken out of another file and says that file's version is judged by that one. Where the version
    is none of the known ones, it is compared with all of them: where each is broken, it is judged by the newest; where
    one is kept, what the others forbid is a warning.

    :param element: an element ``iati-activity`` or ``iati-organisation``, complete; anything else gives no finding.
    :param version: version of the standard that the file states.
    :param file_name: name of the file, for the place of the findings.
    :returns: what breaks the rules, with line and path within the element; at most a thousand and one that
        counts the rest. Files of IATI 1.0x, whose rules are other ones, give nothing.
    """
    root = next((root for root, child in ROOTS.items() if child == element.tag), "")
    version = str(element.get(_ORIGINAL_VERSION, version)).strip(XML_SPACE)
    if not root or version.startswith("1."):
        return
    if version in VERSIONS:
        yield from examined(element, root, version, file_name)
        return
    by_version = [tuple(examined(element, root, known, file_name)) for known in VERSIONS]
    if all(by_version):
        yield from by_version[0]
        return
    # What another version forbids is said once for an element of one name: all of them may be of the right version.
    told = {(fault.rule, _kind_of_place(fault)): fault for faults in reversed(by_version) for fault in reversed(faults)}
    yield from (replace(fault, severity=Severity.WARNING) for fault in told.values())


def _kind_of_place(fault: Finding) -> str:
    return re.sub(r"\[\d+\]", "", fault.location.column) if fault.location else ""


class FileRules:
    """The rules for a file as it is read: first its root, then each element under the root, then its end.

    :param root: the root element, one of ``ROOTS``, as soon as its start tag is read.
    :param file_name: name of the file, for the place of the findings.
    """

    def __init__(self, root: Element, file_name: str) -> None:
        self._root, self._name, self._file = root, str(root.tag), file_name
        #: Version of the standard that the file states, or empty.
        self.version = root.get("version", "").strip(XML_SPACE)
        self._old = self.version.startswith("1.")
        self._found, self._foreign = False, ""
        self._own = self.version if self.version in VERSIONS else VERSIONS[0]
        self._place = Location(file_name, column=self._name, line=line_of(root))

    def opening(self) -> Iterator[Finding]:
        """Judge the start tag: the version and the other attributes."""
        known = ", ".join(VERSIONS)
        if self._old:
            yield finding("iati-version-old", self._place, value=self.version, known=known)
            return
        if self.version not in VERSIONS:
            yield finding("iati-version-unknown", self._place, value=self.version, known=known, root=self._name)
        yield from start_tag_examined(self._root, self._own, self._file)

    def check(self, element: Element) -> Iterator[Finding]:
        """Judge one element under the root, complete; all of them, in the order of the file.

        What was read may be cleared, but the element before this one must still stand in the tree.

        :param element: the element.
        :returns: what breaks the rules, and what is not as the standard's ruleset advises.
        """
        yield from self._loose_text(element.itersiblings(preceding=True))
        if self._old:
            return
        tag, child = str(element.tag), ROOTS[self._name]
        place = Location(self._file, column=tag, line=line_of(element))
        details: dict[str, Any] = {"element": tag, "version": self._own, "parent": self._name}
        if tag.startswith("{"):
            self._foreign = tag
            yield from start_tag_examined(element, self._own, self._file)
        elif tag != child:
            yield finding("iati-unknown-element", place, **details)
        else:
            self._found = True
            if self._foreign:
                yield finding("iati-order", place, other=self._foreign, **details)
            yield from check(element, self.version, self._file)
            if child == "iati-activity":
                yield from advised(element, self._file)

    def closing(self) -> Iterator[Finding]:
        """Judge what the file lacks, when the root is complete."""
        yield from self._loose_text(self._root.iterchildren(reversed=True))
        if not self._found and not self._old:
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
                    "iati-loose-text", self._place, value=text[:LONGEST_VALUE], element=self._name, version=self._own
                )
