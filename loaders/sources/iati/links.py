"""Identifiers and participants of an activity as records."""

from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.keys import record_key
from loaders.mentions import identifier_of
from loaders.records import Cell, Record
from loaders.sources.iati.activity import Activity, OtherIdentifier
from loaders.sources.iati.codes import as_concept, code_of, filled, read_as
from loaders.sources.iati.identity import numbered, said, split_identifier
from loaders.sources.iati.portfolio import Portfolio, located

__all__ = ["identifier_records", "participation_records"]

#: Scheme of the identifiers of activities that IATI itself defines.
_IATI = "IATI"
#: Other identifiers of these types belong to the organisation that reports.
_OF_ORGANISATION = "B"


def identifier_records(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record | Finding]:
    """Yield the activity's own identifier, and the further ones of it and of its reporter.

    :param activity: the activity.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    own = filled(project=project, scheme=read_as(project, _IATI), code=project)
    yield Record("identifier", record_key("identifier", "", own), activity.source, own)
    reporter, described = portfolio.mention(activity.reporting_org, project.text)
    yield from described
    for other in activity.other_identifiers:
        ref = portfolio.reference(other.ref)
        if ref is None:
            continue
        if code_of(other.type).startswith(_OF_ORGANISATION):
            if reporter is None:
                yield finding("iati-identifier-of-nobody", located(other.source, ref), value=ref.text)
                continue
            register, code = split_identifier(ref.text.strip())
            fields = filled(organisation=reporter, scheme=read_as(ref, register), code=read_as(ref, code))
        else:
            fields = filled(project=project, scheme=_register(other), code=read_as(ref, ref.text.strip()))
        yield Record("identifier", record_key("identifier", "", fields), other.source, fields)


def _register(other: OtherIdentifier) -> Cell:
    """Return who gives an identifier of an activity its meaning: its owner, else the kind that IATI has for it."""
    owner = other.owner.ref if other.owner is not None else None
    if owner is not None and identifier_of(owner.text):
        return read_as(owner, "_".join(owner.text.split()))
    return read_as(other.type or other.ref, f"{_IATI}-{code_of(other.type) or 'other'}")


def participation_records(activity: Activity, project: Cell, portfolio: Portfolio) -> Iterator[Record | Finding]:
    """Yield a participation for each participating organisation, after what is new about the organisation.

    :param activity: the activity.
    :param project: cell that refers to it.
    :param portfolio: what was told of the publication.
    """
    keyed = []
    for each in activity.participating_orgs:
        organisation, described = portfolio.mention(each.organisation, project.text)
        yield from described
        if organisation is None:
            yield finding("iati-participant-unnamed", located(each.organisation.source, each.role))
            continue
        fields = filled(
            project=project,
            organisation=organisation,
            role=as_concept(each.role, "roles"),
            source_role=each.role,
            own_project=portfolio.reference(each.activity),
        )
        rest = said(each.activity, each.organisation.name, each.organisation.type)
        keyed.append((record_key("participation", "", fields), rest, (each.organisation.source, fields)))
    for key, (source, fields) in numbered(keyed):
        yield Record("participation", key, source, fields)
