"""A map as a picture with title, legend and caption: SVG written here, and PNG made of the same SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
import resvg_py
from lxml import etree

from graph_app.network.colouring import Colouring
from graph_app.network.network import Floats, Network
from graph_app.network.pictures.canvas import FONT, INK, add, words, wrapped
from graph_app.network.pictures.ground import MOST_TIES, draw_ground
from graph_app.network.pictures.legend import draw_legend

__all__ = ["Picture", "as_png", "as_svg"]

_MARGIN = 28.0
_TITLE, _CAPTION = 24.0, 13.0
#: Comes with what is built for browsers, so that a picture has its words on a machine without fonts.
_FONTS = Path(str(files("graph_app").joinpath("components", "front", "dist")))


@dataclass(frozen=True, eq=False, slots=True)
class Picture:
    """What stands on a picture of a network.

    :param network: the network.
    :param positions: x and y of every node.
    :param colour: colours of the nodes and what they say.
    :param size: radii of the nodes in pixels.
    :param title: what it shows.
    :param caption: lines below it, such as filters, coverage, version of the release and date.
    :param strongest: what the caption says where not all ties are drawn.
    :param width: width in pixels.
    :param height: height in pixels, of which title, legend and caption take what they need.
    """

    network: Network
    positions: Floats
    colour: Colouring
    size: npt.NDArray[np.float32]
    title: str
    caption: Sequence[str] = ()
    strongest: str = "Of {ties} ties, the {shown} strongest are drawn."
    width: int = 1600
    height: int = 1200


def as_svg(picture: Picture) -> bytes:
    """Draw a picture as SVG: it loads nothing and runs nothing, and every node tells its name when pointed at.

    :param picture: what stands on it.
    :returns: the file.
    """
    width, height = picture.width, picture.height
    room = width - 2 * _MARGIN
    root = add(
        None, "svg", width=width, height=height, viewBox=f"0 0 {width} {height}", role="img", font_family=FONT, fill=INK
    )
    add(root, "title", picture.title)
    add(root, "desc", " ".join(_caption(picture)))
    add(root, "rect", width=width, height=height, fill="#FFFFFF")
    top = _MARGIN
    for line in wrapped(picture.title, _TITLE, room):
        top += _TITLE * 1.2
        words(root, line, _MARGIN, top - _TITLE * 0.3, _TITLE, font_weight="bold")
    ground = add(root, "g")
    foot = add(root, "g")
    low = draw_legend(foot, picture.colour, _MARGIN, 0, room) + _CAPTION
    for line in (part for told in _caption(picture) for part in wrapped(told, _CAPTION, room)):
        low += _CAPTION * 1.4
        words(foot, line, _MARGIN, low - _CAPTION * 0.4, _CAPTION)
    foot.set("transform", f"translate(0 {height - _MARGIN - low:.1f})")
    box = (_MARGIN, top + 8, room, max(height - _MARGIN - low - top - 24, 60))
    draw_ground(ground, picture.network, picture.positions, picture.colour, picture.size, box)
    svg: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return svg


def _caption(picture: Picture) -> list[str]:
    ties = len(picture.network.source)
    note = [picture.strongest.format(ties=f"{ties:,}", shown=f"{MOST_TIES:,}")] if ties > MOST_TIES else []
    return [*picture.caption, *note]


def as_png(svg: bytes) -> bytes:
    """Make PNG of a picture.

    :param svg: SVG that :func:`as_svg` made.
    :returns: the file, in twice the width of the SVG so that print is sharp.
    """
    fonts = sorted(str(path) for path in _FONTS.glob("*.ttf"))
    return resvg_py.svg_to_bytes(svg_string=svg.decode(), zoom=2, font_files=fonts, font_family="DejaVu Sans")
