"""An IATI activity as its publisher states it, whichever form it came in: XML or flattened tables.

Every value is a cell: text, place and language as in the source, with codes not yet looked up. What the source does not
state is ``None`` or empty; no default of the standard is filled in here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from loaders.records import Cell, SourceRef

__all__ = [
    "Activity",
    "ActivityDate",
    "Allocation",
    "Budget",
    "Classification",
    "Location",
    "OrganisationMention",
    "OtherIdentifier",
    "ParticipatingOrg",
    "RelatedActivity",
    "Texts",
    "Transaction",
]

#: One text in several languages: a cell for each narrative, with its BCP 47 tag, or ``und`` where none is known.
Texts: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationMention:
    """An organisation where it is named: as reporter, participant, provider, receiver or owner of an identifier.

    :param source: where it is named.
    :param ref: its identifier, usually an org-id such as ``XM-DAC-41114``.
    :param name: its name.
    :param type: code of the list OrganisationType.
    """

    source: SourceRef
    ref: Cell | None = None
    name: Texts = ()
    type: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParticipatingOrg:
    """An organisation that takes part.

    :param organisation: the organisation.
    :param role: code of the list OrganisationRole, or its word in IATI 1.0x.
    :param activity: identifier of the organisation's own activity.
    """

    organisation: OrganisationMention
    role: Cell | None = None
    activity: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActivityDate:
    """A planned or actual start or end.

    :param date: the day, ISO 8601.
    :param type: code of the list ActivityDateType, or its word in IATI 1.0x.
    """

    date: Cell
    type: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIdentifier:
    """A further identifier of the activity, or one that its reporter had.

    :param source: where it stands.
    :param ref: the identifier.
    :param type: code of the list OtherIdentifierType: ``A…`` for activities, ``B…`` for organisations.
    :param owner: organisation that gave it.
    """

    source: SourceRef
    ref: Cell
    type: Cell | None = None
    owner: OrganisationMention | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedActivity:
    """Another activity.

    :param ref: its identifier.
    :param type: code of the list RelatedActivityType.
    :param source: where it stands, if not in the record of the activity itself but in a table of its own.
    """

    ref: Cell
    type: Cell | None = None
    source: SourceRef | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """A country or region with its share; exactly one of the two is given.

    :param source: where it stands.
    :param country: ISO 3166 alpha-2 code.
    :param region: code of a region.
    :param vocabulary: code of the list RegionVocabulary.
    :param name: name of the country or region.
    :param percentage: share in percent, as written.
    """

    source: SourceRef
    country: Cell | None = None
    region: Cell | None = None
    vocabulary: Cell | None = None
    name: Texts = ()
    percentage: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """A sector, tag, policy marker or humanitarian scope.

    :param source: where it stands.
    :param kind: ``sector``, ``tag``, ``policy-marker`` or ``humanitarian-scope``.
    :param code: code in the vocabulary.
    :param vocabulary: code of the vocabulary, in the kind's own list of vocabularies.
    :param name: name of the class.
    :param percentage: share of a sector in percent, as written.
    :param significance: weight of a policy marker, code of the list PolicySignificance; ``0`` says *not targeted*.
    :param type: type of a humanitarian scope, code of the list HumanitarianScopeType.
    """

    source: SourceRef
    kind: str
    code: Cell | None = None
    vocabulary: Cell | None = None
    name: Texts = ()
    percentage: Cell | None = None
    significance: Cell | None = None
    type: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A place within the countries of the activity.

    :param source: where it stands.
    :param name: its name.
    :param code: its code in a gazetteer.
    :param vocabulary: the gazetteer, code of the list GeographicVocabulary.
    """

    source: SourceRef
    name: Texts = ()
    code: Cell | None = None
    vocabulary: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Money planned for a period.

    :param source: where it stands.
    :param value: the amount, as written.
    :param currency: ISO 4217 code; ``None`` where the activity's default holds.
    :param value_date: day for the exchange rate.
    :param start: first day of the period.
    :param end: last day of the period.
    :param type: code of the list BudgetType: original or revised.
    :param status: code of the list BudgetStatus: indicative or committed.
    """

    source: SourceRef
    value: Cell | None = None
    currency: Cell | None = None
    value_date: Cell | None = None
    start: Cell | None = None
    end: Cell | None = None
    type: Cell | None = None
    status: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """Money that was received, promised or spent.

    :param source: where it stands.
    :param type: code of the list TransactionType, or its letters in IATI 1.0x.
    :param date: day of the transaction.
    :param value: the amount, as written.
    :param currency: ISO 4217 code; ``None`` where the activity's default holds.
    :param value_date: day for the exchange rate.
    :param provider: whom the money comes from.
    :param receiver: whom it goes to.
    :param provider_activity: identifier of the activity that the money comes from.
    :param receiver_activity: identifier of the activity that the money goes to.
    :param number: the publisher's reference.
    :param description: what it is for.
    :param allocations: its countries and regions.
    :param sectors: its sectors.
    """

    source: SourceRef
    type: Cell | None = None
    date: Cell | None = None
    value: Cell | None = None
    currency: Cell | None = None
    value_date: Cell | None = None
    provider: OrganisationMention | None = None
    receiver: OrganisationMention | None = None
    provider_activity: Cell | None = None
    receiver_activity: Cell | None = None
    number: Cell | None = None
    description: Texts = ()
    allocations: tuple[Allocation, ...] = ()
    sectors: tuple[Classification, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One activity.

    :param source: where it begins.
    :param identifier: its IATI identifier.
    :param language: default language as a BCP 47 tag, or empty.
    :param currency: default currency, ISO 4217 code.
    :param reporting_org: who published it.
    :param titles: its title.
    :param descriptions: its descriptions, each in several languages.
    :param participating_orgs: who takes part.
    :param other_identifiers: its further identifiers.
    :param dates: planned and actual starts and ends.
    :param status: code of the list ActivityStatus.
    :param humanitarian: ``1`` or ``true`` where it is humanitarian as a whole.
    :param allocations: its countries and regions.
    :param locations: its places.
    :param classifications: its sectors, tags, policy markers and humanitarian scopes.
    :param related: its related activities.
    :param websites: its web addresses.
    :param budgets: its budgets.
    :param transactions: its transactions.
    :param contacts: number of contacts, which are not read as they are personal data.
    :param left_out: name of whatever else is not taken in, to how often the activity has it.
    """

    source: SourceRef
    identifier: Cell | None = None
    language: str = ""
    currency: Cell | None = None
    reporting_org: OrganisationMention | None = None
    titles: Texts = ()
    descriptions: tuple[Texts, ...] = ()
    participating_orgs: tuple[ParticipatingOrg, ...] = ()
    other_identifiers: tuple[OtherIdentifier, ...] = ()
    dates: tuple[ActivityDate, ...] = ()
    status: Cell | None = None
    humanitarian: Cell | None = None
    allocations: tuple[Allocation, ...] = ()
    locations: tuple[Location, ...] = ()
    classifications: tuple[Classification, ...] = ()
    related: tuple[RelatedActivity, ...] = ()
    websites: tuple[Cell, ...] = ()
    budgets: tuple[Budget, ...] = ()
    transactions: tuple[Transaction, ...] = ()
    contacts: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict, hash=False)
