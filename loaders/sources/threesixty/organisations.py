"""Organisations as grants mention them, and the registers that their identifiers are from."""

import re
from collections.abc import Iterator

from loaders.findings import Finding, finding
from loaders.keys import record_key
from loaders.mentions import identifier_of, organisation_key
from loaders.records import Cell, Record
from loaders.schemes import scheme
from loaders.sources.threesixty.given import Given, filled
from loaders.sources.threesixty.parts import Part, place_of

__all__ = ["mention_key", "organisation"]

#: An identifier of org-id: country or kind, register, and the register's own code.
_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z0-9_]+)-(\S.*)")
#: What is no identifier of a register is the publisher's own.
_OWN = "360Giving"
_COMPANIES = "GB-COH"
#: Field of a number to the forms of numbers and their registers: charities of England and Wales, of Scotland and of
#: Northern Ireland, and Companies House, whose numbers have eight characters where no spreadsheet took leading zeros.
_NUMBERS = {
    "charityNumber": (
        (re.compile(r"[0-9]{6,7}(?:-[0-9]+)?"), "GB-CHC"),
        (re.compile(r"SC[0-9]{6}"), "GB-SC"),
        (re.compile(r"NIC[0-9]{6}"), "GB-NIC"),
    ),
    "companyNumber": ((re.compile(r"[0-9]{5,8}|[A-Z]{2}[0-9]{5}[0-9A-Z]"), _COMPANIES),),
}
_COMPANY_LENGTH = 8


def mention_key(part: Part, grant: str) -> str:
    """Return the key of a mention, or an empty string where it has neither identifier nor name.

    :param part: the organisation as the grant mentions it.
    :param grant: identifier of the grant, within which a name without identifier counts.
    """
    if not identifier_of(part.text("id")) and not part.text("name"):
        return ""
    return organisation_key(part.text("id"), part.text("name"), grant)


def organisation(part: Part, key: str, given: Given, language: str) -> Iterator[Record | Finding]:
    """Yield what a mention adds to what is known of an organisation, and its identifiers.

    :param part: the organisation as a grant mentions it.
    :param key: its key.
    :param given: what the file has said before.
    :param language: language of its texts.
    """

    def text(name: str) -> tuple[Cell, ...]:
        return tuple(cell._replace(language=language) for cell in part.cells.get(name, ()))

    seat = part.cell("addressCountry")
    if seat is None:
        seat = next((code for place in part.parts.get("location", ()) if (code := place.cell("countryCode"))), None)
    kind = part.cell("organisationType")
    if kind is not None and scheme("organisation-types").find(kind.text) is None:
        if given.first("type", kind.text.strip()):
            yield finding("threesixty-organisation-type", place_of(part.source, kind), value=kind.text.strip())
        kind = None
    fields = filled(
        {
            "name": text("name"),
            "other_name": text("alternateName"),
            "type": kind,
            "seat": seat,
            "locality": part.cell("addressLocality"),
            "postcode": part.cell("postalCode"),
            "website": part.cell("url"),
            "description": text("description"),
        }
    )
    yield from given.news("organisation", (key,), part.source, fields)
    faults: list[Finding] = []
    for register, code in _codes(part, faults):
        owner = code._replace(text=key, source=part.text("id"))
        linked = {
            "organisation": (owner,),
            "scheme": (code._replace(text=register, source=code.text),),
            "code": (code,),
        }
        if given.first("identifier", key, register, code.text):
            yield Record("identifier", record_key("identifier", "", linked), part.source, linked)
    yield from faults


def _codes(part: Part, faults: list[Finding]) -> Iterator[tuple[str, Cell]]:
    """Yield the register and the code of every identifier."""
    known = ""
    cell = part.cell("id")
    if cell is not None and (identifier := identifier_of(cell.text)):
        match = _ORG_ID.fullmatch(identifier)
        register, known = match.groups() if match is not None else (_OWN, identifier)
        yield register, _reading(cell, known)
    for name, forms in _NUMBERS.items():
        number = part.cell(name)
        text = identifier_of(number.text).upper().replace(" ", "") if number is not None else ""
        if number is None or not text:
            continue
        register = next((register for form, register in forms if form.fullmatch(text)), "")
        code = text.zfill(_COMPANY_LENGTH) if register == _COMPANIES else text
        if known in (text, code):
            continue  # what the identifier says already, and in which register
        if register:
            yield register, _reading(number, code)
        else:
            # Without the text: people are named in such remarks.
            faults.append(finding("threesixty-register-number", place_of(part.source, number), field=name))


def _reading(cell: Cell, text: str) -> Cell:
    """Return a cell with a reading of its text, and the text itself as source where it differs."""
    return cell if cell.text == text else cell._replace(text=text, source=cell.source or cell.text)
