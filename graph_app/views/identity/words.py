"""Words for what journals and graphs hold as keys; installations may know keys that this one does not."""

from graph_app.components.escape import escape
from graph_app.components.texts import catalogue, text

__all__ = ["rule_name"]


def rule_name(rule: str) -> str:
    """Return what the screen calls a strict rule, safe as Markdown.

    :param rule: its name.
    """
    key = f"who.rule.{rule}"
    return text(key) if key in catalogue() else escape(rule)
