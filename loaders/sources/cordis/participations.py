"""A participation of CORDIS: the organisation, its part in the project, and its share of the money."""

from collections.abc import Iterator

from loaders.findings import Finding, Location, finding
from loaders.identifiers import mint
from loaders.keys import record_key
from loaders.mentions import identifier_of, organisation_key
from loaders.records import Cell, Record
from loaders.sources.cordis.crosswalk import coded, role
from loaders.sources.cordis.entries import Entry
from loaders.sources.cordis.projects import amount
from loaders.sources.cordis.said import Said

__all__ = ["participation_records"]

#: Names of organisations are in whatever language they call themselves.
_NO_LANGUAGE = "und"
_IDENTIFIERS = {"pic": "PIC", "vat": "VAT"}
#: What CORDIS writes instead of a VAT number.
_NO_NUMBER = frozenset({"missing", "notapplicable", "not applicable"})
_SHARES = {
    "own_contribution": "eu-contribution",
    "own_net_contribution": "net-eu-contribution",
    "own_total_cost": "total-cost",
}
_YES = frozenset({"true", "yes", "1"})
_ENDED = "The organisation left before the end of the project."


def participation_records(entry: Entry, said: Said, namespace: str) -> Iterator[Record | Finding]:
    """Yield the records of the participation that a row is about.

    :param entry: a row that names a project.
    :param said: counts participations that are told twice.
    :param namespace: identifier space of the dataset.
    """
    project, pic, name = entry.text("project"), entry.text("pic"), entry.text("name")
    if not identifier_of(pic) and not name:
        yield _fault(entry, "cordis-no-organisation", None)
        return
    organisation = organisation_key(pic, name, project)
    yield from _organisation(entry, organisation)
    written = _role_cell(entry)
    known = role(written) if written is not None else None
    if known is None:
        yield _fault(entry, "cordis-role", written)
    fields: dict[str, tuple[Cell, ...]] = {"project": (Cell(project),), "organisation": (Cell(organisation),)}
    if written is not None:
        fields["source_role"] = (written,)
    if known is not None:
        fields["role"] = (known,)
    ended = entry.cell("ended")
    if ended is not None and ended.text.casefold() in _YES:
        fields["description"] = (ended._replace(text=_ENDED, language="en", source=ended.text),)
    key = record_key("participation", "", fields)
    times = said.times(*key)
    if times > 1:
        key = (*key, str(times))
    yield Record("participation", key, entry.source, fields)
    path = mint("participation", namespace, *key, base="")
    for column, kind in _SHARES.items():
        parent = {"participation": (Cell(path),)}
        yield from amount(entry, entry.amount(column), kind, parent, ("participation", *key))
    if entry.personal:
        yield _fault(entry, "cordis-contact", None)


def _organisation(entry: Entry, key: str) -> Iterator[Record | Finding]:
    known = {
        "name": entry.cell("name", _NO_LANGUAGE),
        "other_name": entry.cell("short_name", _NO_LANGUAGE),
        "type": coded(entry.cell("type"), "organisation-types", "cordis:activityType"),
        "seat": entry.cell("country"),
        "locality": entry.cell("city"),
        "postcode": entry.cell("postcode"),
        "website": entry.address("organisation_website"),
    }
    if known["name"] is None:
        yield _fault(entry, "cordis-no-name", entry.cell("pic"))
    fields = {name: (cell,) for name, cell in known.items() if cell is not None}
    yield Record("organisation", (key,), entry.source, fields)
    for name, scheme in _IDENTIFIERS.items():
        code = entry.cell(name)
        if code is not None and identifier_of(code.text) and code.text.casefold() not in _NO_NUMBER:
            fields = {"organisation": (Cell(key),), "scheme": (Cell(scheme),), "code": (code,)}
            yield Record("identifier", record_key("identifier", "", fields), entry.source, fields)


def _role_cell(entry: Entry) -> Cell | None:
    """Return the role as written: dashboards say of a third party that it participates, and beside it what it is."""
    standing = entry.cell("standing")
    return standing if standing is not None and standing.text.casefold() != "beneficiary" else entry.cell("role")


def _fault(entry: Entry, rule: str, cell: Cell | None) -> Finding:
    source = entry.source
    column, value = (cell.column, cell.text) if cell is not None else ("", "")
    return finding(rule, Location(source.file, source.sheet, source.row, column, source.line), value=value)
