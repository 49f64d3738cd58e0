"""Findings on identifiers: one that clearly different names share does not tell who is who."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph_app.identity.described import Code, code_of
from graph_app.identity.forms import is_placeholder
from graph_app.identity.graph import known_names
from graph_app.identity.index import Entity
from graph_app.identity.kept import names_key
from graph_app.identity.shared import first_unlike
from graph_app.identity.suggestions import sentence
from graph_app.questions.catalogue import view
from graph_app.questions.engine import Engine
from graph_app.questions.results import Table
from graph_app.releases.findings import findings_from, findings_text
from graph_app.releases.release import Release
from graph_app.releases.reports import keep_report, kept_report, report_path
from graph_app.settings import Settings
from loaders.findings import LANGUAGES, Finding, Location, Severity
from loaders.vocabulary import IG

__all__ = ["SHARED", "identifier_findings", "kept_identifier_findings"]

#: Rule of the findings.
SHARED = "identifier-of-several"

#: Names that one finding tells with their places.
_TOLD = 6
#: Entities that are asked for at a time.
_AT_ONCE = 500


def identifier_findings(engine: Engine, settings: Settings, kind: str) -> tuple[Finding, ...]:
    """Return a finding for every identifier that clearly different entities of a release share.

    Numbers that several registers give by chance, and what people write for want of an identifier, are left out.

    :param engine: the engine on the release.
    :param settings: where the findings are kept, which are looked for once a release.
    :param kind: ``organisation`` or ``project``.
    :returns: advice, none of which blocks anything.
    :raises QueryError: if the release does not answer.
    """
    found = kept_identifier_findings(engine.release, settings, kind)
    if found is None:
        found = tuple(_look(engine, kind, settings.base))
        keep_report(_path(engine.release, settings, kind), names_key(engine.release, settings), findings_text(found))
    return found


def kept_identifier_findings(release: Release, settings: Settings, kind: str) -> tuple[Finding, ...] | None:
    """Return the findings of :func:`identifier_findings` if they were looked for already.

    :param release: the release.
    :param settings: where the findings are kept.
    :param kind: ``organisation`` or ``project``.
    """
    return kept_report(_path(release, settings, kind), names_key(release, settings), findings_from)


def _path(release: Release, settings: Settings, kind: str) -> Path:
    return report_path(settings, release.version, f"identifiers-{kind}")


def _look(engine: Engine, kind: str, base: str) -> Iterator[Finding]:
    index = known_names(engine).index(engine, kind)
    holders: dict[Code, list[Entity]] = defaultdict(list)
    for entity in index.all:
        for code in entity.described.codes:
            if not is_placeholder(code):
                holders[code].append(entity)
    shared = {
        code: sorted(entities, key=lambda entity: entity.iri)
        for code, entities in sorted(holders.items())
        if len(entities) > 1 and first_unlike(entities, index) is not None
    }
    records = _records(engine, sorted({entity.iri for entities in shared.values() for entity in entities}), base)
    for code, entities in shared.items():
        yield _finding(code, entities, records)


@dataclass(slots=True)
class _Records:
    """What the sources say of one entity: its identifiers as written, and where they tell of it."""

    codes: dict[Code | None, str] = field(default_factory=dict)
    places: dict[str, list[Location]] = field(default_factory=lambda: defaultdict(list))


def _records(engine: Engine, iris: Sequence[str], base: str) -> Mapping[str, _Records]:
    found: dict[str, _Records] = defaultdict(_Records)
    for start in range(0, len(iris), _AT_ONCE):
        answer = engine.answer(view("identifier-records"), {"iri": iris[start : start + _AT_ONCE]})
        for row in answer if isinstance(answer, Table) else ():
            said = {name: term.value for name, term in row.items()}
            known = found[said["entity"]]
            known.codes[code_of(said["scheme"], said["code"])] = f"{said['scheme']} {said['code']}"
            if "file" in said:
                row_number, line = (int(said[name]) if name in said else None for name in ("row", "line"))
                place = Location(said["file"], said.get("sheet", ""), row_number, line=line)
                places = known.places[said["dataset"].removeprefix(f"{base}dataset/")]
                places += [place] if place not in places else []
    return found


def _finding(code: Code, entities: Sequence[Entity], records: Mapping[str, _Records]) -> Finding:
    first = records[entities[0].iri]
    written = first.codes.get(code, code.number)
    message = {language: _message(written, entities, records, language) for language in LANGUAGES}
    location = next((place for places in first.places.values() for place in places), None)
    return Finding(SHARED, Severity.WARNING, message, location, written, entities[0].iri, str(IG.identifier))


def _message(written: str, entities: Sequence[Entity], records: Mapping[str, _Records], language: str) -> str:
    told = []
    for entity in entities[:_TOLD]:
        places = _places(records[entity.iri], language)
        told.append(sentence(f"{SHARED}.name", language, name=entity.described.texts[0], places=places))
    if len(entities) > _TOLD:
        told.append(sentence(f"{SHARED}.more", language, count=str(len(entities) - _TOLD)))
    return sentence(SHARED, language, code=written, names="; ".join(told))


def _places(records: _Records, language: str) -> str:
    """Write where the sources tell of an entity: each dataset with the first record of each of its files."""
    told = (
        f"{dataset}: {', '.join(place.text(language) for place in places)}"
        for dataset, places in records.places.items()
    )
    return "; ".join(told) or "–"
