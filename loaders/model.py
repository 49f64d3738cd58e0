"""The kinds of entity and their fields: one table that readers, mapping and template share.

What a field is called and how it is explained to people stands in the shapes (``sh:name``, ``sh:description``); this
table says which property a field fills and how its text becomes a term. Further fields of literals may be declared in
the shapes alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from loaders.declared import declared_fields
from loaders.fields import Entity, Field, ValueKind
from loaders.vocabulary import DCT, FOAF, IG, SKOS

__all__ = ["ENTITIES"]


_TEXT, _STRING, _DATE, _CONCEPT, _REFERENCE, _URL = (
    ValueKind.TEXT,
    ValueKind.STRING,
    ValueKind.DATE,
    ValueKind.CONCEPT,
    ValueKind.REFERENCE,
    ValueKind.URL,
)
_NAME = Field("name", SKOS.prefLabel, _TEXT)
_OTHER_NAME = Field("other_name", SKOS.altLabel, _TEXT, many=True)
_TITLE = Field("title", DCT.title, _TEXT)
_DESCRIPTION = Field("description", DCT.description, _TEXT)
_START = Field("start", IG.startDate, _DATE)
_END = Field("end", IG.endDate, _DATE)
_COUNTRIES = Field("country", IG.country, _CONCEPT, "countries", many=True)
_PROJECT = Field("project", IG.project, _REFERENCE, "project")
_WEBSITE = Field("website", FOAF.homepage, _URL, many=True)
_COUNT = Field("count", IG["count"], ValueKind.INTEGER)
_PERCENTAGE = Field("percentage", IG.percentage, ValueKind.DECIMAL)
_VOCABULARY = Field("vocabulary", IG.vocabulary, _STRING)
_APPROXIMATE = Field("approximate", IG.approximate, ValueKind.BOOLEAN)

_ENTITIES = (
    Entity(
        "organisation",
        IG.Organisation,
        (
            _NAME,
            _OTHER_NAME,
            Field("type", IG.organisationType, _CONCEPT, "organisation-types"),
            Field("seat", IG.seat, _CONCEPT, "countries"),
            Field("part_of", IG.partOf, _REFERENCE, "organisation"),
            Field("locality", IG.locality, _STRING, entered=False),
            Field("postcode", IG.postcode, _STRING, entered=False),
            _WEBSITE,
            _DESCRIPTION,
        ),
    ),
    Entity(
        "identifier",
        IG.Identifier,
        (
            Field("organisation", IG.identifier, _REFERENCE, "organisation", inverse=True),
            Field("project", IG.identifier, _REFERENCE, "project", inverse=True, entered=False),
            Field("scheme", IG.scheme, _STRING),
            Field("code", SKOS.notation, _STRING),
        ),
    ),
    Entity(
        "project",
        IG.Project,
        (
            _TITLE,
            Field("acronym", IG.acronym, _STRING),
            _DESCRIPTION,
            _START,
            _END,
            Field("duration", IG.duration, ValueKind.DURATION),
            Field("status", IG.status, _CONCEPT, "project-statuses"),
            _COUNTRIES,
            Field("place", IG.place, _REFERENCE, "place", many=True),
            Field("target_group", IG.targetGroup, _CONCEPT, "target-groups", many=True),
            Field("origin_country", IG.originCountry, _CONCEPT, "countries", many=True),
            Field("theme", IG.theme, _CONCEPT, "themes", many=True),
            Field("continues", IG.continues, _REFERENCE, "project", many=True),
            Field("planned_start", IG.plannedStart, _DATE, entered=False),
            Field("planned_end", IG.plannedEnd, _DATE, entered=False),
            Field("actual_start", IG.actualStart, _DATE, entered=False),
            Field("actual_end", IG.actualEnd, _DATE, entered=False),
            Field("humanitarian", IG.humanitarian, ValueKind.BOOLEAN, entered=False),
            Field("reporting_organisation", IG.reportedBy, _REFERENCE, "organisation", many=True, entered=False),
            Field("programme", IG.programme, _REFERENCE, "programme", many=True, entered=False),
            Field("part_of", DCT.isPartOf, _REFERENCE, "project", many=True, entered=False),
            Field("has_part", DCT.isPartOf, _REFERENCE, "project", many=True, inverse=True, entered=False),
            Field("related", DCT.relation, _REFERENCE, "project", many=True, entered=False),
            _WEBSITE,
        ),
    ),
    Entity(
        "participation",
        IG.Participation,
        (
            _PROJECT,
            Field("partnership", IG.partnership, _REFERENCE, "partnership"),
            Field("organisation", IG.organisation, _REFERENCE, "organisation"),
            Field("role", IG.role, _CONCEPT, "roles"),
            Field("source_role", IG.sourceRole, _STRING),
            _COUNTRIES,
            _START,
            _END,
            _DESCRIPTION,
            Field("own_project", IG.ownProject, _REFERENCE, "project", entered=False),
        ),
    ),
    Entity(
        "partnership",
        IG.Partnership,
        (_NAME, _OTHER_NAME, _DESCRIPTION, _START, _END, _COUNTRIES, _PROJECT, _WEBSITE),
    ),
    Entity(
        "grant",
        IG.Grant,
        (
            _PROJECT,
            Field("donor", IG.donor, _REFERENCE, "organisation"),
            Field("programme", IG.programme, _REFERENCE, "programme"),
            Field("recipient", IG.recipient, _REFERENCE, "organisation", many=True),
            Field("number", DCT.identifier, _STRING),
            _DESCRIPTION,
            Field("cofinancing_rate", IG.coFinancingRate, ValueKind.DECIMAL, entered=False),
        ),
    ),
    Entity(
        "amount",
        IG.Amount,
        (
            Field("grant", IG.amount, _REFERENCE, "grant", inverse=True),
            Field("transaction", IG.amount, _REFERENCE, "transaction", inverse=True, entered=False),
            Field("participation", IG.amount, _REFERENCE, "participation", inverse=True, entered=False),
            Field("project", IG.amount, _REFERENCE, "project", inverse=True, entered=False),
            Field("value", IG.value, ValueKind.DECIMAL),
            Field("currency", IG.currency, ValueKind.CURRENCY),
            Field("amount_kind", IG.amountKind, _CONCEPT, "amount-kinds"),
            Field("value_date", IG.valueDate, _DATE),
            Field("flow_level", IG.flowLevel, _CONCEPT, "flow-levels"),
            Field("from", IG.fromDate, _DATE, entered=False),
            Field("to", IG.toDate, _DATE, entered=False),
            Field("status", IG.amountStatus, _STRING, entered=False),
            Field("budget_type", IG.budgetType, _STRING, entered=False),
        ),
    ),
    Entity(
        "transaction",
        IG.Transaction,
        (
            _PROJECT,
            Field("transaction_type", IG.transactionType, _CONCEPT, "transaction-types"),
            Field("date", DCT.date, _DATE),
            Field("provider", IG.provider, _REFERENCE, "organisation"),
            Field("receiver", IG.receiver, _REFERENCE, "organisation"),
            Field("provider_project", IG.providerProject, _REFERENCE, "project"),
            Field("receiver_project", IG.receiverProject, _REFERENCE, "project"),
            Field("number", DCT.identifier, _STRING),
            _DESCRIPTION,
        ),
    ),
    Entity(
        "allocation",
        IG.Allocation,
        (
            _PROJECT,
            Field("country", IG.country, _CONCEPT, "countries"),
            Field("region", IG.region, _STRING),
            _VOCABULARY,
            _NAME,
            _PERCENTAGE,
        ),
    ),
    Entity(
        "classification",
        IG.Classification,
        (
            _PROJECT,
            Field("classification_type", IG.classificationType, _STRING),
            _VOCABULARY,
            Field("code", SKOS.notation, _STRING),
            _NAME,
            _PERCENTAGE,
            Field("significance", IG.significance, _STRING),
        ),
    ),
    Entity(
        "term_match",
        IG.TermMatch,
        (
            Field("project", IG.about, _REFERENCE, "project"),
            Field("target_group", IG.suggestedTargetGroup, _CONCEPT, "target-groups"),
            Field("theme", IG.suggestedTheme, _CONCEPT, "themes"),
            Field("matched", IG.matchedText, _STRING, many=True),
            Field("matched_in", IG.matchedIn, _STRING, many=True),
            Field("confidence", IG.confidence, ValueKind.DECIMAL),
            Field("method", IG.method, _STRING),
        ),
    ),
    Entity(
        "programme",
        IG.Programme,
        (
            _NAME,
            _OTHER_NAME,
            Field("part_of", DCT.isPartOf, _REFERENCE, "programme"),
            Field("donor", IG.donor, _REFERENCE, "organisation"),
            _DESCRIPTION,
        ),
    ),
    Entity(
        "place",
        IG.Place,
        (
            _NAME,
            _OTHER_NAME,
            Field("country", IG.country, _CONCEPT, "countries"),
            Field("vocabulary", IG.vocabulary, _STRING, entered=False),
            Field("code", SKOS.notation, _STRING, entered=False),
        ),
    ),
    Entity(
        "output",
        IG.Output,
        (
            _TITLE,
            Field("type", IG.outputType, _CONCEPT, "output-types"),
            _PROJECT,
            Field("organisation", IG.organisation, _REFERENCE, "organisation", many=True),
            Field("language", DCT.language, ValueKind.LANGUAGE, many=True),
            _WEBSITE,
            _COUNTRIES,
            _START,
            _END,
            _DESCRIPTION,
        ),
    ),
    Entity(
        "beneficiaries",
        IG.ExpectedCount,
        (
            Field("project", IG.expectedBeneficiaries, _REFERENCE, "project", inverse=True),
            Field("target_group", IG.targetGroup, _CONCEPT, "target-groups"),
            _COUNT,
            _APPROXIMATE,
            _DESCRIPTION,
        ),
    ),
    Entity(
        "result",
        IG.ExpectedCount,
        (
            Field("project", IG.expectedResult, _REFERENCE, "project", inverse=True),
            _COUNT,
            _APPROXIMATE,
            _DESCRIPTION,
        ),
    ),
    Entity(
        "discrepancy",
        IG.Discrepancy,
        (
            Field("about", IG.about, _REFERENCE),
            Field("statement", IG.statement, _TEXT, many=True),
            _DESCRIPTION,
        ),
    ),
)

#: Every kind of entity by its name.
ENTITIES: Mapping[str, Entity] = MappingProxyType(
    {entity.kind: replace(entity, fields=entity.fields + declared_fields(entity)) for entity in _ENTITIES}
)
