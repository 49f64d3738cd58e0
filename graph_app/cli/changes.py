"""What a submission will change, as the command line says it: counts, sentences, JSON."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from graph_app.stewardship.changes import Change, Fact
    from graph_app.stewardship.examination import Examination

__all__ = ["change_lines", "changes_as_objects", "counts_line"]

#: Changes that are said each in a sentence, and properties in one sentence; JSON tells all.
_MOST_SENTENCES = 40
_MOST_FACTS = 6


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
