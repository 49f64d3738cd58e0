"""A 360Giving grant to records: the grant, the project that it pays for, who gives and receives it, and its amounts."""

from collections.abc import Generator, Iterator
from typing import NamedTuple

from loaders.datasets import Dataset
from loaders.findings import Finding, finding
from loaders.keys import record_key
from loaders.mentions import identifier_of
from loaders.normalise.names import lookup_key
from loaders.records import Cell, Record, SourceRef
from loaders.sources.threesixty.given import Given, filled
from loaders.sources.threesixty.organisations import mention_key, organisation
from loaders.sources.threesixty.parts import Part, place_of
from loaders.sources.threesixty.periods import periods

__all__ = ["Grants"]

#: Field of an amount to its kind; they say different things and are never added to one another.
_AMOUNTS = {"amountAwarded": "awarded", "amountAppliedFor": "applied-for", "amountDisbursed": "disbursed"}
#: Lists of classifications, and codes that classify the grant from a list of the standard.
_CLASSIFICATIONS = ("classifications", "fundingType")
_CODES = ("regrantType", "locationScope")
#: With what the identifiers of grants begin, in every file of every publisher.
_GRANT_ID = "360G-"
#: Identifier space of activities.
_IATI = "iati"
_UNKNOWN = "und"


class _Mention(NamedTuple):
    """A reference to an entity that a part of the grant describes."""

    reference: Cell
    source: SourceRef

    def beside(self, grant: Part) -> Cell:
        """Return the reference for a record of the grant, without its column where that is one of another table."""
        return self.reference if self.source == grant.source else self.reference._replace(column="", line=None)


class Grants:
    """Turns the grants of one file into records.

    :param dataset: the dataset.
    """

    def __init__(self, dataset: Dataset) -> None:
        self._language = dataset.language or _UNKNOWN
        self._given = Given()

    def records(self, grant: Part) -> Iterator[Record | Finding]:
        """Yield the records of a grant.

        :param grant: the grant with all its parts.
        :returns: records, and a finding for whatever is left out.
        """
        identifier = grant.cell("id")
        if identifier is None:
            yield finding("threesixty-without-identifier", place_of(grant.source))
            return
        own = identifier._replace(text=identifier.text.strip())
        if not self._given.first("grant", own.text):
            yield finding("threesixty-grant-again", place_of(grant.source, own), value=own.text)
        yield from self._persons(grant)
        funders = yield from self._organisations(grant, "fundingOrganization", own.text)
        recipients = yield from self._organisations(grant, "recipientOrganization", own.text)
        donor = grant.parts["fundingOrganization"][0] if funders else grant
        within = identifier_of(donor.text("id")) if funders else ""
        within = within or (lookup_key(donor.text("name")) if funders else own.text)
        programmes = yield from self._programmes(grant, within, funders)
        places = yield from self._places(grant, within)
        yield from self._project(grant, own, programmes, places)
        fields: dict[str, tuple[Cell, ...] | Cell | None] = {
            "project": own,
            "donor": tuple(one.beside(grant) for one in funders[:1]),
            "programme": tuple(one.beside(grant) for one in programmes[:1]),
            "recipient": tuple(one.beside(grant) for one in recipients),
            "number": own,
        }
        yield Record("grant", (own.text,), grant.source, filled(fields))
        yield from _participations(own, funders, "funder", "fundingOrganization")
        yield from _participations(own, recipients, "recipient", "recipientOrganization")
        regrant = grant.cell("regrantType")
        if regrant is not None:
            yield from _participations(own, recipients, "intermediary", f"regrantType {regrant.text.strip()}")
        yield from _amounts(grant, own, regranted=regrant is not None)
        yield from self._classifications(grant, own)

    def _persons(self, grant: Part) -> Iterator[Finding]:
        """Say, once a grant, that something about natural persons was not read."""
        if grant.parts.get("recipientIndividual"):
            yield finding("threesixty-individual", place_of(grant.source), values=grant.personal)
        elif grant.personal:
            yield finding("threesixty-personal", place_of(grant.source), values=grant.personal)
        for name in ("title", "description"):
            cell = self._told(grant, name)
            if cell is not None and _names_one(grant, cell):
                yield finding("threesixty-person-named", place_of(grant.source, cell), field=name)

    def _told(self, grant: Part, name: str) -> Cell | None:
        cell = grant.cell(name)
        return cell._replace(language=self._language) if cell is not None else None

    def _organisations(
        self, grant: Part, name: str, within: str
    ) -> Generator[Record | Finding, None, tuple[_Mention, ...]]:
        """Yield the organisations of a list, and return references to them."""
        found: dict[str, _Mention] = {}
        for part in grant.parts.get(name, ()):
            cell = part.cell("id") or part.cell("name")
            key = mention_key(part, within)
            if cell is None or not key:
                yield finding("threesixty-nameless", place_of(part.source, cell), field=name)
                continue
            yield from organisation(part, key, self._given, self._language)
            found.setdefault(key, _Mention(cell._replace(text=key, source=cell.text), part.source))
        return tuple(found.values())

    def _programmes(
        self, grant: Part, within: str, funders: tuple[_Mention, ...]
    ) -> Generator[Record | Finding, None, tuple[_Mention, ...]]:
        """Yield the funder's programmes; a programme is known by its code and title together, as both occur alone."""
        found: dict[str, _Mention] = {}
        for part in grant.parts.get("grantProgramme", ()):
            code, title = part.cell("code"), self._told(part, "title")
            cell = title or code
            if cell is None:
                continue
            key = _joined(within, part.text("code"), lookup_key(part.text("title")))
            fields = {
                "name": cell._replace(language=self._language),
                "other_name": code._replace(language=self._language)
                if code is not None and title is not None
                else None,
                "donor": funders[0].beside(part) if funders else None,
                "description": self._told(part, "description"),
            }
            yield from self._given.news("programme", (key,), part.source, filled(fields))
            found.setdefault(key, _Mention(cell._replace(text=key, source=cell.text), part.source))
        return tuple(found.values())

    def _places(self, grant: Part, within: str) -> Generator[Record | Finding, None, tuple[_Mention, ...]]:
        """Yield the places; one with a code is the same for all funders, one with a name alone only for its own."""
        found: dict[str, _Mention] = {}
        for part in grant.parts.get("beneficiaryLocation", ()):
            code, name = part.cell("geoCode"), part.cell("name")
            cell = name or code
            if cell is None:
                continue
            scope = "" if code is not None else within
            country = part.text("countryCode") if code is None else ""
            key = _joined(part.text("geoCode"), scope, country, lookup_key(part.text("name")))
            fields = {
                "name": cell._replace(language=self._language),
                "country": part.cell("countryCode"),
                "vocabulary": part.cell("geoCodeType") if code is not None else None,
                "code": code,
            }
            yield from self._given.news("place", (key,), part.source, filled(fields))
            found.setdefault(key, _Mention(cell._replace(text=key, source=cell.text), part.source))
        return tuple(found.values())

    def _project(
        self, grant: Part, own: Cell, programmes: tuple[_Mention, ...], places: tuple[_Mention, ...]
    ) -> Iterator[Record | Finding]:
        title, description = self._told(grant, "title"), self._told(grant, "description")
        countries: dict[str, Cell] = {}
        for part in grant.parts.get("beneficiaryLocation", ()):
            code = part.cell("countryCode")
            if code is not None:
                countries.setdefault(code.text.strip(), part.beside(code, grant))
        fields = {
            "title": title if title is None or not _names_one(grant, title) else own._replace(language=self._language),
            "description": description if description is None or not _names_one(grant, description) else None,
            "country": tuple(countries.values()),
            "place": tuple(one.beside(grant) for one in places),
            "programme": tuple(one.beside(grant) for one in programmes),
            "related": tuple(_related(cell) for cell in grant.cells.get("relatedActivity", ())),
            "website": grant.cell("url"),
        }
        dates = yield from periods(grant)
        yield Record("project", (own.text,), grant.source, filled(fields) | dates)

    def _classifications(self, grant: Part, own: Cell) -> Iterator[Record]:
        for name in _CLASSIFICATIONS:
            for part in grant.parts.get(name, ()):
                code = part.cell("code")
                told = part.cell("title")
                cell = code or told
                if cell is None:
                    continue
                fields = filled(
                    {
                        "project": own,
                        "classification_type": cell._replace(text=name, source=""),
                        "vocabulary": part.cell("vocabulary"),
                        "code": code,
                        "name": told._replace(language=self._language) if told is not None else None,
                    }
                )
                # A class without a code is told from others by its name.
                key = record_key("classification", "", {**fields, "code": (cell,)})
                yield Record("classification", key, part.source, fields)
        for name in _CODES:
            code = grant.cell(name)
            if code is not None:
                kind = code._replace(text=name, source="")
                fields = {"project": (own,), "classification_type": (kind,), "vocabulary": (kind,), "code": (code,)}
                yield Record("classification", record_key("classification", "", fields), grant.source, fields)


