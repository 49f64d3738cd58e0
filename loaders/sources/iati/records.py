"""An IATI activity to the records of a project: the same from tables and from XML."""

from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.mentions import identifier_of
from loaders.normalise.countries import country_code
from loaders.records import Cell, Record, SourceRef
from loaders.sources.iati.activity import Activity
from loaders.sources.iati.classes import (
    allocation_records,
    classification_records,
    place_records,
    stated_allocations,
)
from loaders.sources.iati.codes import (
    DATES,
    RELATIONS,
    as_concept,
    as_country,
    as_day,
    code_of,
    filled,
    is_day,
    read_as,
)
from loaders.sources.iati.links import identifier_records, participation_records
from loaders.sources.iati.money import budget_records, transaction_records
from loaders.sources.iati.portfolio import Portfolio, located

__all__ = ["activity_records"]

_Fields = dict[str, tuple[Cell, ...]]


def activity_records(activity: Activity, portfolio: Portfolio) -> Iterator[Record | Finding]:
    """Yield the records of an activity: its project and whatever else it states.

    :param activity: the activity; without an identifier, or with one that came before, nothing of it is taken.
    :param portfolio: what was told of the publication; one for all activities that are read together.
    """
    stated = activity.identifier
    if stated is None or not identifier_of(stated.text):
        yield finding("iati-activity-without-identifier", located(activity.source, stated))
        return
    project = read_as(stated, identifier_of(stated.text))
    first = portfolio.activities.setdefault(project.text, activity.source)
    if first is not activity.source:
        yield finding("iati-activity-twice", located(activity.source, stated), value=project.text, first=located(first))
        return
    portfolio.leave_out(activity.left_out)
    if activity.contacts:
        yield finding("iati-contacts-dropped", located(activity.source), number=activity.contacts)
    yield from _project(activity, project, portfolio)
    yield from identifier_records(activity, project, portfolio)
    yield from participation_records(activity, project, portfolio)
    yield from allocation_records(activity, project, portfolio)
    yield from classification_records(activity, project, portfolio)
    yield from budget_records(activity, project)
    yield from transaction_records(activity, project, portfolio)
    portfolio.end_activity()


def _project(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record | Finding]:
    reporter, described = portfolio.mention(activity.reporting_org, project.text)
    yield from described
    places, new_places = place_records(activity, project, portfolio)
    yield from new_places
    countries = {
        code.text: code
        for each in stated_allocations(activity)
        # What is no country is said once, where its share stands.
        if (code := as_country(each.country)) is not None and country_code(code.text) is not None
    }
    fields = filled(
        title=activity.titles,
        status=as_concept(activity.status, "project-statuses"),
        humanitarian=activity.humanitarian,
        country=tuple(countries.values()),
        reporting_organisation=reporter,
        place=places,
        website=activity.websites,
    )
    yield from _dates(activity, fields)
    apart = [*_descriptions(activity, fields)]
    for related in activity.related:
        name = RELATIONS.get(code_of(related.type), "")
        if not name:
            cell = related.type or related.ref
            yield finding("iati-relation-unknown", located(related.source or activity.source, cell), value=cell.text)
        if related.source is not None:
            apart.append((related.source, {name or "related": (related.ref,)}))
        else:
            _add(fields, name or "related", related.ref)
    yield Record("project", (project.text,), activity.source, fields)
    for source, further in apart:
        yield Record("project", (project.text,), source, further)


def _descriptions(activity: Activity, fields: _Fields) -> Iterator[tuple[SourceRef, _Fields]]:
    """Fill in the description, and yield those that come in a language for the second time: they need a record each."""
    for texts in activity.descriptions:
        taken = {cell.language for cell in fields.get("description", ())}
        if taken.isdisjoint(cell.language for cell in texts):
            _add(fields, "description", *texts)
        else:
            yield activity.source, {"description": texts}


def _add(fields: _Fields, name: str, *cells: Cell) -> None:
    fields[name] = (*fields.get(name, ()), *cells)


def _dates(activity: Activity, fields: _Fields) -> Iterator[Finding]:
    for date in activity.dates:
        name = DATES.get(code_of(date.type, "dates"), "")
        if name:
            _add(fields, name, as_day(date.date) or date.date)
        else:
            cell = date.type or date.date
            yield finding("iati-date-unknown", located(activity.source, cell), value=cell.text)
    for end in ("start", "end"):
        known = [cell for name in (f"actual_{end}", f"planned_{end}") for cell in fields.get(name, ()) if is_day(cell)]
        if known:
            fields[end] = (known[0],)
