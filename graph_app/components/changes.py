"""What a submission will change, as sentences."""

from collections.abc import Sequence

import streamlit as st

from graph_app.components.escape import escape
from graph_app.components.messages import empty
from graph_app.components.texts import language, text
from graph_app.stewardship.changes import Change, ChangeKind, by_project, class_name, counted

__all__ = ["draw_changes"]

#: Projects that are drawn, parts of one class that are, and up to which they are not folded away.
_SHOWN, _MOST, _OPEN = 60, 200, 5


def draw_changes(changes: Sequence[Change]) -> None:
    """Draw what changes, project by project, with what is added and what is taken away.

    :param changes: the changes; what stays as it is, is not drawn.
    """
    fresh = [change for change in changes if change.kind is not ChangeKind.KEPT]
    if not fresh:
        empty(text("review.no_changes"))
        return
    for kind, numbers in counted(changes).items():
        if numbers:
            total = ", ".join(f"{number} × {class_name(name, language())}" for name, number in numbers.items())
            st.markdown(f"**{text(f'change.{kind}')}**: {escape(total)}")
    code = language()
    groups = by_project(changes)
    for project, parts in groups[:_SHOWN]:
        with st.container(border=True):
            if project is not None:
                st.markdown(_sentence(project, code))
            _draw_parts(parts, code, folded=project is not None and len(parts) > _OPEN)
    if len(groups) > _SHOWN:
        st.caption(text("review.more", count=sum(1 + len(parts) for _, parts in groups[_SHOWN:])))


def _draw_parts(parts: Sequence[Change], code: str, *, folded: bool) -> None:
    """Draw what belongs together: of each class how many there are, and each with what is said of it."""
    classes: dict[str, list[Change]] = {}
    for part in parts:
        classes.setdefault(part.type, []).append(part)
    for name, members in classes.items():
        title = text("review.parts", name=escape(class_name(name, code)), count=len(members))
        with st.expander(title) if folded or len(members) > _OPEN else st.container():
            # One element for all: a browser takes seconds to lay out hundreds.
            st.markdown("\n\n".join(_sentence(member, code) for member in members[:_MOST]))
            if len(members) > _MOST:
                st.caption(text("review.more", count=len(members) - _MOST))


def _sentence(change: Change, code: str) -> str:
    told = text(f"change.{change.kind}")
    lines = [f"{told}: {escape(class_name(change.type, code))} **{escape(change.label[code])}**"]
    for sign, facts in ((":material/add:", change.added), (":material/remove:", change.removed)):
        lines += [f"{sign} {escape(fact.property[code])}: {escape(fact.shown[code])}" for fact in facts]
    return "  \n".join(lines)
