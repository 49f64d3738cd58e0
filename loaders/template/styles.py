"""Fonts and colours of the workbook."""

from openpyxl.styles import Font, PatternFill

__all__ = ["BODY", "EXAMPLE", "HEADING", "HEADING_FILL", "REQUIRED_FILL", "TITLE"]

_INK = "1F2A37"
BODY = Font(name="Calibri", size=11, color=_INK)
EXAMPLE = Font(name="Calibri", size=11, italic=True, color="5F6B7A")
TITLE = Font(name="Calibri", size=18, bold=True, color=_INK)
HEADING = Font(name="Calibri", size=11, bold=True, color="FFFFFF")
HEADING_FILL = PatternFill("solid", fgColor="4B6A88")
REQUIRED_FILL = PatternFill("solid", fgColor="1F4E79")
