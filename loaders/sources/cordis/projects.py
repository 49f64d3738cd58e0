"""A project of CORDIS: what it is, the programmes it belongs to, and the grant that pays for it."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from loaders.errors import ValueFault
from loaders.keys import record_key
from loaders.mentions import organisation_key
from loaders.normalise.money import decimal
from loaders.records import Cell, Record
from loaders.sources.cordis.crosswalk import coded
from loaders.sources.cordis.entries import Entry

__all__ = ["amount", "project_records"]

#: Titles and objectives are in English by the rules of the programmes; names of calls are in no language.
_ENGLISH, _NO_LANGUAGE = "en", "und"
#: CORDIS says that the money is the Union's, and not which of its services or agencies signed for it.
_UNION = "European Union"
_UNION_KEY = organisation_key("", _UNION, "cordis")
#: What a column holds, to the kind of classification and the vocabulary of its codes.
_CLASSES = {
    "part": ("programme-part", "cordis-legal-basis"),
    "priority": ("thematic-priority", "cordis-thematic-priority"),
    "scheme": ("funding-scheme", "cordis-funding-scheme"),
    "science": ("field-of-science", "euroSciVoc"),
}
_IDENTIFIERS = {"rcn": "CORDIS-RCN", "doi": "DOI"}
_GRANT_AMOUNTS = {"contribution": "awarded", "net_contribution": "net-eu-contribution"}


def project_records(entry: Entry) -> Iterator[Record]:
    """Yield the records of the project that a row is about.

    :param entry: a row that names a project.
    """
    project = entry.text("project")
    named, programmes = _programmes(entry)
    yield from programmes
    known = {
        "title": entry.cell("title", _ENGLISH),
        "acronym": entry.cell("acronym"),
        "description": entry.cell("description", _ENGLISH),
        "start": entry.date("start"),
        "end": entry.date("end"),
        "status": coded(entry.cell("status"), "project-statuses", "cordis:status"),
        "website": entry.address("website"),
    }
    yield Record("project", (project,), entry.source, _said(known) | ({"programme": named} if named else {}))
    for name, scheme in _IDENTIFIERS.items():
        if (code := entry.cell(name)) is not None:
            fields = {"project": (Cell(project),), "scheme": (Cell(scheme),), "code": (code,)}
            yield Record("identifier", record_key("identifier", "", fields), entry.source, fields)
    yield from _classifications(entry, project)
    if entry.cell("framework") is not None or entry.cell("contribution") is not None:
        yield from _grant(entry, project, named[:1])


def _grant(entry: Entry, project: str, programme: tuple[Cell, ...]) -> Iterator[Record]:
    donor = {"name": (Cell(_UNION, language=_ENGLISH),), "type": (Cell("eu-body"),)}
    yield Record("organisation", (_UNION_KEY,), entry.source, donor)
    number = entry.cell("project")
    fields = {"project": (Cell(project),), "donor": (Cell(_UNION_KEY),), "programme": programme}
    fields["number"] = (number,) if number is not None else ()
    yield Record("grant", (project,), entry.source, {name: cells for name, cells in fields.items() if cells})
    for name, kind in _GRANT_AMOUNTS.items():
        signed = entry.date("signed") if kind == "awarded" else None
        yield from amount(entry, entry.amount(name), kind, {"grant": (Cell(project),)}, (project,), signed)
    cost = entry.amount("total_cost")
    yield from amount(entry, cost, "total-cost", {"project": (Cell(project),)}, ("project", project))


def amount(
    entry: Entry,
    value: Cell | None,
    kind: str,
    parent: Mapping[str, tuple[Cell, ...]],
    key: tuple[str, ...],
    day: Cell | None = None,
) -> Iterator[Record]:
    """Yield the record of an amount in euros, in which CORDIS states all money.

    :param entry: the row.
    :param value: the amount, or ``None`` where the row has none.
    :param kind: key of the kind of amount.
    :param parent: field and reference of what the amount belongs to.
    :param key: what that is known by; the amount itself is known by its number beside it, however it was written.
    :param day: the day on which the amount was agreed.
    """
    if value is None:
        return
    fields = {**parent, "value": (value,), "currency": (Cell("EUR"),), "amount_kind": (Cell(kind),)}
    if day is not None:
        fields["value_date"] = (day,)
    yield Record("amount", (*key, _number(value.text), "EUR", kind), entry.source, fields)


def _number(text: str) -> str:
    """Return a number in one way of writing: another file says 50000.0 for 50000."""
    try:
        number = decimal(text)
    except ValueFault:
        return text
    return format(number.normalize() if number else Decimal(0), "f")


def _programmes(entry: Entry) -> tuple[tuple[Cell, ...], list[Record]]:
    """Return references to the call and the topic of a project, or else to its framework programme, and their records.

    A call within a call is part of it; calls and topics are part of the framework programme. A topic is no part of a
    call, as several calls may share it.
    """
    framework, topic = _reference(entry, "framework", "framework"), _reference(entry, "topic", "topic")
    call, subcall = _reference(entry, "call", "call"), _reference(entry, "subcall", "call")
    if call is not None and subcall is not None and call.text == subcall.text:
        subcall = None
    found = [
        _programme(subcall, None, call or framework),
        _programme(call, None, framework),
        _programme(topic, entry.cell("topic_name", _ENGLISH), framework),
        _programme(framework, None, None),
    ]
    records = [Record("programme", key, entry.source, fields) for key, fields in found if key]
    leaves = tuple(cell for cell in (subcall or call, topic) if cell is not None)
    return leaves or ((framework,) if framework is not None else ()), records


def _reference(entry: Entry, column: str, kind: str) -> Cell | None:
    """Return the cell that names a programme, read as its key: a call and a topic may have one and the same code."""
    found = entry.cell(column)
    return found._replace(text=f"{kind}~{found.text}", source=found.text) if found is not None else None


def _programme(
    reference: Cell | None, title: Cell | None, above: Cell | None
) -> tuple[tuple[str, ...], dict[str, tuple[Cell, ...]]]:
    if reference is None:
        return (), {}
    code = reference._replace(text=reference.source, source="", language=_NO_LANGUAGE)
    fields = _said({"name": title or code, "other_name": code if title is not None else None, "part_of": above})
    if above is None and reference.text.startswith("framework~"):
        fields["donor"] = (Cell(_UNION_KEY),)
    return (reference.text,), fields


def _classifications(entry: Entry, project: str) -> Iterator[Record]:
    for column, (kind, vocabulary) in _CLASSES.items():
        found = entry.cell(column)
        # Several parts of a programme stand in one cell.
        for code in found.text.split(";") if found is not None else ():
            if found is None or not code.strip():
                continue
            fields: dict[str, tuple[Cell, ...]] = {
                "project": (Cell(project),),
                "classification_type": (Cell(kind),),
                "vocabulary": (Cell(vocabulary),),
                "code": (found._replace(text=code.strip(), source=found.text if ";" in found.text else ""),),
            }
            fields |= _said({"name": entry.cell(f"{column}_name", _ENGLISH)})
            yield Record("classification", record_key("classification", "", fields), entry.source, fields)


def _said(known: Mapping[str, Cell | None]) -> dict[str, tuple[Cell, ...]]:
    return {name: (cell,) for name, cell in known.items() if cell is not None}
