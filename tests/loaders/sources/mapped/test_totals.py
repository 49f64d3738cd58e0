"""Sums below a list are asked about; projects whose titles begin with such a word are read."""

import pytest

from loaders.sources.mapped.totals import total_column
from loaders.sources.tables import Row

#: Cells of a row with id, title, recipient and amount; and the cell that tells that it is a sum.
ROWS = [
    (("Celkem", "", "", "1 200"), 0),
    (("", "Celkem", "", "1 200"), 1),
    (("", "CELKEM:", "", "1 200"), 1),
    (("Součet (Kč)", "", "", "1 200"), 0),
    (("Total in EUR", "", "", "1,200"), 0),
    (("Summe", "", "", ""), 0),
    (("", "Grand total", "", "12"), 1),
    (("", "Total 12 projects", "", "12"), 1),
    (("Celkem za rok 2020", "", "", "12"), 0),
    (("", "Insgesamt", "", "12"), 1),
    (("", "Σύνολο", "", "12"), 1),
    (("7", "Total", "Club", "12"), 1),
    (("7", "Total inclusion", "Club", "12"), None),
    (("7", "Total inclusion", "", "12"), None),
    (("", "Total inclusion", "Club", "12"), None),
    (("Total", "Solar roofs", "Club", "12"), None),
    (("", "Summer school", "", "12"), None),
    (("", "Sum of us", "Club", "12"), None),
    (("", "Totally different", "", "12"), None),
    (("", "", "", "12"), None),
    (("", "", "", ""), None),
]


@pytest.mark.parametrize(("cells", "column"), ROWS, ids=[" ".join(filter(None, cells)) for cells, _ in ROWS])
def test_a_sum_is_told_from_a_project(cells: tuple[str, ...], column: int | None) -> None:
    assert total_column(Row(5, cells), 1, 0, frozenset()) == column


def test_whoever_says_so_has_a_project_of_that_title() -> None:
    assert total_column(Row(5, ("", "Total", "", "12")), 1, 0, frozenset({"total"})) is None
