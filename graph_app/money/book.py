"""All that a release states about money, as arrays: amounts, what they belong to, and facts of projects to sum by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from graph_app.questions.arrays import Arrays

__all__ = ["NONE", "Ask", "Book", "Bools", "Days", "Floats", "Names", "Numbers"]

Numbers = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]
#: Answers one of the queries of ``queries/views`` whole: its name, and parameter to values.
Ask = Callable[[str, Mapping[str, Sequence[str]]], Arrays]
#: Stands for a thing that is not stated.
NONE = -1


class Names:
    """IRIs and words by number, in the order in which they were first met."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._texts: list[str] = []

    def __len__(self) -> int:
        """Count them."""
        return len(self._numbers)

    @property
    def texts(self) -> Sequence[str]:
        """All of them by number."""
        return self._texts

    def numbered(self, answer: Arrays, column: str) -> Numbers:
        """Return the numbers of a column, :data:`NONE` where it has no value; new names are taken in.

        :param answer: rows.
        :param column: a variable of them.
        """
        codes = answer.columns[column]
        known = np.full(len(answer.texts) + 1, NONE, np.int32)
        for code in np.unique(codes[codes >= 0]).tolist():
            known[code] = self._number(answer.texts[code])
        return known[codes]

    def find(self, texts: Sequence[str]) -> Numbers:
        """Return the numbers of those of some texts that are known.

        :param texts: IRIs or words.
        """
        return np.array([self._numbers[text] for text in texts if text in self._numbers], np.int32)

    def _number(self, text: str) -> int:
        number = self._numbers.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
        return number


@dataclass(frozen=True, eq=False)
class Book:
    """What a release states about money.

    Arrays that begin alike have one length; numbers point into the names or arrays of that kind.

    :param release: version of the release.
    :param queries: the queries that it was read with.
    :param projects: projects.
    :param givers: donors of grants, providers of transactions, and funders.
    :param recipients: recipients of grants, and receivers of transactions.
    :param programmes: programmes.
    :param countries: countries.
    :param groups: target groups.
    :param sources: grants, transactions and projects that amounts can belong to.
    :param source_place: ``grant``, ``transaction`` or ``project``.
    :param source_type: name of the type of a transaction, else empty.
    :param amounts: amounts; ``amount_number`` says which one each is.
    :param amount_day: the day of each: its own, else that of its transaction, its budget or the start of its project.
    :param amount_dated: which of these it is: ``stated``, ``transaction``, ``budget``, ``start`` or empty.
    :param amount_first: first day of the period that an amount is for, or empty.
    :param shares: for pairs of project and country, the part of the project's money that goes there; NaN where a
        project has several countries and states no parts.
    :param above: programme to the one that it is part of.
    """

    release: str
    queries: tuple[str, ...]
    projects: Names
    project_start: Days
    project_end: Days
    givers: Names
    recipients: Names
    programmes: Names
    countries: Names
    groups: Names
    sources: Names
    source_place: npt.NDArray[np.str_]
    source_type: npt.NDArray[np.str_]
    source_project: Numbers
    source_giver: Numbers
    source_programme: Numbers
    amounts: Names
    amount_number: Numbers
    amount_source: Numbers
    amount_value: Floats
    amount_currency: npt.NDArray[np.str_]
    amount_kind: npt.NDArray[np.str_]
    amount_regrant: Bools
    amount_revised: Bools
    amount_first: npt.NDArray[np.str_]
    amount_day: Days
    amount_dated: npt.NDArray[np.str_]
    received_source: Numbers
    received_recipient: Numbers
    funded_project: Numbers
    funded_giver: Numbers
    shares_project: Numbers
    shares_country: Numbers
    shares: Floats
    grouped_project: Numbers
    grouped_group: Numbers
    above: Mapping[int, tuple[int, ...]]

    def under(self, programmes: Sequence[str]) -> Numbers:
        """Return the numbers of some programmes and of all that are part of them.

        :param programmes: IRIs.
        """
        found = set(self.programmes.find(programmes).tolist())
        grown = True
        while grown:
            new = {part for part, wholes in self.above.items() if found.intersection(wholes)} - found
            grown = bool(new)
            found |= new
        return np.array(sorted(found), np.int32)