# Roles and kinds are what the names of fields say, so their cells point to the value of the field.


def _participations(own: Cell, mentions: tuple[_Mention, ...], role: str, word: str) -> Iterator[Record]:
    for reference, source in mentions:
        fields = {
            "project": (own,),
            "organisation": (reference,),
            "role": (reference._replace(text=role, source=""),),
            "source_role": (reference._replace(text=word, source=""),),
        }
        yield Record("participation", record_key("participation", "", fields), source, fields)


def _amounts(grant: Part, own: Cell, *, regranted: bool) -> Iterator[Record]:
    for name, kind in _AMOUNTS.items():
        value = grant.cell(name)
        if value is None:
            continue
        fields = filled(
            {
                "grant": own,
                "value": value,
                "currency": grant.cell("currency"),
                "amount_kind": value._replace(text=kind, source=""),
                "value_date": grant.cell("awardDate") if name == "amountAwarded" else None,
                "flow_level": value._replace(text="regrant", source=grant.text("regrantType")) if regranted else None,
            }
        )
        yield Record("amount", record_key("amount", "", fields), grant.source, fields)


def _related(cell: Cell) -> Cell:
    """Return a reference to the project of another grant, or to an IATI activity."""
    return cell if cell.text.strip().startswith(_GRANT_ID) else cell._replace(space=_IATI)


def _names_one(grant: Part, cell: Cell) -> bool:
    """Tell whether a text names a person that receives the grant."""
    text = lookup_key(cell.text)
    return any(name in text for name in grant.persons)


def _joined(*parts: str) -> str:
    """Join parts to a key, injectively."""
    return "~".join(part.replace("%", "%25").replace("~", "%7E").replace("/", "%2F") for part in parts)
