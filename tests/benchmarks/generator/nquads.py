"""Writer of N-Quads, as a release keeps a dataset: every line once, sorted by code point, without sorting anything.

Ids have a fixed width, so kinds, entities and predicates come in the order of their IRIs; what remains to be ordered
are the few values of one property.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from loaders.datasets import Dataset
from loaders.mapping.datasets import dataset_quads
from loaders.mapping.quads import data_graph, provenance_graph
from loaders.vocabulary import BASE
from loaders.writer import nquad
from tests.benchmarks.generator import rows
from tests.benchmarks.generator.plan import Plan

__all__ = ["DATASET", "SOURCE_FILE", "organisation_record", "record_names", "source_hash", "write_nquads"]

DATASET = Dataset(
    "generated",
    {"en": "Generated projects", "cs": "Vygenerované projekty"},
    "template",
    "generated",
    publisher="Integration Graph benchmarks",
    licence="http://creativecommons.org/publicdomain/zero/1.0/",
)
#: File that the generated records are said to come from.
SOURCE_FILE = "generated.csv"

_ORGANISATIONS_A_RECORD = 100
_BATCH = 2_000
_DCT = "<http://purl.org/dc/terms/"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_NOTATION = "<http://www.w3.org/2004/02/skos/core#notation>"
_DERIVED = "<http://www.w3.org/ns/prov#wasDerivedFrom>"
_HOMEPAGE = "<http://xmlns.com/foaf/0.1/homepage>"
_IG = "<https://w3id.org/integration-graph/ontology#"
_XSD = "<http://www.w3.org/2001/XMLSchema#"
_SCHEMES = "<https://w3id.org/integration-graph/"
_COUNTRY = "<http://publications.europa.eu/resource/authority/country/"
_PRECISION = {4: "gYear", 7: "gYearMonth", 10: "date"}
_DATA = f" <{data_graph(DATASET.key)}> .\n"
_PROVENANCE = f" <{provenance_graph(DATASET.key)}> .\n"


def source_hash(plan: Plan) -> str:
    """Return what stands for the hash of the source file: 64 digits that tell plans apart."""
    return f"{plan.seed:032x}{plan.projects:032x}"


def organisation_record(number: int) -> str:
    """Return the name of the source record that an organisation of the plan stands in."""
    return f"organisations-{number // _ORGANISATIONS_A_RECORD + 1:06d}"


def record_names(plan: Plan) -> Iterator[str]:
    """Yield the names of all source records: pages of organisations, one record a project, one for all programmes."""
    for first in range(0, plan.organisations, _ORGANISATIONS_A_RECORD):
        yield organisation_record(first)
    yield from map(rows.project_id, range(plan.projects))
    yield "programmes"


def write_nquads(plan: Plan, path: Path) -> int:
    """Write all statements of a plan; memory does not grow with what is written.

    :param plan: the plan.
    :param path: file to write.
    :returns: number of lines.
    """
    count = 0
    with path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as stream:
        pieces = _pieces(plan)
        while batch := "".join(islice(pieces, _BATCH)):
            count += batch.count("\n")
            stream.write(batch)
    return count


def _pieces(plan: Plan) -> Iterator[str]:
    """Yield the lines of one entity after another."""
    record = f"{BASE}record/{DATASET.namespace}/{source_hash(plan)[-16:]}/"
    yield from _amounts(plan, record)
    yield "".join(sorted(nquad(quad) for quad in dataset_quads(DATASET)))
    yield from _grants(plan, record)
    yield from _identifiers(plan, record)
    yield from _organisations(plan, record)
    yield from _participations(plan, record)
    yield from _programmes(plan, record)
    yield from _projects(plan, record)
    yield from _records(plan, record)


def _iri(kind: str) -> str:
    return f"<{BASE}{kind}/{DATASET.namespace}/"


def _block(subject: str, pairs: Iterable[tuple[str, str]], end: str = _DATA) -> str:
    """Return the lines of one entity from pairs of predicate and value, in order, values of one predicate sorted."""
    return "".join([f"{subject} {predicate} {value}{end}" for predicate, value in pairs])


def _values(predicate: str, values: Iterable[str]) -> list[tuple[str, str]]:
    return [(predicate, value) for value in sorted(values)]


def _amounts(plan: Plan, record: str) -> Iterator[str]:
    amount = _iri("amount")
    tail = f"{_DATA}"
    for grant in rows.grants(plan):
        for value, currency, kind in grant.amounts:
            subject = f"{amount}{grant.id}/{value}/{currency}/{kind}/_/_>"
            yield (
                f"{subject} {_TYPE} {_IG}Amount>{tail}"
                f"{subject} {_DERIVED} <{record}{grant.project}>{tail}"
                f"{subject} {_IG}amountKind> {_SCHEMES}amount-kind/{kind}>{tail}"
                f'{subject} {_IG}currency> "{currency}"{tail}'
                f'{subject} {_IG}value> "{value}"^^{_XSD}decimal>{tail}'
            )


def _grants(plan: Plan, record: str) -> Iterator[str]:
    grant, amount, organisation, programme, project = map(
        _iri, ("grant", "amount", "organisation", "programme", "project")
    )
    for row in rows.grants(plan):
        subject = f"{grant}{row.id}>"
        amounts = "".join(
            [
                f"{subject} {_IG}amount> {amount}{row.id}/{value}/{currency}/{kind}/_/_>{_DATA}"
                for value, currency, kind in row.amounts
            ]
        )
        yield (
            f'{subject} {_DCT}identifier> "{row.number}"{_DATA}'
            f"{subject} {_TYPE} {_IG}Grant>{_DATA}"
            f"{subject} {_DERIVED} <{record}{row.project}>{_DATA}"
            f"{amounts}"
            f"{subject} {_IG}donor> {organisation}{row.donor}>{_DATA}"
            f"{subject} {_IG}programme> {programme}{row.programme}>{_DATA}"
            f"{subject} {_IG}project> {project}{row.project}>{_DATA}"
            f"{subject} {_IG}recipient> {organisation}{row.recipient}>{_DATA}"
        )


def _identifiers(plan: Plan, record: str) -> Iterator[str]:
    identifier = _iri("identifier")
    for number, row in enumerate(rows.organisations(plan)):
        if row.code:
            yield _block(
                f"{identifier}{row.id}/{row.register}/{row.code}>",
                (
                    (_TYPE, f"{_IG}Identifier>"),
                    (_NOTATION, f'"{row.code}"'),
                    (_DERIVED, f"<{record}{organisation_record(number)}>"),
                    (f"{_IG}scheme>", f'"{row.register}"'),
                ),
            )


def _organisations(plan: Plan, record: str) -> Iterator[str]:
    organisation, identifier = _iri("organisation"), _iri("identifier")
    for number, row in enumerate(rows.organisations(plan)):
        yield _block(
            f"{organisation}{row.id}>",
            (
                (_TYPE, f"{_IG}Organisation>"),
                *_values(_LABEL, (f'"{row.name_en}"@en', f'"{row.name_cs}"@cs')),
                (_DERIVED, f"<{record}{organisation_record(number)}>"),
                *_values(_HOMEPAGE, [f"<{row.website}>"] if row.website else ()),
                *_values(f"{_IG}identifier>", [f"{identifier}{row.id}/{row.register}/{row.code}>"] if row.code else ()),
                (f"{_IG}organisationType>", f"{_SCHEMES}organisation-type/{row.type}>"),
                (f"{_IG}seat>", f"{_COUNTRY}{row.seat}>"),
            ),
        )


def _participations(plan: Plan, record: str) -> Iterator[str]:
    participation, organisation, project = map(_iri, ("participation", "organisation", "project"))
    for whole, member, role in rows.participations(plan):
        subject = f"{participation}{whole}/{member}/{role}>"
        yield (
            f"{subject} {_TYPE} {_IG}Participation>{_DATA}"
            f"{subject} {_DERIVED} <{record}{whole}>{_DATA}"
            f"{subject} {_IG}organisation> {organisation}{member}>{_DATA}"
            f"{subject} {_IG}project> {project}{whole}>{_DATA}"
            f"{subject} {_IG}role> {_SCHEMES}role/{role}>{_DATA}"
        )


def _programmes(plan: Plan, record: str) -> Iterator[str]:
    programme, organisation = _iri("programme"), _iri("organisation")
    for row in rows.programmes(plan):
        yield _block(
            f"{programme}{row.id}>",
            (
                *_values(f"{_DCT}isPartOf>", [f"{programme}{row.part_of}>"] if row.part_of else ()),
                (_TYPE, f"{_IG}Programme>"),
                *_values(_LABEL, (f'"{row.name_en}"@en', f'"{row.name_cs}"@cs')),
                (_DERIVED, f"<{record}programmes>"),
                (f"{_IG}donor>", f"{organisation}{row.donor}>"),
            ),
        )


def _projects(plan: Plan, record: str) -> Iterator[str]:
    project = _iri("project")
    for row in rows.projects(plan):
        dates = f"^^{_XSD}{_PRECISION[len(row.start)]}>"
        yield _block(
            f"{project}{row.id}>",
            (
                *_values(f"{_DCT}description>", (f'"{row.description_en}"@en', f'"{row.description_cs}"@cs')),
                *_values(f"{_DCT}title>", (f'"{row.title_en}"@en', f'"{row.title_cs}"@cs')),
                (_TYPE, f"{_IG}Project>"),
                (_DERIVED, f"<{record}{row.id}>"),
                *_values(f"{_IG}country>", [f"{_COUNTRY}{country}>" for country in row.countries]),
                (f"{_IG}endDate>", f'"{row.end}"{dates}'),
                (f"{_IG}startDate>", f'"{row.start}"{dates}'),
                (f"{_IG}status>", f"{_SCHEMES}project-status/{row.status}>"),
                *_values(f"{_IG}targetGroup>", [f"{_SCHEMES}target-group/{group}>" for group in row.groups]),
                *_values(f"{_IG}theme>", [f"{_SCHEMES}theme/{theme}>" for theme in row.themes]),
            ),
        )


def _records(plan: Plan, record: str) -> Iterator[str]:
    file = f"<{record.removesuffix('/')}>"
    layout = f"<{record}layout>"
    yield _block(layout, ((f"{_IG}file>", file),), _PROVENANCE)
    for name in record_names(plan):
        yield _block(f"<{record}{name}>", ((f"{_IG}layout>", layout), (f"{_IG}locator>", f'"{name}"')), _PROVENANCE)
    yield _block(
        file,
        (
            (_TYPE, f"{_IG}SourceFile>"),
            (f"{_IG}dataset>", f"<{BASE}dataset/{DATASET.key}>"),
            (f"{_IG}fileHash>", f'"{source_hash(plan)}"'),
            (f"{_IG}fileName>", f'"{SOURCE_FILE}"'),
        ),
        _PROVENANCE,
    )
