"""Cells from the elements of one activity: text, place and language, with what cannot be read as findings."""

from collections import Counter

from lxml.etree import _Element as Element

from loaders.errors import ValueFault
from loaders.findings import Finding, finding
from loaders.normalise.languages import language_code
from loaders.records import Cell, SourceRef
from loaders.sources.files import unwritable
from loaders.sources.iati.activity import OrganisationMention, Texts
from loaders.sources.iati.examination import line_of
from loaders.sources.iati.portfolio import located
from loaders.sources.iati.taken import LANGUAGE

__all__ = ["UNKNOWN_LANGUAGE", "Reading"]

#: Tag of a text whose language nobody states (BCP 47).
UNKNOWN_LANGUAGE = "und"


class Reading:
    """Reads the parts of one activity or organisation.

    Paths of cells are those of XPath under the activity. Where the line does not tell elements of one name apart, a
    number does.

    :param element: the activity or organisation.
    :param source: where it begins.
    :param outer: language of the root, which holds where nothing nearer states one.
    """

    def __init__(self, element: Element, source: SourceRef, outer: str = "") -> None:
        self.faults: list[Finding] = []
        #: Number of texts whose language is not stated.
        self.without_language = 0
        self._source = source
        self._paths: dict[Element, str] = {element: ""}
        self._groups: dict[Element, dict[str, list[Element]]] = {}
        self._tags: dict[str, str] = {}
        #: Tag of the language that holds where a text states none, or empty.
        self.language = self._tag(element.get(LANGUAGE, outer), element)

    def place(self, element: Element) -> SourceRef:
        """Return where a record that begins with an element stands."""
        return self._source._replace(line=line_of(element))

    def children(self, element: Element, *names: str) -> list[Element]:
        """Return the elements of some names in an element: those of the first name, of the second, and so on.

        :param element: an element that was itself found so, or the whole.
        :param names: their names.
        """
        groups = self._groups.get(element)
        if groups is None:
            groups = self._groups[element] = self._grouped(element)
        return [child for name in names for child in groups.get(name, ())]

    def _grouped(self, element: Element) -> dict[str, list[Element]]:
        """Return the elements in an element by name, and give each its path."""
        groups: dict[str, list[Element]] = {}
        for child in element:
            groups.setdefault(str(child.tag), []).append(child)
        before = f"{self._paths[element]}/".lstrip("/")
        for tag, children in groups.items():
            lines = Counter(map(line_of, children)) if len(children) > 1 else {}
            for number, child in enumerate(children, start=1):
                alone = lines.get(line_of(child), 1) == 1
                self._paths[child] = f"{before}{tag}" if alone else f"{before}{tag}[{number}]"
        return groups

    def child(self, element: Element, name: str) -> Element | None:
        """Return the first element of a name."""
        return next(iter(self.children(element, name)), None)

    def attribute(self, element: Element | None, name: str) -> Cell | None:
        """Return the cell of an attribute, or ``None`` where it is missing or blank."""
        text = element.get(name, "") if element is not None else ""
        if element is None or not text.strip():
            return None
        path = self._paths[element]
        return self._cell(text, f"{path}/@{name}" if path else f"@{name}", element)

    def text(self, element: Element | None, language: str = "") -> Cell | None:
        """Return the cell of an element's own text, or ``None`` where it has none."""
        if element is None:
            return None
        text = "".join(map(str, element.itertext())) if len(element) else element.text or ""
        return self._cell(text, self._paths[element], element, language) if text.strip() else None

    def texts(self, element: Element | None) -> Texts:
        """Return a text in its languages: the narratives of IATI 2.0x, or the text of the element itself in 1.0x."""
        if element is None:
            return ()
        stated = element.get(LANGUAGE, "")
        narratives = self.children(element, "narrative") or [element]
        cells = [self.text(each, self._language(each, stated)) for each in narratives]
        return tuple(cell for cell in cells if cell is not None)

    def organisation(self, element: Element | None) -> OrganisationMention | None:
        """Return the organisation that an element names by ``ref``, ``type`` and its text."""
        if element is None:
            return None
        return OrganisationMention(
            source=self.place(element),
            ref=self.attribute(element, "ref"),
            name=self.texts(element),
            type=self.attribute(element, "type"),
        )

    def _cell(self, text: str, path: str, element: Element, language: str = "") -> Cell | None:
        cell = Cell(text, path, line_of(element), language)
        character = unwritable(text)
        if character:
            fault = finding("control-character", located(self._source, cell), value=text, character=character)
            self.faults.append(fault)
            return None
        return cell

    def _language(self, element: Element, outer: str) -> str:
        tag = self._tag(element.get(LANGUAGE, "") or outer, element) or self.language
        if not tag and (element.text or "").strip():
            self.without_language += 1
        return tag or UNKNOWN_LANGUAGE

    def _tag(self, text: str, element: Element) -> str:
        """Return a language as a tag; a wrong one is said once an activity."""
        if not text.strip():
            return ""
        if text not in self._tags:
            try:
                self._tags[text] = language_code(text)
            except ValueFault:
                self._tags[text] = UNKNOWN_LANGUAGE
                cell = Cell(text, f"{self._paths.get(element, '')}/@xml:lang".lstrip("/"), line_of(element))
                self.faults.append(finding("iati-language-unknown", located(self._source, cell), value=text))
        return self._tags[text]
