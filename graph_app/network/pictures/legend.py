"""The legend of a picture: which colour says what."""

from graph_app.network.colouring import Colouring
from graph_app.network.pictures.canvas import Element, add, width_of, words

__all__ = ["draw_legend"]

_SIZE = 14.0
_LINE = 24.0
_GAP = 26.0
_BAR = 220.0


def draw_legend(parent: Element, colour: Colouring, left: float, top: float, width: float) -> float:
    """Draw a legend in lines.

    :param parent: element to draw in.
    :param colour: the colours.
    :param left: where lines begin.
    :param top: where the first one begins.
    :param width: room for a line.
    :returns: how high it is.
    """
    x, y = left, top + _SIZE
    words(parent, colour.title, x, y, _SIZE, font_weight="bold")
    x += width_of(colour.title, _SIZE * 1.08) + _GAP
    if colour.scale:
        x = _scale(parent, colour, x, y) + _GAP
    for entry in colour.entries:
        told = f"{entry.label} ({entry.count:,})"
        needed = 20 + width_of(told, _SIZE)
        if x + needed > left + width and x > left:
            x, y = left, y + _LINE
        add(parent, "circle", cx=x + 7, cy=y - _SIZE / 3, r=7.0, fill=entry.colour)
        words(parent, told, x + 20, y, _SIZE)
        x += needed + _GAP
    return y - top + _LINE / 2


def _scale(parent: Element, colour: Colouring, x: float, y: float) -> float:
    low, middle, high = (f"{value:,.4g}" for value in colour.scale)
    words(parent, low, x, y, _SIZE)
    x += width_of(low, _SIZE) + 8
    shades = colour.palette[:-1]
    for number, shade in enumerate(shades):
        wide = _BAR / len(shades)
        add(parent, "rect", x=x + number * wide, y=y - _SIZE + 1, width=wide + 0.5, height=_SIZE, fill=shade)
    words(parent, middle, x + _BAR / 2, y + _SIZE + 2, _SIZE * 0.85, text_anchor="middle")
    x += _BAR + 8
    words(parent, high, x, y, _SIZE)
    return x + width_of(high, _SIZE)
