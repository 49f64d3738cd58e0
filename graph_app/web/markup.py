"""Plain pages that the server writes itself: no script, every value escaped."""

from collections.abc import Sequence
from html import escape

from starlette.responses import HTMLResponse

__all__ = ["escape", "link", "page", "table"]

_STYLE = (
    ":root{color-scheme:light dark;background:light-dark(#fff,#12181f)}"
    "body{font:15px/1.5 system-ui,'DejaVu Sans',sans-serif;color:light-dark(#1b2733,#e6edf3)}"
    "body{max-width:70rem;margin:2rem auto}"
    "body{padding:0 1rem}"
    "h1{font-size:1.7rem}h2{font-size:1.2rem;margin-top:2rem}a{color:light-dark(#00527f,#7cc4f5)}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.3rem .6rem;vertical-align:top}"
    "th,td{border-bottom:1px solid light-dark(#d5dde5,#3a4755)}code{overflow-wrap:anywhere}"
)


def page(title: str, body: str, *, status: int = 200) -> HTMLResponse:
    """Make a page.

    :param title: its title, which is escaped.
    :param body: its HTML.
    :param status: HTTP status.
    :returns: the page.
    """
    heading = escape(title)
    text = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{heading}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<style>{_STYLE}</style></head>\n<body><h1>{heading}</h1>\n{body}\n</body></html>\n"
    )
    return HTMLResponse(text, status_code=status)


def link(address: str, label: str) -> str:
    """Return a link.

    :param address: where it leads.
    :param label: what it says.
    :returns: its HTML, both parts escaped.
    """
    return f'<a href="{escape(address)}">{escape(label)}</a>'


def table(headings: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return a table.

    :param headings: headings of the columns, which are escaped.
    :param rows: cells as HTML.
    :returns: its HTML.
    """
    head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>\n" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>"
