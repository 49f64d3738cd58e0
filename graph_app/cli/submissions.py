"""What the commands on submissions share: who acts, and how a submission and its check are shown."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from graph_app.cli.console import err, plain, told, write
from loaders.findings import LANGUAGES

if TYPE_CHECKING:
    from rich.console import Console

    from graph_app.journal.events import Event
    from graph_app.settings import Settings
    from graph_app.stewardship.actors import Actor
    from graph_app.stewardship.submission import Submission
    from loaders.findings import Finding

__all__ = [
    "Format",
    "acting",
    "as_object",
    "findings_line",
    "said_in",
    "show_findings",
    "show_state",
    "tell",
]

#: More findings than these are counted by rule, with an example each.
_MOST_FINDINGS = 50


class Format(StrEnum):
    """How a submission is written."""

    TABLE = "table"
    JSON = "json"


@contextmanager
def acting(language: str = LANGUAGES[0]) -> Iterator[tuple["Settings", "Actor"]]:
    """Give the settings and who acts; errors become sentences, and the engine that a command opened ends with it.

    :param language: language of the sentences.
    """
    with told(language):
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


def tell(lines: Iterable[str], style: str = "") -> None:
    """Print sentences to standard error.

    :param lines: the sentences.
    :param style: how they look.
    """
    for line in lines:
        err().print(plain(line), style=style)


def show_findings(findings: "Sequence[Finding]", language: str, console: "Console", *, where: str) -> None:
    """Say findings in a line each, or where there are many in a line a rule.

    :param findings: the findings.
    :param language: language of messages.
    :param console: where to.
    :param where: the command that tells all of them.
    """
    from graph_app.cli.findings import lines, summary

    if len(findings) <= _MOST_FINDINGS:
        for line in lines(findings, language):
            console.print(line, soft_wrap=True)
        return
    console.print(summary(findings, language))
    console.print(plain(f"`{where}` tells each of them."), style="dim")


def findings_line(counts: Mapping[str, int]) -> str:
    """Say how many findings a check has.

    :param counts: severity to number.
    """
    blocking = counts.get("violation", 0)
    advice = sum(counts.values()) - blocking
    return f"{blocking} must be repaired, {advice} pieces of advice"
