"""Elements of an SVG picture; whatever text goes in comes out as text."""

import re
from typing import Any, TypeAlias

from lxml import etree

__all__ = ["FONT", "INK", "Element", "add", "width_of", "words", "wrapped"]

#: An element of lxml, whose own type is not public.
Element: TypeAlias = Any
FONT = "'DejaVu Sans', system-ui, sans-serif"
INK = "#1B2733"
_NAMESPACE = "http://www.w3.org/2000/svg"
#: Width of a letter by the height of the font, on the average of names; the fonts of readers differ.
_LETTER = 0.58
#: Signs that no XML document may hold.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, name: str, content: str = "", **attributes: object) -> Element:
    """Add an element.

    :param parent: element to add it to, or ``None`` for a root.
    :param name: its name in SVG.
    :param content: text within it.
    :param attributes: its attributes, with ``_`` for ``-``; numbers are written with two decimals.
    :returns: the element.
    """
    told = {key.replace("_", "-"): _written(value) for key, value in attributes.items()}
    tag = f"{{{_NAMESPACE}}}{name}"
    spaces: dict[Any, str] = {None: _NAMESPACE}
    made = etree.Element(tag, told, nsmap=spaces) if parent is None else etree.SubElement(parent, tag, told)
    if content:
        made.text = _FORBIDDEN.sub("\ufffd", content)
    return made


def words(parent: Element, content: str, x: float, y: float, size: float, **attributes: object) -> Element:
    """Add a line of text.

    :param parent: element to add it to.
    :param content: the text.
    :param x: where it begins.
    :param y: its baseline.
    :param size: height of the font.
    :param attributes: further attributes.
    :returns: the element.
    """
    return add(parent, "text", content, x=x, y=y, font_size=size, **attributes)


def width_of(content: str, size: float) -> float:
    """Estimate how wide a text is.

    :param content: the text.
    :param size: height of the font.
    """
    return len(content) * size * _LETTER


def wrapped(content: str, size: float, width: float) -> list[str]:
    """Break a text into lines.

    :param content: the text.
    :param size: height of the font.
    :param width: room for a line.
    :returns: the lines, each with at least a word.
    """
    lines: list[str] = []
    for word in content.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _written(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else _FORBIDDEN.sub("\ufffd", str(value))
