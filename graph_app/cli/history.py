"""``intgraph history``: which events said what of an entity, by whom, when, and from which cell."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer

from graph_app.cli.console import err, out, plain, write
from graph_app.cli.questions import Language
from graph_app.cli.submissions import Format, acting, said_in

if TYPE_CHECKING:
    from graph_app.journal.events import Event
    from graph_app.stewardship.history import Said
    from graph_app.stewardship.stated import Statement

__all__ = ["command"]


def command(
    iri: Annotated[str, typer.Argument(help="An IRI, or its short form: organisation/curated/iom.")],
    *,
    messages: Annotated[Language, typer.Option("--messages", help="Language of names.")] = Language.EN,
    form: Annotated[Format, typer.Option("--format", "-f", help="How to write it.")] = Format.TABLE,
) -> None:
    """Tell what was published of an entity, replaced and undone: by whom, when, and from which file and cell.

    What several sources tell of is told in one list, with all mentions that are decided to be one.
    """
    with acting(messages) as (settings, actor):
        from graph_app.stewardship.history import history

        told = history(iri, actor, settings)
        if form is Format.JSON:
            write(json.dumps([_as_object(said, messages) for said in told], ensure_ascii=False, indent=2))
        elif told:
            _show(told, messages, settings.base)
        if not told:
            err().print(
                plain(
                    f"No dataset has ever described {iri}. What comes with the program, or follows by rule from what "
                    "others describe, has no history of its own."
                )
            )


def _show(told: "Sequence[Said]", language: str, base: str) -> None:
    from rich.table import Table

    mentions = list(dict.fromkeys(said.entity.removeprefix(base) for said in told))
    if len(mentions) > 1:
        err().print(plain(f"Decided to be one, see `intgraph match decisions`: {', '.join(mentions)}."))
    table = Table("event", "time", "actor", "what", "dataset", "said of it", "place", "source says")
    for column in table.columns[5:]:
        column.overflow = "fold"
    for said in told:
        event = said.event
        first = [str(event.seq), f"{event.time:%Y-%m-%d %H:%M}", event.actor, said.happened.value]
        first.append(said.load.dataset.key)
        rows = [("+", one) for one in said.added] + [("−", one) for one in said.removed]
        told_too = (
            len(mentions) > 1 and f"of {said.entity.removeprefix(base)}",
            _people(said),
            *_taken(said),
            *_edited(said),
            said_in(event),
            said.unknown and f"Not known: {said.unknown}",
        )
        notes = [note for note in told_too if note]
        for sign, one in rows:
            fact = one.fact
            what = f"{sign} {fact.property[language]} {fact.shown[language]}"
            place = one.place.text(language) if one.place else "not known"
            table.add_row(*map(plain, (*first, what, place, one.written)))
            first = [""] * len(first)
        for note in notes or ([] if rows else ["the same as before"]):
            table.add_row(*map(plain, (*first, note, "", "")))
            first = [""] * len(first)
    out().print(table)


def _people(said: "Said") -> str:
    """Say who handed in and approved what was published."""
    from graph_app.journal.events import EventType

    if said.submission is None or said.event.type is not EventType.PUBLISHED:
        return ""
    approved = _approval(said)
    by = f", approved by {approved.actor}" if approved else ""
    word = f" ({said_in(approved)})" if approved and said_in(approved) else ""
    return f"submission {said.submission.id}, handed in by {said.submission.steward}{by}{word}"


def _taken(said: "Said") -> list[str]:
    """Say which names of a table were taken for it."""
    who = said.submission.steward if said.submission else said.event.actor
    return [f"{who} took “{name}” of {said.load.name} for it" for name in said.taken]


def _edited(said: "Said") -> list[str]:
    """Say what was edited in its rows before they were handed in, and by whom."""
    if said.submission is None or not said.submission.originals:
        return []
    edits, files = said.edits, said.submission.originals
    steward = said.submission.steward
    return [
        *(f"{steward} edited {edit.file}, {edit.place}: {edit.old!r} became {edit.new!r}" for edit in edits),
        *(f"{file.name} as it was received is kept: {file.sha256}" for file in files),
    ]


def _approval(said: "Said") -> "Event | None":
    """Return the approval that an event published: a submission may be approved several times in its life."""
    if said.submission is None:
        return None
    wanted = said.event.details.get("approved")
    return next((event for event in said.submission.events if event.hash == wanted), None)


def _as_object(said: "Said", language: str) -> dict[str, Any]:
    event, approved = said.event, _approval(said)
    return {
        "event": event.seq,
        "time": event.time.isoformat(timespec="seconds"),
        "actor": event.actor,
        "happened": said.happened.value,
        "entity": said.entity,
        "said": said_in(event),
        "dataset": said.load.dataset.key,
        "files": [{"name": file.name, "sha256": file.sha256} for file in said.load.files],
        "submission": said.submission.id if said.submission else None,
        "submitted_by": said.submission.steward if said.submission else None,
        "approved_by": approved.actor if approved else None,
        "edited": [asdict(edit) for edit in said.edits],
        "originals": [asdict(file) for file in said.submission.originals] if said.submission else [],
        "added": [_statement(one, language) for one in said.added],
        "removed": [_statement(one, language) for one in said.removed],
        "taken": list(said.taken),
        "unknown": said.unknown,
    }


def _statement(one: "Statement", language: str) -> dict[str, Any]:
    place = one.place
    return {
        "path": one.fact.path,
        "property": one.fact.property[language],
        "value": one.fact.value,
        "shown": one.fact.shown[language],
        "file": place.file if place else None,
        "sheet": place.sheet if place else None,
        "row": place.row if place else None,
        "line": place.line if place else None,
        "column": place.column if place else None,
        "locator": place.locator if place else None,
        "written": one.written,
    }
