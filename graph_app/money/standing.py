"""How each amount of a book stands beside the others, whatever is asked of the book: found once a book."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from graph_app.money.book import Book, Bools, Numbers
from graph_app.money.rates import Euros, in_euros
from graph_app.money.wording import rungs

__all__ = ["NO_FUNDING", "UNKNOWN", "Standing", "standing_of"]

#: Rung of an amount without kind, and of one that is no funding.
UNKNOWN, NO_FUNDING = -1, -2
#: Books that are at hand at a time: that of the release before, and that of this one.
_BOOKS = 2


@dataclass(frozen=True, eq=False)
class Standing:
    """What the rule needs to know of each amount.

    :param rung: the place of its kind in the order.
    :param place: the place in the order of what it belongs to: grant, transaction, project.
    :param beside: number of what it stands beside; only one kind of these counts.
    :param period: number of what it belongs to and the period that it is for.
    :param priced: whether its currency is stated.
    :param rates: one unit of each in euros.
    """

    rung: Numbers
    place: Numbers
    beside: Numbers
    period: Numbers
    priced: Bools
    rates: Euros


@lru_cache(maxsize=_BOOKS)
def standing_of(book: Book) -> Standing:
    """Find how the amounts of a book stand.

    :param book: what is stated.
    """
    source = book.amount_source
    places = np.select([book.source_place == "grant", book.source_place == "transaction"], [0, 1], 2)
    # Grants state kinds of amount each for itself, transactions of a project are of kinds together.
    beside = np.where(
        book.source_place[source] == "transaction", len(book.sources) + book.source_project[source], source
    )
    periods = np.char.add(np.char.add(source.astype(str), " "), book.amount_first)
    return Standing(
        rung=_rung(book),
        place=places[source].astype(np.int32),
        beside=beside.astype(np.int32),
        period=np.unique(periods, return_inverse=True)[1].astype(np.int32),
        priced=book.amount_currency != "",
        rates=in_euros(np.ones(len(source)), book.amount_currency, book.amount_day),
    )


def _rung(book: Book) -> Numbers:
    source = book.amount_source
    place = book.source_place[source]
    kind = np.where(place == "transaction", book.source_type[source], book.amount_kind)
    keys, inverse = np.unique(np.char.add(np.char.add(place, " "), kind), return_inverse=True)
    found = []
    for key in keys.tolist():
        at, _, name = key.partition(" ")
        found.append(rungs().get((at, name), NO_FUNDING if name else UNKNOWN))
    return np.array(found, np.int32)[inverse] if found else np.zeros(0, np.int32)
