"""How pages read the graph: the engine on the current release, and answers kept as long as their release."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

import streamlit as st
from rdflib import Graph

from graph_app.components.links import Reference, fallback_label
from graph_app.components.texts import catalogue, in_language, language
from graph_app.questions.catalogue import Question, view, with_prefixes
from graph_app.questions.current import current_engine
from graph_app.questions.engine import Engine
from graph_app.questions.labels import labels_question
from graph_app.questions.neighbourhood import neighbourhood
from graph_app.questions.parameters import ParameterError, bind, read
from graph_app.questions.results import Table, Term, Triples, Truth
from graph_app.releases.release import Release
from graph_app.settings import Settings, load_settings
from graph_app.stewardship.released import release_findings
from graph_app.validation.entry import Referenced
from loaders.findings import LANGUAGES, Finding
from loaders.vocabulary import IG

__all__ = [
    "answer",
    "ask",
    "complete",
    "entities",
    "entity_lookup",
    "findings",
    "person",
    "query_text",
    "reference",
    "references",
    "release",
    "settings",
]

#: One IRI or several, a number or a text, as people write them.
Value = str | int | Sequence[str] | None

_KEPT_ANSWERS = 2_000
_PERSON = "_person"


def settings() -> Settings:
    """Return the settings that the server was started with, else those of the environment."""
    if "settings" not in st.secrets:
        return load_settings()
    given: dict[str, Any] = dict(st.secrets["settings"])
    given |= {name: Path(given[name]) for name in ("home", "data")}
    return Settings(**given)


def release() -> Release:
    """Return the release that answers now; a new one takes its place while the app runs.

    :raises graph_app.releases.release.NoRelease: if there is none.
    """
    with current_engine(settings()).lease() as engine:
        return engine.release


def complete() -> bool:
    """Tell whether the store of the release that answers now is there; until then columns alone answer."""
    with current_engine(settings()).lease() as engine:
        return engine.complete


def person() -> str:
    """Return what tells the reader of this session from others; engines let no client hold up another."""
    known: str = st.session_state.setdefault(_PERSON, uuid4().hex)
    return known


def answer(name: str, /, **values: Value) -> Table:
    """Answer one of the queries of the pages.

    :param name: name of the query in ``queries/views``.
    :param values: parameter to its value or values; ``None`` and nothing mean any.
    :returns: the rows.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    """
    found = ask(view(name), _given(view(name), values))
    if not isinstance(found, Table):
        raise TypeError(f"queries/views/{name}.rq is no SELECT.")
    return found


def ask(question: Question, values: Mapping[str, Sequence[str]], *, client: str = "") -> Table | Triples | Truth:
    """Answer any question on the current release; the same question is answered once a release.

    :param question: of the library, of the pages, or one that a person wrote.
    :param values: parameter to values as people write them.
    :param client: who asks, see :func:`person`; empty for what pages ask by themselves.
    :returns: the answer.
    :raises graph_app.questions.parameters.ParameterError: if a value does not fit.
    :raises graph_app.questions.errors.QueryError: if there is no answer.
    """
    with current_engine(settings()).lease() as engine:
        return _ask(engine, question, values, client)


def entity_lookup(leave_out: Sequence[str]) -> Referenced:
    """Return how a check looks up what the current release holds about entities.

    :param leave_out: IRIs of named graphs that do not count.
    """

    def look_up(iris: Collection[str]) -> Graph:
        with current_engine(settings()).lease() as engine:
            return neighbourhood(engine, iris, leave_out=leave_out)

    return look_up


def findings() -> tuple[Finding, ...]:
    """Return all findings over the current release, of its loading and of its check, which is made once a release."""
    with current_engine(settings()).lease() as engine:
        return _findings(engine.release.version, engine)


def query_text(name: str, /, **values: Value) -> str:
    """Return the query behind a view, as it runs in any SPARQL editor.

    :param name: name of the query in ``queries/views``.
    :param values: parameter to its value or values.
    :returns: the whole text, with values and PREFIX lines.
    """
    question = view(name)
    terms = read(question.params, _given(question, values), base=settings().base)
    return with_prefixes(bind(question.text, terms))


def references(iris: Iterable[str]) -> Mapping[str, Reference]:
    """Name entities in the reader's language.

    :param iris: their IRIs.
    :returns: IRI to reference, for every IRI asked.
    """
    wanted = sorted(set(iris))
    if not wanted:
        return {}
    found = {row["iri"].value: row for row in _labels(wanted)}
    unnamed = [iri for iri, row in found.items() if "label" not in row and "type" in row]
    composed = _composed(unnamed) if unnamed else {}
    return {
        iri: Reference(
            iri,
            row["label"].value
            if (row := found.get(iri, {})) and "label" in row
            else composed.get(iri) or _unlabelled(iri),
            row["type"].value if "type" in row else "",
            known="label" in row or "type" in row,
        )
        for iri in wanted
    }


def reference(iri: str) -> Reference:
    """Name one entity in the reader's language; what is no IRI is an entity that the graph does not know."""
    try:
        return references([iri])[iri]
    except ParameterError:
        return Reference(iri, iri, known=False)


