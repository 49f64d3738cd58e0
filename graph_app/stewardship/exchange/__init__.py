"""Decisions on who is who as files that installations give each other: CSV, which keeps all of them, and SSSOM."""

from collections.abc import Iterator
from pathlib import Path

from graph_app.journal.decisions import Decision
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.exchange.rows import MOST_BYTES, Refusal
from graph_app.stewardship.exchange.sssom import is_sssom, read_sssom
from graph_app.stewardship.exchange.table import read_table

__all__ = ["read_decisions"]


def read_decisions(path: Path, base: str) -> Iterator[tuple[int, Decision] | Refusal]:
    """Read a file of decisions, in whichever of the two forms it is.

    :param path: the file, in UTF-8.
    :param base: base of all instance IRIs.
    :returns: each decision with the number of its line, or why a line gives none.
    :raises Refused: if the file is too large, no UTF-8, or no such file.
    """
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise Refused(
            "{name} has {size} bytes, more than the {most} that are read.", name=path.name, size=size, most=MOST_BYTES
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused("{name} is not in UTF-8. Save it again in UTF-8.", name=path.name) from error
    return read_sssom(text, base) if is_sssom(text) else read_table(text, base)
