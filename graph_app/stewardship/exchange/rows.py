"""What is read from a line of a file of decisions: a decision, or why it is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from graph_app.journal.decisions import Decision, Judgement, Way
from graph_app.stewardship.errors import Refused

__all__ = ["MOST_BYTES", "Refusal", "decision_of", "score_of"]

#: Files of more bytes are refused before they are read.
MOST_BYTES = 50_000_000

_IRI = re.compile(r"[^\s<>\"{}|\\^`]+")
_SCORE = re.compile(r"0(\.[0-9]{1,9})?|1(\.0{1,9})?")
_TAKEN = frozenset(Judgement) - {Judgement.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that gives no decision.

    :param line: its number in the file, from 1 on.
    :param why: what is wrong with it, and the repair.
    """

    line: int
    why: Refused


def decision_of(values: Mapping[str, str], base: str) -> Decision:
    """Make a decision of what a line says.

    :param values: ``left``, ``right`` and ``judgement``; perhaps ``score``, ``rule``, ``comment``, and ``reason (en)``
        and ``reason (cs)``, in which a bar separates several.
    :param base: base of all instance IRIs, which is left away.
    :raises Refused: if it says something that no decision says.
    """
    left, right = (_iri(values.get(name, ""), base) for name in ("left", "right"))
    if left == right:
        raise Refused("{iri} stands on both sides. A decision is about two things.", iri=left)
    judged = values.get("judgement", "").strip()
    if judged not in _TAKEN:
        raise Refused(
            "“{judged}” is no judgement. Write {words}.", judged=judged, words=", ".join(sorted(_TAKEN - {"unsure"}))
        )
    return Decision(
        left,
        right,
        Judgement(judged),
        Way.IMPORT,
        score_of(values.get("score", "")),
        _reasons(values),
        values.get("rule", "").strip(),
        values.get("comment", "").strip(),
    )


def score_of(text: str) -> float | None:
    """Read a score.

    :param text: a number from 0 to 1 with a decimal point, or nothing.
    :raises Refused: if it is something else.
    """
    text = text.strip()
    if text and _SCORE.fullmatch(text) is None:
        raise Refused("“{score}” is no score. Write a number from 0 to 1, such as 0.93.", score=text)
    return float(text) if text else None


def _iri(text: str, base: str) -> str:
    iri = text.strip().removeprefix(base)
    if _IRI.fullmatch(iri) is None:
        raise Refused("“{iri}” names nothing. Write an address such as organisation/curated/iom.", iri=text.strip())
    return iri


def _reasons(values: Mapping[str, str]) -> tuple[Mapping[str, str], ...]:
    told = {language: values.get(f"reason ({language})", "").split(" | ") for language in ("en", "cs")}
    number = max(map(len, told.values()))
    reasons = (
        {language: texts[place] for language, texts in told.items() if place < len(texts) and texts[place].strip()}
        for place in range(number)
    )
    return tuple(reason for reason in reasons if reason)
