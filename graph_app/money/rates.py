"""Euro reference rates of the European Central Bank, kept with the program: no rate is asked for while it runs."""

import csv
from dataclasses import dataclass
from functools import cache
from io import TextIOWrapper
from typing import NamedTuple
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
from currency_converter import CURRENCY_FILE

__all__ = ["Euros", "Quoted", "in_euros", "quoted"]

Days = npt.NDArray[np.datetime64]
Floats = npt.NDArray[np.float64]

EURO = "EUR"
#: The unit that the euro took over from, one for one.
ECU = "XEU"
#: How long a rate stands where no later one is quoted: over holidays, not after a currency was given up.
_STANDS = np.timedelta64(14, "D")


class Quoted(NamedTuple):
    """What was quoted for a currency.

    :param days: days with a rate, in order.
    :param rates: units of the currency for one euro.
    """

    days: Days
    rates: Floats


@dataclass(frozen=True, slots=True)
class Euros:
    """Sums in euros, each with the rate that made it.

    :param values: sums in euros, NaN where there is no rate.
    :param rates: units of the currency for one euro, NaN where there is no rate.
    :param days: days of the rates, NaT where there is none or none is needed.
    :param reasons: why there is no rate: ``undated``, ``unquoted`` or ``no_rate``; empty where there is one.
    """

    values: Floats
    rates: Floats
    days: Days
    reasons: npt.NDArray[np.str_]

    def of(self, values: Floats, places: npt.NDArray[np.int32]) -> "Euros":
        """Return other sums at the rates of some of these.

        :param values: sums.
        :param places: for each, the place here of what has its currency and day.
        """
        rates = self.rates[places]
        return Euros(values / rates, rates, self.days[places], self.reasons[places])


@cache
def quoted() -> dict[str, Quoted]:
    """Return every currency that was ever quoted, with its rates since 4 January 1999."""
    with ZipFile(CURRENCY_FILE) as archive, archive.open(archive.namelist()[0]) as packed:
        header, *rows = csv.reader(TextIOWrapper(packed, encoding="utf-8"))
    rows.sort(key=lambda row: row[0])
    found = {}
    for place, currency in enumerate(header):
        if place and currency.strip():
            told = [(row[0], row[place]) for row in rows if row[place] not in {"", "N/A"}]
            days = np.array([day for day, _ in told], "datetime64[D]")
            found[currency.strip()] = Quoted(days, np.array([float(rate) for _, rate in told]))
    return found


def in_euros(values: Floats, currencies: npt.NDArray[np.str_], days: Days) -> Euros:
    """Turn sums into euros at the rate of their day, or of the last day before it that has one.

    :param values: sums.
    :param currencies: their ISO 4217 codes.
    :param days: their days, NaT where none is known; euros need none.
    """
    rates = np.full(len(values), np.nan)
    rate_days = np.full(len(values), np.datetime64("NaT"), "datetime64[D]")
    reasons = np.full(len(values), "unquoted", "U8")
    same = np.isin(currencies, (EURO, ECU))
    rates[same] = 1.0
    for currency in np.unique(currencies[~same]).tolist():
        here = np.flatnonzero(currencies == currency)
        if currency not in quoted():
            continue
        told = quoted()[currency]
        undated = np.isnat(days[here])
        place = np.searchsorted(told.days, days[here], side="right") - 1
        before = np.maximum(place, 0)
        stands = ~undated & (place >= 0) & (days[here] - told.days[before] <= _STANDS)
        reasons[here] = np.where(undated, "undated", "no_rate")
        rates[here[stands]] = told.rates[before[stands]]
        rate_days[here[stands]] = told.days[before[stands]]
    reasons[~np.isnan(rates)] = ""
    return Euros(values / rates, rates, rate_days, reasons)
