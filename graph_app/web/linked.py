"""An entity in the words of schema.org, which search engines and reference managers read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graph_app.identity.registers import register
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.labels import names
from graph_app.questions.results import Table, Term
from loaders.vocabulary import DCT, FOAF, IG, SKOS

__all__ = ["Linked", "linked"]

_CONTEXT = "https://schema.org"
#: Our class to the one of schema.org, and to the kind of entity whose identifiers registers give.
_CLASSES: Mapping[str, tuple[str, str]] = {
    str(IG.Organisation): ("Organization", "organisation"),
    str(IG.Project): ("Project", "project"),
    str(IG.Programme): ("FundingScheme", ""),
    str(IG.Country): ("Country", ""),
    str(IG.TargetGroup): ("DefinedTerm", ""),
}
_OTHER = ("Thing", "")
#: Our property to the one of schema.org. A project of schema.org is founded and dissolved, as organisations are.
_PROPERTIES: Mapping[str, str] = {
    str(SKOS.prefLabel): "name",
    str(DCT.title): "name",
    str(SKOS.altLabel): "alternateName",
    str(DCT.description): "description",
    str(FOAF.homepage): "url",
    str(IG.startDate): "foundingDate",
    str(IG.endDate): "dissolutionDate",
    str(IG.seat): "location",
    str(IG.country): "location",
    str(DCT.isPartOf): "parentOrganization",
    str(IG.partOf): "parentOrganization",
}
#: More values of one property are for whoever asks for all statements.
_MOST = 20


@dataclass(frozen=True, slots=True)
class Linked:
    """An entity for programs.

    :param iri: its IRI.
    :param name: its name in the reader's language.
    :param document: JSON-LD.
    """

    iri: str
    name: str
    document: Mapping[str, Any]


def linked(engine: Engine, iri: str, language: str, *, client: str = "") -> Linked | None:
    """Describe an entity.

    :param engine: the engine on the release.
    :param iri: the entity.
    :param language: the reader's language.
    :param client: who asks.
    :returns: the description, or ``None`` where the graph does not know the entity.
    :raises graph_app.questions.parameters.ParameterError: if the IRI is none.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    """
    label = names(engine, [iri], language).get(iri)
    if label is None or not (label.name or label.type):
        return None
    type_, kind = _CLASSES.get(label.type, _OTHER)
    document: dict[str, Any] = {"@context": _CONTEXT, "@id": iri, "@type": type_}
    if label.type:
        document["additionalType"] = label.type
    for row in _rows(engine, "facts", iri, client):
        name = _PROPERTIES.get(row["property"].value)
        if name is not None and len(told := document.setdefault(name, [])) < _MOST:
            told.append(_value(row["value"]))
    document |= _identified(_rows(engine, "identifiers", iri, client), kind)
    release = engine.release
    document["subjectOf"] = {
        "@type": "Dataset",
        "name": "Integration Graph",
        "version": release.version,
        "identifier": f"sha256:{release.sha256}",
    }
    return Linked(iri, label.name or iri, document)


def _identified(codes: Table, kind: str) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in list(codes)[:_MOST]:
        scheme, code = row["scheme"].value, row["code"].value
        value = {"@type": "PropertyValue", "propertyID": scheme, "value": code}
        known = register(scheme, kind)
        if known is not None and (address := known.address(code)):
            value["url"] = address
            found.setdefault("sameAs", []).append(address)
        found.setdefault("identifier", []).append(value)
    return found


def _value(term: Term) -> str | dict[str, str]:
    if term.kind == "iri":
        return {"@id": term.value}
    return {"@language": term.language, "@value": term.value} if term.language else term.value


def _rows(engine: Engine, name: str, iri: str, client: str) -> Table:
    found = engine.answer(view(name), {"iri": [iri]}, client=client)
    if not isinstance(found, Table):
        raise TypeError(f"queries/views/{name}.rq is no SELECT.")
    return found
