"""A small network as one HTML file to take away: it says what it shows, opens without a network and asks nobody."""

from collections.abc import Mapping
from html import escape

from graph_app.network.drawing import draw_around
from graph_app.network.pictures.picture import Picture

__all__ = ["as_page"]

#: Holds wherever the file is opened: nothing is loaded, and only what stands in the file runs.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
_STYLE = """
body { margin: 1rem; font-family: system-ui, sans-serif; color: #1b2733; }
h1 { font-size: 1.3rem; }
.legend span { margin-right: 1.2rem; white-space: nowrap; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 50%; margin-right: .3em; }
"""


def as_page(picture: Picture, context_labels: Mapping[str, str], *, focus: str = "", language: str = "en") -> str:
    """Draw a network as a page.

    :param picture: what stands on it.
    :param context_labels: IRI of a project or partnership to its title.
    :param focus: IRI of the node that it is about, or empty.
    :param language: language of its words.
    :returns: the file.
    :raises ValueError: if the network has too many nodes for such a page.
    """
    html = draw_around(picture.network, picture.colour, context_labels, focus=[focus], height=720)
    head = (
        f'<head>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{escape(picture.title)}</title>\n<style>{_STYLE}</style>\n"
    )
    entries = "".join(
        f'<span><i style="background: {escape(entry.colour)}"></i>{escape(entry.label)} ({entry.count:,})</span>'
        for entry in picture.colour.entries
    )
    legend = f'<p class="legend"><b>{escape(picture.colour.title)}</b> {entries}</p>'
    caption = "".join(f"<p>{escape(line)}</p>" for line in picture.caption)
    return (
        html.replace("<html>", f'<html lang="{escape(language)}">', 1)
        .replace("<head>", head, 1)
        .replace("<body>", f"<body>\n<h1>{escape(picture.title)}</h1>\n", 1)
        .replace("</body>", f"{legend}\n{caption}\n</body>")
    )
