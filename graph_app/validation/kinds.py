"""Findings of one kind told once, with how many there are and where: what is usual need not be read a hundred times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from graph_app.validation.words import word
from loaders.findings import LANGUAGES, SEVERITY_RANK, Finding, Severity

__all__ = ["Kind", "kinds_of"]

#: Places that are named of one kind.
_NAMED = 12


@dataclass(frozen=True, slots=True)
class Kind:
    """Findings of one rule and severity.

    :param severity: how much they matter.
    :param rule: their rule.
    :param findings: at least one, in the order in which they were found.
    """

    severity: Severity
    rule: str
    findings: Sequence[Finding]

    def text(self, language: str = LANGUAGES[0]) -> str:
        """Say what was found; where values differ, of the first.

        :param language: ``en`` or ``cs``.
        """
        return self.findings[0].text(language)

    def places(self, language: str = LANGUAGES[0]) -> str:
        """Say where, rows that follow each other together: ``Projects: B2–B14, B17``.

        :param language: ``en`` or ``cs``.
        """
        rows: dict[tuple[str, str], list[int]] = {}
        others: dict[str, None] = {}
        for found in self.findings:
            place = found.location
            if place is None or place.row is None:
                others[place.text(language) if place else found.focus] = None
            else:
                rows.setdefault((place.sheet or place.file, place.column), []).append(place.row)
        told = [
            f"{sheet}: {span}"
            for (sheet, column), numbers in rows.items()
            for span in _spans(numbers, column, word("row", language), word("rows", language))
        ]
        told += filter(None, others)
        named = _without_repeats(told[:_NAMED])
        if len(told) > _NAMED:
            named += f" {word('further_places', language, count=len(told) - _NAMED)}"
        return named


def kinds_of(findings: Iterable[Finding]) -> list[Kind]:
    """Sort findings by kind.

    :param findings: the findings.
    :returns: the gravest kind first, of one severity the one with the most findings.
    """
    kinds: dict[tuple[Severity, str], list[Finding]] = {}
    for found in findings:
        kinds.setdefault((found.severity, found.rule), []).append(found)
    made = [Kind(severity, rule, members) for (severity, rule), members in kinds.items()]
    return sorted(made, key=lambda kind: (SEVERITY_RANK[kind.severity], -len(kind.findings), kind.rule))


def _spans(numbers: Iterable[int], column: str, one: str, several: str) -> list[str]:
    """Write rows, or cells of a column, those that follow each other as one."""
    ordered = sorted(set(numbers))
    spans = []
    for _, run in groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0]):
        members = [number for _, number in run]
        first, last = members[0], members[-1]
        if column:
            spans.append(f"{column}{first}" if first == last else f"{column}{first}–{column}{last}")
        else:
            spans.append(f"{one} {first}" if first == last else f"{several} {first}–{last}")
    return spans


def _without_repeats(told: Sequence[str]) -> str:
    """Join places, and name a sheet once for all places in it that follow each other."""
    said, before = "", ""
    for one in told:
        sheet, mark, span = one.partition(": ")
        if mark and sheet == before:
            said += f", {span}"
        else:
            said += f"; {one}" if said else one
        before = sheet if mark else ""
    return said
