"""Charts of Altair as all pages draw them: numbers and times in the reader's language, counts with whole ticks."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import altair as alt
import streamlit as st
from babel import Locale

from graph_app.components.texts import language

__all__ = ["LEGEND", "names_axis", "number_axis", "show_chart", "whole_ticks"]

_WINDOW = "windowSize()[0]"
_NAME = 260
#: Names are long, and a telephone is narrow: a legend stands under its chart, in as many columns as there is room for.
LEGEND = alt.Legend(orient="bottom", labelLimit=_NAME, columns=alt.ExprRef(f"max(1, floor({_WINDOW} / 360))"))

#: Days and months of CLDR are counted from Monday and from one, those of Vega from Sunday and from none.
_DAYS = (6, 0, 1, 2, 3, 4, 5)


def show_chart(
    chart: alt.Chart | alt.LayerChart | alt.FacetChart, *, key: str, description: str, pick: str = ""
) -> object:
    """Draw a chart as wide as its place.

    :param chart: a chart of Altair.
    :param key: key of the chart on the page.
    :param description: what it shows, for people who do not see it.
    :param pick: name of the selection in it whose choices draw the page anew, or empty.
    :returns: what Streamlit tells of such choices.
    """
    spoken = chart.configure(locale=_locale(language()))
    if not pick:
        return st.altair_chart(spoken, width="stretch", key=key, alt=description)
    return st.altair_chart(spoken, width="stretch", key=key, alt=description, on_select="rerun", selection_mode=[pick])


def names_axis() -> alt.Axis:
    """Return an axis of names, which leaves most of a narrow screen to the chart."""
    return alt.Axis(labelOverlap=False, labelLimit=alt.ExprRef(f"min({_NAME}, {_WINDOW} * 0.3)"))


def number_axis(values: Iterable[float]) -> alt.Axis:
    """Return an axis that has no ticks between whole numbers where all values are whole.

    :param values: the values along it.
    """
    return alt.Axis(**whole_ticks(values))


def whole_ticks(values: Iterable[float]) -> dict[str, Any]:
    """Return what keeps an axis or a legend from ticks between whole numbers, where all values are whole.

    :param values: the values along it.
    """
    return {"tickMinStep": 1, "format": ",d"} if all(float(value).is_integer() for value in values) else {}


@cache
def _locale(code: str) -> alt.Locale:
    spoken = Locale.parse(code)
    symbols = spoken.number_symbols["latn"]
    days, months = spoken.days["stand-alone"], spoken.months["stand-alone"]
    return alt.Locale(
        number=alt.NumberLocale(
            decimal=symbols["decimal"], thousands=symbols["group"], grouping=[3], currency=["", ""]
        ),
        time=alt.TimeLocale(
            dateTime="%x %X",
            date="%Y-%m-%d",
            time="%H:%M:%S",
            periods=["AM", "PM"],
            days=[days["wide"][day] for day in _DAYS],
            shortDays=[days["abbreviated"][day] for day in _DAYS],
            months=[months["wide"][month] for month in range(1, 13)],
            shortMonths=[months["abbreviated"][month] for month in range(1, 13)],
        ),
    )
