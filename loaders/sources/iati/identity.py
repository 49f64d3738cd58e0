"""What tells the parts of an activity apart, in tables and in XML alike: never a row, a line or an order."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from loaders.errors import ValueFault
from loaders.mentions import identifier_of, organisation_key
from loaders.normalise import money
from loaders.normalise.names import lookup_key
from loaders.records import Cell
from loaders.sources.iati.activity import OrganisationMention, Texts
from loaders.sources.iati.codes import as_day, as_decimal

__all__ = ["digest", "exact", "main_name", "mention_key", "numbered", "said", "split_identifier"]

_Item = TypeVar("_Item")

#: Hexadecimal digits of a digest: enough for the transactions of one activity.
_DIGITS = 16
#: An org-id: two letters of a country or of the register of registers, the register, and the code in it.
_ORG_ID = re.compile(r"([A-Z]{2}-[A-Z][A-Z0-9_]*)-(.*[0-9A-Za-z].*)")
#: Scheme of what is no org-id, although publishers put it where one belongs.
_NO_REGISTER = "IATI"
_BETWEEN = "\x1f"


def main_name(name: Texts) -> str:
    """Return the name that an organisation without other identity goes by: the English one where there is one.

    Tables mostly have one language, so no other choice gives the same name in tables and in XML. The order of the
    languages makes no difference.

    :param name: the name in its languages.
    """
    first = min(name, key=lambda cell: (cell.language != "en", cell.language, cell.text), default=None)
    return first.text.strip() if first is not None else ""


def mention_key(mention: OrganisationMention | None, within: str) -> str:
    """Return the key of an organisation where it is named, or an empty string where nothing names it.

    :param mention: where it is named.
    :param within: key of the project, in which a name without identifier is unique.
    """
    if mention is None:
        return ""
    ref = mention.ref.text if mention.ref is not None else ""
    name = main_name(mention.name)
    return organisation_key(ref, name, within) if identifier_of(ref) or lookup_key(name) else ""


def split_identifier(text: str) -> tuple[str, str]:
    """Return the register of an organisation identifier, and the code in it.

    :param text: the identifier without blanks around it.
    :returns: such as ``("GB-CHC", "202918")`` for an org-id, or ``IATI`` and the whole text for any other identifier.
    """
    match = _ORG_ID.fullmatch(text)
    return (match[1], match[2]) if match is not None else (_NO_REGISTER, text)


def exact(cell: Cell | None) -> str:
    """Return a number in the one form in which equal numbers are equal; what is no number stays as it is.

    :param cell: a number as written.
    """
    if cell is None:
        return ""
    try:
        text = format(money.decimal((as_decimal(cell) or cell).text), "f")
    except ValueFault:
        return cell.text.strip()
    short = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if short == "-0" else short


def said(*values: Cell | Texts | None) -> str:
    """Join what several values say, to tell apart or to sort what has them.

    :param values: cells, or texts in several languages.
    """
    return _BETWEEN.join(_one(value) for value in values)


def _one(value: Cell | Texts | None) -> str:
    if value is None:
        return ""
    if isinstance(value, Cell):
        return (as_day(value) or value).text.strip()
    return "\x1e".join(sorted(f"{cell.language}:{cell.text.strip()}" for cell in value))


def digest(parts: Iterable[str]) -> str:
    """Return a short digest of several texts.

    :param parts: the texts, in a fixed order.
    """
    return hashlib.sha256(_BETWEEN.join(parts).encode(errors="surrogatepass")).hexdigest()[:_DIGITS]


def numbered(
    items: Sequence[tuple[tuple[str, ...], str, _Item]],
) -> Iterator[tuple[tuple[str, ...], _Item]]:
    """Tell links with the same key apart: the first keeps it, the others end in 2, 3 and so on.

    :param items: key, what else the link says, and the link; what else it says decides the number, so that the order in
        the file does not.
    :returns: key and link, in the order given.
    """
    order = sorted(range(len(items)), key=lambda index: items[index][:2])
    numbers: dict[int, int] = {}
    for before, index in zip([None, *order], order, strict=False):
        same = before is not None and items[before][0] == items[index][0]
        numbers[index] = numbers[before] + 1 if same and before is not None else 1
    for index, (key, _, item) in enumerate(items):
        yield (key if numbers[index] == 1 else (*key, str(numbers[index]))), item
