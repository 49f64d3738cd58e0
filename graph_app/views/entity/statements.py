"""What the graph states about one entity, made ready for drawing."""

from collections.abc import Mapping, Sequence

from graph_app.components.facts import Fact
from graph_app.components.links import Reference
from graph_app.components.rows import EVIDENCE, Cell
from graph_app.components.sources import Source, place
from graph_app.components.texts import language, text
from graph_app.components.values import shown
from graph_app.questions.results import Table, Term
from graph_app.views.reading import answer, complete, references
from loaders.findings import LANGUAGES
from loaders.model import ENTITIES
from loaders.vocabulary import DCT, SKOS

__all__ = ["cells_of", "facts_of", "sources_of", "written_of"]

_NAMES = frozenset((str(SKOS.prefLabel), str(DCT.title)))
#: Property to its place among the fields of the model.
_ORDER = {
    path: place
    for place, path in enumerate(
        dict.fromkeys(str(field.path) for entity in ENTITIES.values() for field in entity.fields)
    )
}
#: Columns that name a property; those are read, not followed.
_RELATIONS = frozenset(("property", "relation"))
#: Column with a word of the query's own, for which the screen has words in each language.
_STEP = "step"
_PLACE = ("sheet", "row", "column", "line")


def facts_of(iri: str) -> list[Fact]:
    """Return the statements about an entity, one fact a property; places in files come with the store of the release.

    :param iri: the entity.
    :returns: facts in the order in which people fill the fields of the model.
    """
    values: dict[str, list[Term]] = {}
    for row in answer("facts", iri=iri):
        values.setdefault(row["property"].value, []).append(row["value"])
    named = references({*values, *(term.value for terms in values.values() for term in terms if term.kind == "iri")})
    places = _places(iri) if complete() else {}
    facts = []
    for key, terms in sorted(values.items(), key=lambda item: _ORDER.get(item[0], len(_ORDER))):
        chosen = _other_names(terms) if key in _NAMES else _readable(terms)
        if chosen:
            cells = tuple(named[term.value] if term.kind == "iri" else _told(term) for term in chosen)
            label = named[key].label
            facts.append(Fact(label[:1].upper() + label[1:], cells, "; ".join(places.get(key, ()))))
    return facts


def sources_of(iri: str) -> list[Source]:
    """Return the source records of an entity.

    :param iri: the entity.
    :returns: its records, by dataset and place.
    """
    rows = list(answer("sources", iri=iri))
    named = references({row["dataset"].value for row in rows if "dataset" in row})
    return [
        Source(
            named[row["dataset"].value] if "dataset" in row else None,
            row["locator"].value if "locator" in row else "",
            _written(row),
        )
        for row in rows
    ]


def written_of(iri: str) -> list[tuple[str, str, str]]:
    """Return what the sources of an entity say, cell by cell.

    :param iri: the entity.
    :returns: name of the property, the text that stands there, and the place.
    """
    rows = list(answer("cells", iri=iri))
    named = references({row["property"].value for row in rows})
    told = (
        (named[row["property"].value].label, row["sourceValue"].value if "sourceValue" in row else "", _written(row))
        for row in rows
    )
    return [(name[:1].upper() + name[1:], value, where) for name, value, where in dict.fromkeys(told)]


def cells_of(table: Table, subject: str) -> list[list[Cell]]:
    """Make an answer ready for drawing: entities become references, values become text.

    :param table: the answer.
    :param subject: entity that the page is about; a column that only repeats it stays empty.
    :returns: rows of cells.
    """
    repeating = {
        column
        for place, column in enumerate(table.columns)
        if all((term := row[place]) is None or term.value == subject for row in table.rows)
    }
    named = references({term.value for row in table.rows for term in row if term is not None and term.kind == "iri"})

    def cell(column: str, term: Term | None) -> Cell:
        if term is None or column in repeating:
            return None
        if column == _STEP:
            return text(f"step.{term.value}")
        if term.kind != "iri":
            return shown(term)
        found = named[term.value]
        if column in _RELATIONS:
            return found.label[:1].upper() + found.label[1:]
        return Reference(found.iri, text("evidence"), found.type) if column == EVIDENCE else found

    return [[cell(column, term) for column, term in zip(table.columns, row, strict=True)] for row in table.rows]


def _places(iri: str) -> Mapping[str, list[str]]:
    places: dict[str, list[str]] = {}
    for row in answer("cells", iri=iri):
        told = places.setdefault(row["property"].value, [])
        if (written := _written(row)) not in told:
            told.append(written)
    return places


def _written(row: Mapping[str, Term]) -> str:
    told = {key: row[key].value for key in _PLACE if key in row}
    return place(row["file"].value if "file" in row else "", **told)


def _told(term: Term) -> str:
    # A text in another language than the reader's says in which, so that nobody takes it for one of theirs.
    foreign = term.language and term.language != language()
    return f"{shown(term)} ({term.language})" if foreign else shown(term)


def _other_names(terms: Sequence[Term]) -> list[Term]:
    # The name in the reader's language, else the English one, is the title of the page; what differs from it is a fact.
    languages = [term.language for term in terms]
    chosen = next((wanted for wanted in (language(), LANGUAGES[0]) if wanted in languages), languages[0])
    titles = sorted(term.value for term in terms if term.language == chosen)
    return [term for term in terms if term.value != titles[0]]


def _readable(terms: Sequence[Term]) -> list[Term]:
    for wanted in dict.fromkeys((language(), LANGUAGES[0])):
        own = [term for term in terms if term.kind == "iri" or term.language in {"", wanted}]
        if own:
            return own
    return list(terms)