#: Kind of parameter or page to the class or scheme that its choices come from.
_CHOICES = {
    "organisation": IG.Organisation,
    "donor": IG.Donor,
    "project": IG.Project,
    "programme": IG.Programme,
    "partnership": IG.Partnership,
    "target-group": IG.TargetGroup,
    "theme": "https://w3id.org/integration-graph/theme",
    "role": "https://w3id.org/integration-graph/role",
    "organisation-type": "https://w3id.org/integration-graph/organisation-type",
}


def entities(kind: str) -> list[Reference]:
    """Return what a picker of one kind offers.

    :param kind: a type of parameter, such as ``donor``, or path of an entity page.
    :returns: references by label; empty if the kind has no fixed choices.
    """
    return _entities(release().version, language(), kind) if kind == "country" or kind in _CHOICES else []


def _composed(iris: Sequence[str]) -> Mapping[str, str]:
    # Grants, participations and the like have no name: what they link is said instead.
    parts: dict[str, list[str]] = {}
    for row in answer("parts", iri=iris):
        parts.setdefault(row["iri"].value, []).append(row["part"].value)
    named = {row["iri"].value: row["label"].value for row in _named({part for told in parts.values() for part in told})}
    return {iri: " · ".join(named.get(part, fallback_label(part)) for part in told) for iri, told in parts.items()}


def _named(iris: Iterable[str]) -> list[Mapping[str, Term]]:
    wanted = sorted(iris)
    return [row for row in _labels(wanted) if "label" in row]


def _labels(iris: Sequence[str]) -> list[Mapping[str, Term]]:
    if not iris:
        return []
    with current_engine(settings()).lease() as engine:
        table = _ask(engine, labels_question(complete=engine.complete), {"iri": iris, "lang": [language()]})
    return list(table) if isinstance(table, Table) else []


def _unlabelled(iri: str) -> str:
    # Properties of other vocabularies have no label in the graph; the screen has words for those that it shows.
    return in_language(catalogue()[iri]) if iri in catalogue() else fallback_label(iri)


def _given(question: Question, values: Mapping[str, Value]) -> dict[str, list[str]]:
    given = {name: value for name, value in values.items() if value is not None}
    if any(parameter.name == "lang" for parameter in question.params):
        given["lang"] = language()
    return {name: [str(value)] if isinstance(value, str | int) else list(value) for name, value in given.items()}


def _ask(
    engine: Engine, question: Question, values: Mapping[str, Sequence[str]], client: str = ""
) -> Table | Triples | Truth:
    given = tuple(sorted((name, tuple(texts)) for name, texts in values.items() if texts))
    return _answer(engine.release.version, question.text, given, engine, question, client)


# Arguments with an underscore are not part of the key: a release is told by its version, a question by its text.
@st.cache_resource(max_entries=2, show_spinner=False)
def _findings(version: str, _engine: Engine) -> tuple[Finding, ...]:  # noqa: ARG001 - the key
    return release_findings(_engine, settings())


# Nobody changes the list, so it need not be copied for each page.
@st.cache_resource(max_entries=2 * len(LANGUAGES) * len(_CHOICES), show_spinner=False)
def _entities(version: str, language_: str, kind: str) -> list[Reference]:  # noqa: ARG001 - the key
    rows = answer("countries-in-use") if kind == "country" else answer("entities", **{"class": str(_CHOICES[kind])})
    named = references(row["entity"].value for row in rows)
    return sorted(named.values(), key=lambda found: (found.label.casefold(), found.iri))


@st.cache_data(max_entries=_KEPT_ANSWERS, show_spinner=False)
def _answer(
    version: str,  # noqa: ARG001 - the key
    text: str,  # noqa: ARG001 - the key
    given: tuple[tuple[str, tuple[str, ...]], ...],
    _engine: Engine,
    _question: Question,
    _client: str,
) -> Table | Triples | Truth:
    return _engine.answer(_question, dict(given), client=_client)
