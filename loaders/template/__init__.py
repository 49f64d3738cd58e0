"""The project's own table template: one sheet a kind of entity, made from the record model and the shapes."""

from loaders.template.csv_folder import write_csv_folder
from loaders.template.sheets import SEPARATOR, Column, Sheet, sheets
from loaders.template.workbook import write_workbook

__all__ = ["SEPARATOR", "Column", "Sheet", "sheets", "write_csv_folder", "write_workbook"]
