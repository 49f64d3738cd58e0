"""The rows of one activity, from all tables, to the activity."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from loaders.errors import ValueFault
from loaders.normalise.languages import language_code
from loaders.sources.iati.activity import (
    Activity,
    ActivityDate,
    Allocation,
    Budget,
    Classification,
    Location,
    OrganisationMention,
    ParticipatingOrg,
    RelatedActivity,
    Transaction,
)
from loaders.sources.iati_tables.elements import Element

__all__ = ["OF_THE_ACTIVITY", "build_activity"]

#: Elements of the activity as a whole, which stand in its own row.
OF_THE_ACTIVITY = frozenset(
    {
        "activity",
        "title",
        "description",
        "reporting_org",
        "activity_date",
        "planned_start",
        "actual_start",
        "planned_end",
        "actual_end",
    }
)

_KINDS = ("sector", "tag", "policy_marker", "humanitarian_scope")
#: Tag of a text whose language nobody says.
_UNDETERMINED = "und"

_Made = TypeVar("_Made")


def build_activity(elements: Iterable[Element], language: str, contacts: int) -> Activity:
    """Put an activity together.

    :param elements: its elements, that with its identifier first.
    :param language: BCP 47 tag of texts for which neither heading nor activity names a language, or empty.
    :param contacts: number of its contacts.
    :returns: the activity; what a row says beside its identifier is there once for each element.
    """
    named: defaultdict[str, list[Element]] = defaultdict(list)
    for element in elements:
        named[element.name].append(element)
    own = named["activity"][0]
    default = _language(own) or language
    texts = default or _UNDETERMINED

    def each(name: str, make: Callable[[Element, str], _Made | None]) -> tuple[_Made, ...]:
        return tuple(made for element in named[name] if (made := make(element, texts)) is not None)

    reporters = each("reporting_org", Element.organisation)
    return Activity(
        source=own.source,
        identifier=own.one("identifier"),
        language=default,
        currency=own.one("currency"),
        reporting_org=reporters[0] if reporters else None,
        titles=tuple(cell for title in named["title"] for cell in title.texts(texts)),
        descriptions=tuple(filter(None, (element.texts(texts) for element in named["description"]))),
        participating_orgs=each("participating_org", _participating),
        dates=each("activity_date", _date),
        status=own.one("status"),
        humanitarian=own.one("humanitarian"),
        allocations=each("recipient_country", _country) + each("recipient_region", _region),
        locations=each("location", _location),
        classifications=_classifications(named, texts),
        related=tuple(_related(element, own) for element in named["related_activity"] if "ref" in element.cells),
        budgets=each("budget", _budget),
        transactions=each("transaction", _transaction),
        contacts=contacts,
    )


def _language(own: Element) -> str:
    cell = own.one("language")
    try:
        return language_code(cell.text) if cell is not None else ""
    except ValueFault:
        return ""


def _classifications(named: dict[str, list[Element]], language: str) -> tuple[Classification, ...]:
    return tuple(
        Classification(
            source=element.source,
            kind=kind.replace("_", "-"),
            code=element.one("code"),
            vocabulary=element.one("vocabulary"),
            name=element.texts(language),
            percentage=element.one("percentage"),
            significance=element.one("significance"),
            type=element.one("type"),
        )
        for kind in _KINDS
        for element in named[kind]
    )


def _participating(element: Element, language: str) -> ParticipatingOrg:
    mention = element.organisation(language) or OrganisationMention(source=element.source, type=element.one("type"))
    return ParticipatingOrg(organisation=mention, role=element.one("role"), activity=element.one("activity"))


def _date(element: Element, _language: str) -> ActivityDate | None:
    date = element.one("date")
    return ActivityDate(date=date, type=element.one("type")) if date is not None else None


def _country(element: Element, language: str) -> Allocation:
    # A name finds its country as well as a code does.
    name = element.texts(language)
    code = element.one("code") or (name[0] if name else None)
    return Allocation(source=element.source, country=code, name=name, percentage=element.one("percentage"))


def _region(element: Element, language: str) -> Allocation:
    name = element.texts(language)
    return Allocation(
        source=element.source,
        region=element.one("code") or (name[0] if name else None),
        vocabulary=element.one("vocabulary"),
        name=name,
        percentage=element.one("percentage"),
    )


def _location(element: Element, language: str) -> Location:
    code, vocabulary = element.one("code"), element.one("vocabulary")
    return Location(source=element.source, name=element.texts(language), code=code, vocabulary=vocabulary)


def _related(element: Element, own: Element) -> RelatedActivity:
    (ref,) = element.cells["ref"]
    source = element.source if element.source != own.source else None
    return RelatedActivity(ref=ref, type=element.one("type"), source=source)


def _budget(element: Element, _language: str) -> Budget:
    return Budget(
        source=element.source,
        value=element.one("value"),
        currency=element.one("currency"),
        value_date=element.one("value_date"),
        start=element.one("start"),
        end=element.one("end"),
        type=element.one("type"),
        status=element.one("status"),
    )


def _transaction(element: Element, language: str) -> Transaction:
    return Transaction(
        source=element.source,
        type=element.one("type"),
        date=element.one("date"),
        value=element.one("value"),
        currency=element.one("currency"),
        value_date=element.one("value_date"),
        provider=element.organisation(language, "provider_"),
        receiver=element.organisation(language, "receiver_"),
        provider_activity=element.one("provider_activity"),
        receiver_activity=element.one("receiver_activity"),
        number=element.one("ref"),
        description=element.texts(language),
    )
