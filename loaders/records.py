"""What a source gives: records of cells, each cell with its place, nothing interpreted yet."""

from collections.abc import Mapping
from typing import NamedTuple

__all__ = ["Cell", "Record", "SourceRef"]


class Cell(NamedTuple):
    """One value as the source writes it, with its place; a plain tuple, as there are more of them than of all else.

    :param text: the value, character for character, unless a declared form says how to read it.
    :param column: column letter of a table, or key path of a YAML or XML record.
    :param line: line of a text file, counted from 1; ``None`` where rows say enough.
    :param language: BCP 47 tag of a text in one language, or empty.
    :param source: what the source writes where ``text`` is a declared reading of it, such as ``91.100,16 €`` for
        ``91100.16``; empty where both are the same.
    :param space: identifier space that a reference is of, where that is not the source's own, such as ``iati``.
    """

    text: str
    column: str = ""
    line: int | None = None
    language: str = ""
    source: str = ""
    space: str = ""


class SourceRef(NamedTuple):
    """Where a record stands.

    :param dataset: key of the dataset in ``data/datasets.yaml``, or of a submission.
    :param file: name of the file, without folders.
    :param sha256: hash of the file's bytes, in hexadecimal digits.
    :param sheet: sheet of a workbook, or empty.
    :param row: row of a table, counted from 1 with the header; ``None`` for text files.
    :param line: first line of the record in a text file; ``None`` for tables.
    :param locator: place in the original document, such as ``lines 27-34``.
    """

    dataset: str
    file: str
    sha256: str
    sheet: str = ""
    row: int | None = None
    line: int | None = None
    locator: str = ""


class Record(NamedTuple):
    """One entity as one place of one source describes it.

    :param kind: name of the entity kind in :mod:`loaders.model`, such as ``project``.
    :param key: identity within the source's namespace: one part, or several for a link such as a participation.
    :param source: where the record stands.
    :param fields: field name of :mod:`loaders.model` to its cells, in source order; absent where the source is silent.
    :param space: identifier space that the entity is of, where that is not the source's own: the graph has it already.
    """

    kind: str
    key: tuple[str, ...]
    source: SourceRef
    fields: Mapping[str, tuple[Cell, ...]]
    space: str = ""
