"""Letters of columns are those of spreadsheet programs."""

from openpyxl.utils import column_index_from_string, get_column_letter

from loaders.letters import column_index, column_letter


def test_letters_are_those_of_workbooks() -> None:
    for index in range(18_278):
        letter = column_letter(index)
        assert letter == get_column_letter(index + 1)
        assert column_index(letter) == index == column_index_from_string(letter) - 1
