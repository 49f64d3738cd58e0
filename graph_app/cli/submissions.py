"""What the commands on submissions share: who acts, and how a submission, its check and its changes are shown."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from graph_app.cli.console import err, plain, told, write

if TYPE_CHECKING:
    from graph_app.journal.events import Event
    from graph_app.settings import Settings
    from graph_app.stewardship.actors import Actor
    from graph_app.stewardship.changes import Change, Fact
    from graph_app.stewardship.examination import Examination
    from graph_app.stewardship.submission import Submission

__all__ = [
    "Format",
    "acting",
    "as_object",
    "change_lines",
    "changes_as_objects",
    "counts_line",
    "findings_line",
    "said_in",
    "show_state",
    "tell",
]

#: Changes that are said each in a sentence; JSON tells all.
_MOST_SENTENCES = 40
_MOST_FACTS = 6


class Format(StrEnum):
    """How a submission is written."""

    TABLE = "table"
    JSON = "json"


@contextmanager
def acting() -> Iterator[tuple["Settings", "Actor"]]:
    """Give the settings and who acts; errors become sentences, and the engine that a command opened ends with it."""
    with told():
        from graph_app.questions.current import current_engine
        from graph_app.settings import load_settings
        from graph_app.stewardship.actors import current_actor

        settings = load_settings()
        try:
            yield settings, current_actor(settings)
        finally:
            current_engine(replace(settings, store="")).close()


def show_state(submission: "Submission", form: Format) -> None:
    """Write a submission to standard output: its id and state, or all that is known of it.

    :param submission: the submission.
    :param form: how.
    """
    if form is Format.JSON:
        write(json.dumps(as_object(submission), ensure_ascii=False, indent=2))
    else:
        write(f"{submission.id} {submission.state.value}")


def as_object(submission: "Submission") -> dict[str, Any]:
    """Return a submission as JSON holds it.

    :param submission: the submission.
    """
    load = submission.load
    check = submission.validation.details if submission.validation else {}
    return {
        "id": submission.id,
        "state": submission.state.value,
        "steward": submission.steward,
        "dataset": load.dataset.key,
        "replaces": submission.replaces,
        "name": load.name,
        "files": [asdict(file) for file in load.files],
        "checked": {"findings": check["findings"], "release": check["release"]} if check else None,
        "events": [_event(event) for event in submission.events],
    }


def said_in(event: "Event") -> str:
    """Return what somebody wrote with an event: a comment or a reason.

    :param event: the event.
    """
    return str(event.details.get("reason") or event.details.get("comment") or "")


def _event(event: "Event") -> dict[str, Any]:
    return {
        "seq": event.seq,
        "time": event.time.isoformat(timespec="seconds"),
        "actor": event.actor,
        "type": event.type.value,
        "said": said_in(event),
    }


def changes_as_objects(changes: "Iterable[Change]", language: str) -> list[dict[str, Any]]:
    """Return changes as JSON holds them, without entities that stay as they are.

    :param changes: the changes.
    :param language: language of names.
    """
    return [
        {
            "kind": change.kind.value,
            "iri": change.iri,
            "type": change.type,
            "label": change.label[language],
            "added": [_fact(fact, language) for fact in change.added],
            "removed": [_fact(fact, language) for fact in change.removed],
        }
        for change in changes
        if change.kind.value != "kept"
    ]


def _fact(fact: "Fact", language: str) -> dict[str, str]:
    return {
        "path": fact.path,
        "property": fact.property[language],
        "value": fact.value,
        "shown": fact.shown[language],
    }


def counts_line(examination: "Examination") -> str:
    """Say in a line what a submission will change.

    :param examination: its check.
    """
    from graph_app.stewardship.changes import ChangeKind, counted

    said = []
    for kind, numbers in counted(examination.changes).items():
        if numbers and kind is not ChangeKind.KEPT:
            said.append(f"{kind.value} " + ", ".join(f"{number:,} {name}" for name, number in numbers.items()))
        elif numbers:
            said.append(f"{sum(numbers.values()):,} entities as they are")
    return f"What it changes: {'; '.join(said) or 'nothing'}."


def change_lines(changes: "Sequence[Change]", language: str) -> Iterator[str]:
    """Say changes in a sentence each, the first of them where there are many.

    :param changes: the changes.
    :param language: language of names.
    """
    shown = [change for change in changes if change.kind.value != "kept"]
    for change in shown[:_MOST_SENTENCES]:
        yield _sentence(change, language)
    if len(shown) > _MOST_SENTENCES:
        yield f"And {len(shown) - _MOST_SENTENCES:,} more; `--format json` tells all."


def _sentence(change: "Change", language: str) -> str:
    what = f"{change.type} “{change.label[language]}”"
    if change.kind.value == "retired":
        return f"Takes away {what}: nothing else describes it."
    if change.kind.value == "added":
        return f"Adds {what}: {_facts(change.added, language)}."
    said = [f"says {_facts(change.added, language)}"] if change.added else []
    said += [f"no longer says {_facts(change.removed, language)}"] if change.removed else []
    return f"Changes {what}: {'; '.join(said)}."


def _facts(facts: "Sequence[Fact]", language: str) -> str:
    grouped: dict[str, list[str]] = {}
    for fact in facts:
        grouped.setdefault(fact.property[language], []).append(f"“{fact.shown[language]}”")
    said = [f"{name} {' and '.join(values)}" for name, values in grouped.items()]
    more = [f"and {len(said) - _MOST_FACTS} more properties"] if len(said) > _MOST_FACTS else []
    return ", ".join(said[:_MOST_FACTS] + more) or "nothing more"


def tell(lines: Iterable[str], style: str = "") -> None:
    """Print sentences to standard error.

    :param lines: the sentences.
    :param style: how they look.
    """
    for line in lines:
        err().print(plain(line), style=style)


def findings_line(counts: Mapping[str, int]) -> str:
    """Say how many findings a check has.

    :param counts: severity to number.
    """
    blocking = counts.get("violation", 0)
    advice = sum(counts.values()) - blocking
    return f"{blocking} must be repaired, {advice} pieces of advice"
