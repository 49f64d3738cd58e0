"""Review: what was handed in, what each will change, and the decision."""

import streamlit as st

from graph_app.components.changes import draw_changes
from graph_app.components.escape import escape
from graph_app.components.findings import draw_findings
from graph_app.components.header import header
from graph_app.components.messages import empty, refusal
from graph_app.components.texts import text
from graph_app.stewardship.actors import Actor
from graph_app.stewardship.permissions import Command, may
from graph_app.stewardship.publication import publish, rebase, revert
from graph_app.stewardship.releasing import make_release
from graph_app.stewardship.review import Looked, approve, look_at, queue, reject
from graph_app.stewardship.states import State
from graph_app.stewardship.submission import Submission
from graph_app.views.acting import attempt, page_actor, say_done, say_nobody, say_who
from graph_app.views.reading import release, settings

__all__ = ["show"]

_EDITS = 200


def show() -> None:
    """Draw the page."""
    header(text("page.review"), text("review.intro"))
    say_done()
    actor = page_actor()
    if actor is None:
        say_nobody()
        return
    say_who(actor)
    if not may(actor, Command.REVIEW, None, settings()):
        empty(text("review.not_allowed"))
        return
    found = {one.id: one for one in queue(actor, settings())}
    if not found:
        empty(text("review.nothing"))
        return
    chosen = st.selectbox(text("review.choose"), list(found), format_func=lambda ident: _named(found[ident]))
    if chosen is not None:
        _draw(found[chosen], actor)


def _named(submission: Submission) -> str:
    last = submission.events[-1]
    state = text(f"state.{submission.state}")
    return f"{submission.load.name} · {state} · {submission.steward} · {last.time:%Y-%m-%d %H:%M}"


def _draw(submission: Submission, actor: Actor) -> None:
    with st.spinner(text("entries.checking")):
        looked = _looked(submission.id, submission.events[-1].hash, release().version, actor)
    _decide(submission, looked, actor)
    check = looked.examination
    names = ["review.changes", "review.findings", "review.history"] if check else ["review.history"]
    for name, tab in zip(names, st.tabs([text(name) for name in names]), strict=True):
        with tab:
            if name == "review.history":
                _history(submission)
            elif check and name == "review.changes":
                draw_changes(check.changes)
            elif check and check.findings:
                draw_findings(check.findings, name="findings")
            else:
                empty(text("review.no_findings"))


@st.cache_resource(max_entries=20, show_spinner=False)
def _looked(ident: str, last: str, version: str, _actor: Actor) -> Looked:
    """Return what there is to see of a submission after its last event, with the release that is current."""
    del last, version  # the same question has another answer after the next event or release
    return look_at(ident, _actor, settings())


def _decide(submission: Submission, looked: Looked, actor: Actor) -> None:
    """Draw what this person may do with the submission as it stands."""
    for reason in looked.moved:
        st.warning(refusal(reason), icon=":material/sync_problem:")
    wanted = {
        State.SUBMITTED: (Command.APPROVE, Command.REJECT),
        State.APPROVED: (Command.PUBLISH, Command.REJECT),
        State.PUBLISHED: (Command.REVERT,),
    }.get(submission.state, ())
    commands = [*wanted, *([Command.REBASE] if looked.moved and wanted else [])]
    allowed = [command for command in commands if may(actor, command, submission, settings())]
    if commands and not allowed:
        st.info(text("review.others_decide"), icon=":material/group:")
    if not allowed:
        return
    said = st.text_input(text("review.said"), key=f"said {submission.id} {submission.state}", max_chars=500)
    with st.container(horizontal=True):
        for command in allowed:
            silent = command in {Command.REJECT, Command.REVERT} and not said.strip()
            label, hint = text(f"review.{command}"), text("review.say_why") if silent else None
            if st.button(label, key=f"{command} {submission.id}", disabled=silent, help=hint):
                _do(command, submission.id, actor, said)


def _do(command: Command, ident: str, actor: Actor, said: str) -> None:
    def work() -> None:
        match command:
            case Command.APPROVE:
                approve(ident, actor, settings(), comment=said)
            case Command.REJECT:
                reject(ident, actor, settings(), reason=said)
            case Command.REBASE:
                rebase(ident, actor, settings())
            case Command.PUBLISH:
                publish(ident, actor, settings())
                make_release(settings())
            case Command.REVERT:
                revert(ident, actor, settings(), reason=said)
                make_release(settings())

    attempt(work, text("review.working"), text(f"review.{command}.done"))


def _history(submission: Submission) -> None:
    if submission.follows:
        st.markdown(text("review.follows", ident=submission.follows))
    for event in submission.events:
        said = str(event.details.get("reason") or event.details.get("comment") or "")
        when = f"{event.time:%Y-%m-%d %H:%M:%S}"
        st.markdown(f"**{text(f'event.{event.type}')}** · {escape(event.actor)} · {when}  \n{escape(said)}")
    if submission.edits:
        st.markdown(text("review.edited", count=len(submission.edits), name=escape(submission.steward)))
        for edit in submission.edits[:_EDITS]:
            st.markdown(f"{escape(edit.place)}: ~~{escape(edit.old)}~~ → {escape(edit.new)}")
    for file in submission.originals:
        st.caption(text("review.original", file=escape(file.name), sha256=file.sha256))
    files = ", ".join(file.name for file in submission.load.files)
    st.caption(text("review.files", files=escape(files), dataset=escape(submission.load.dataset.key)))
