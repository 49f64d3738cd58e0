"""Coverage: which share of the projects of each dataset states which facts, and how that changed with releases."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import groupby

import pandas as pd
import streamlit as st

from graph_app.components.choices import choose_value
from graph_app.components.coverage import draw_coverage, draw_trend, name_of
from graph_app.components.downloads import as_csv, download
from graph_app.components.links import fallback_label
from graph_app.components.texts import number, percent, text
from graph_app.questions.coverage import FACTS, Share, shares
from graph_app.releases.coverage import PROJECTS, Stated, coverage_history
from graph_app.views.reading import answer, ask, references, settings

__all__ = ["show_coverage"]

#: What is followed over time where nothing is chosen; more lines than colours nobody can tell apart.
_USUAL = ("country", "period", "donor", "amount", "target group", "theme")


def show_coverage() -> None:
    """Draw the coverage of all projects, that of each dataset, and its trend."""
    by_dataset = _by_dataset()
    names = {iri: one.label for iri, one in references(by_dataset).items()}
    stated = shares(ask)
    st.subheader(text("coverage.all"), anchor=False)
    draw_coverage(list(stated.values()))
    if by_dataset:
        st.subheader(text("coverage.by_dataset"), anchor=False)
        st.caption(text("coverage.by_dataset_note"))
        _draw_datasets(by_dataset, names)
    if not settings().store:  # of a remote engine's releases nothing is noted here
        st.subheader(text("coverage.trend"), anchor=False)
        _draw_trend(coverage_history(settings()), names)


def _by_dataset() -> Mapping[str, Mapping[str, Share]]:
    """Return the share of each fact in each dataset."""
    counts: dict[str, dict[str, int]] = {}
    for row in answer("coverage"):
        counts.setdefault(row["dataset"].value, {})[row["fact"].value] = int(row["projects"].value)
    return {
        dataset: {fact: Share(fact, told.get(fact, 0), told[PROJECTS]) for fact in FACTS}
        for dataset, told in counts.items()
    }


def _draw_datasets(by_dataset: Mapping[str, Mapping[str, Share]], names: Mapping[str, str]) -> None:
    fact, projects = text("column.fact"), text("coverage.projects")
    often = Counter(names[dataset] for dataset in by_dataset)
    told = {
        # Datasets may share a title; a column each needs a heading of its own.
        names[dataset] if often[names[dataset]] == 1 else f"{names[dataset]} ({fallback_label(dataset)})": found
        for dataset, found in by_dataset.items()
    }
    frame = pd.DataFrame(
        {fact: [projects, *map(name_of, FACTS)]}
        | {
            name: [number(found[next(iter(FACTS))].of), *(percent(one.share) for one in found.values())]
            for name, found in told.items()
        }
    )
    st.dataframe(
        frame,
        hide_index=True,
        width="stretch",
        height="content",
        column_config={fact: st.column_config.TextColumn(fact, pinned=True, width=190)},
        alt=text("coverage.by_dataset"),
    )
    rows = [[dataset, *one] for dataset, found in by_dataset.items() for one in found.values()]
    download("CSV", as_csv(("dataset", "fact", "stated", "of"), rows), "coverage.csv", "text/csv")


def _draw_trend(history: tuple[Stated, ...], names: Mapping[str, str]) -> None:
    if len({one.release for one in history}) < 2:
        st.caption(text("coverage.unchanged"))
        return
    datasets = [dataset for dataset in dict.fromkeys(one.dataset for one in history) if dataset]
    with st.container(horizontal=True):
        dataset = choose_value("dataset", text("column.dataset"), datasets, words=lambda iri: names.get(iri, iri))
        facts = st.multiselect(
            text("column.fact"), list(FACTS), _USUAL, format_func=name_of, max_selections=len(_USUAL), key="trend facts"
        )
    told = [one for one in history if one.dataset == dataset]
    points = [point for point in _points(told) if point[2].fact in facts]
    if points:
        draw_trend(points, key="coverage trend", description=text("coverage.trend"))
    rows = [[created.isoformat(), release, *found] for created, release, found in _points(told)]
    columns = ("created", "release", "fact", "stated", "of")
    download("CSV", as_csv(columns, rows), "coverage-trend.csv", "text/csv")


def _points(history: list[Stated]) -> Iterator[tuple[datetime, str, Share]]:
    """Yield the shares of all facts at each release that changed any of them."""
    counts: dict[str, int] = {}
    for (created, release), changes in groupby(history, key=lambda one: (one.created, one.release)):
        counts |= {one.fact: one.projects for one in changes}
        for fact in FACTS:
            yield created, release, Share(fact, counts.get(fact, 0), counts.get(PROJECTS, 0))
