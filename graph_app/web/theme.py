"""How the pages look: system fonts, so nothing is loaded, and colours that pass WCAG AA, on light and on dark."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["THEME"]

_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
_MONO = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"

# White text stands on the primary colour in both.
_LIGHT = {
    "primaryColor": "#00527F",
    "backgroundColor": "#FFFFFF",
    "secondaryBackgroundColor": "#F2F5F8",
    "textColor": "#1B2733",
    "linkColor": "#00527F",
    "borderColor": "#D5DDE5",
}
_DARK = {
    "primaryColor": "#2A76B0",
    "backgroundColor": "#12181F",
    "secondaryBackgroundColor": "#1D2731",
    "textColor": "#E6EDF3",
    "linkColor": "#7CC4F5",
    "borderColor": "#3A4755",
}

#: Streamlit's theme options. Which of the two sets of colours is shown follows the reader's system.
THEME: Mapping[str, Any] = MappingProxyType(
    {
        "theme.showWidgetBorder": True,
        "theme.baseRadius": "0.375rem",
        "theme.font": _SANS,
        "theme.headingFont": _SANS,
        "theme.codeFont": _MONO,
        "theme.baseFontSize": 15,
        "theme.headingFontSizes": ["1.9rem", "1.35rem", "1.1rem", "1rem", "1rem", "1rem"],
        "theme.headingFontWeights": [650, 600, 600, 600, 600, 600],
        **{f"theme.light.{name}": colour for name, colour in _LIGHT.items()},
        **{f"theme.dark.{name}": colour for name, colour in _DARK.items()},
    }
)
