"""An ``iati-activity`` element to an activity, as IATI 2.01 to 2.03 write it, and 1.0x where it means the same."""

from lxml.etree import _Element as Element

from loaders.records import SourceRef
from loaders.sources.iati.activity import (
    Activity,
    ActivityDate,
    Allocation,
    Budget,
    Classification,
    Location,
    OrganisationMention,
    OtherIdentifier,
    ParticipatingOrg,
    RelatedActivity,
    Transaction,
)
from loaders.sources.iati.reading import Reading
from loaders.sources.iati.taken import left_out

__all__ = ["read_activity"]

_CLASSES = ("sector", "tag", "policy-marker", "humanitarian-scope")


def read_activity(element: Element, source: SourceRef, reading: Reading) -> Activity:
    """Read an activity.

    :param element: the element, complete.
    :param source: where it begins.
    :param reading: what reads its parts, and holds the findings afterwards.
    """
    each, attribute = reading.children, reading.attribute
    return Activity(
        source=source,
        identifier=reading.text(reading.child(element, "iati-identifier")),
        language=reading.language,
        currency=attribute(element, "default-currency"),
        reporting_org=reading.organisation(reading.child(element, "reporting-org")),
        titles=tuple(cell for title in each(element, "title") for cell in reading.texts(title)),
        descriptions=tuple(texts for one in each(element, "description") if (texts := reading.texts(one))),
        participating_orgs=tuple(_participant(one, reading) for one in each(element, "participating-org")),
        other_identifiers=tuple(
            found for one in each(element, "other-identifier") if (found := _identifier(one, reading)) is not None
        ),
        dates=tuple(
            ActivityDate(date=day, type=attribute(one, "type"))
            for one in each(element, "activity-date")
            if (day := attribute(one, "iso-date")) is not None
        ),
        status=attribute(reading.child(element, "activity-status"), "code"),
        humanitarian=attribute(element, "humanitarian"),
        allocations=_allocations(element, reading),
        locations=tuple(_location(one, reading) for one in each(element, "location")),
        classifications=tuple(_classification(one, reading) for one in each(element, *_CLASSES)),
        related=tuple(
            RelatedActivity(ref=ref, type=attribute(one, "type"))
            for one in each(element, "related-activity")
            if (ref := attribute(one, "ref")) is not None
        ),
        websites=tuple(cell for one in each(element, "activity-website") if (cell := reading.text(one)) is not None),
        budgets=tuple(_budget(one, reading) for one in each(element, "budget")),
        transactions=tuple(_transaction(one, reading) for one in each(element, "transaction")),
        contacts=len(each(element, "contact-info")),
        left_out=left_out(element),
    )


def _participant(element: Element, reading: Reading) -> ParticipatingOrg:
    return ParticipatingOrg(
        organisation=reading.organisation(element) or OrganisationMention(source=reading.place(element)),
        role=reading.attribute(element, "role"),
        activity=reading.attribute(element, "activity-id"),
    )


def _identifier(element: Element, reading: Reading) -> OtherIdentifier | None:
    """Return a further identifier; IATI 1.0x has it as text and its owner in attributes."""
    ref = reading.attribute(element, "ref") or reading.text(element)
    owner = reading.organisation(reading.child(element, "owner-org"))
    earlier = reading.attribute(element, "owner-ref")
    if owner is None and earlier is not None:
        owner = OrganisationMention(source=reading.place(element), ref=earlier)
    if ref is None:
        return None
    return OtherIdentifier(source=reading.place(element), ref=ref, type=reading.attribute(element, "type"), owner=owner)


def _allocations(element: Element, reading: Reading) -> tuple[Allocation, ...]:
    return tuple(
        Allocation(
            source=reading.place(each),
            country=reading.attribute(each, "code") if each.tag == "recipient-country" else None,
            region=reading.attribute(each, "code") if each.tag == "recipient-region" else None,
            vocabulary=reading.attribute(each, "vocabulary") if each.tag == "recipient-region" else None,
            name=reading.texts(each),
            percentage=reading.attribute(each, "percentage"),
        )
        for each in reading.children(element, "recipient-country", "recipient-region")
    )


def _classification(element: Element, reading: Reading) -> Classification:
    kind = str(element.tag)
    return Classification(
        source=reading.place(element),
        kind=kind,
        code=reading.attribute(element, "code"),
        vocabulary=reading.attribute(element, "vocabulary"),
        name=reading.texts(element),
        percentage=reading.attribute(element, "percentage") if kind == "sector" else None,
        significance=reading.attribute(element, "significance") if kind == "policy-marker" else None,
        type=reading.attribute(element, "type") if kind == "humanitarian-scope" else None,
    )


def _location(element: Element, reading: Reading) -> Location:
    gazetteer = reading.child(element, "location-id")
    return Location(
        source=reading.place(element),
        name=reading.texts(reading.child(element, "name")),
        code=reading.attribute(gazetteer, "code"),
        vocabulary=reading.attribute(gazetteer, "vocabulary"),
    )


def _budget(element: Element, reading: Reading) -> Budget:
    value = reading.child(element, "value")
    return Budget(
        source=reading.place(element),
        value=reading.text(value),
        currency=reading.attribute(value, "currency"),
        value_date=reading.attribute(value, "value-date"),
        start=reading.attribute(reading.child(element, "period-start"), "iso-date"),
        end=reading.attribute(reading.child(element, "period-end"), "iso-date"),
        type=reading.attribute(element, "type"),
        status=reading.attribute(element, "status"),
    )


def _transaction(element: Element, reading: Reading) -> Transaction:
    value = reading.child(element, "value")
    provider, receiver = reading.child(element, "provider-org"), reading.child(element, "receiver-org")
    return Transaction(
        source=reading.place(element),
        type=reading.attribute(reading.child(element, "transaction-type"), "code"),
        date=reading.attribute(reading.child(element, "transaction-date"), "iso-date"),
        value=reading.text(value),
        currency=reading.attribute(value, "currency"),
        value_date=reading.attribute(value, "value-date"),
        provider=reading.organisation(provider),
        receiver=reading.organisation(receiver),
        provider_activity=reading.attribute(provider, "provider-activity-id"),
        receiver_activity=reading.attribute(receiver, "receiver-activity-id"),
        number=reading.attribute(element, "ref"),
        description=reading.texts(reading.child(element, "description")),
        allocations=_allocations(element, reading),
        sectors=tuple(_classification(each, reading) for each in reading.children(element, "sector")),
    )
