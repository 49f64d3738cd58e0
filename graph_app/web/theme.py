"""How the pages look: system fonts, so nothing is loaded, and colours that pass WCAG AA on white."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

__all__ = ["THEME"]

_SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', Arial, sans-serif"
_MONO = "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace"

#: Streamlit's theme options.
THEME: Mapping[str, Any] = MappingProxyType(
    {
        "theme.base": "light",
        "theme.primaryColor": "#00527F",
        "theme.backgroundColor": "#FFFFFF",
        "theme.secondaryBackgroundColor": "#F2F5F8",
        "theme.textColor": "#1B2733",
        "theme.linkColor": "#00527F",
        "theme.borderColor": "#D5DDE5",
        "theme.showWidgetBorder": True,
        "theme.baseRadius": "0.375rem",
        "theme.font": _SANS,
        "theme.headingFont": _SANS,
        "theme.codeFont": _MONO,
        "theme.baseFontSize": 15,
        "theme.headingFontSizes": ["1.9rem", "1.35rem", "1.1rem", "1rem", "1rem", "1rem"],
        "theme.headingFontWeights": [650, 600, 600, 600, 600, 600],
    }
)
