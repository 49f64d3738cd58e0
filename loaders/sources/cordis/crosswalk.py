"""Words of CORDIS to concepts of the graph; what has no counterpart stays unsaid."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from loaders.records import Cell
from loaders.schemes import scheme

__all__ = ["coded", "role"]

_LETTERS = re.compile("[^a-z]")
#: A third party belongs to a beneficiary and may claim costs through it. The host institution of a researcher's grant
#: is its beneficiary. "Partner" is the partner organisation of a mobility project, which works but signs no grant.
_ROLES: Mapping[str, str] = MappingProxyType(
    {
        "coordinator": "coordinator",
        "participant": "partner",
        "partner": "partner",
        "internationalpartner": "partner",
        "associatedpartner": "associated-partner",
        "thirdparty": "affiliated-entity",
        "linkedthirdparty": "affiliated-entity",
        "beneficiary": "recipient",
        "hostinstitution": "recipient",
    }
)


def role(cell: Cell) -> Cell | None:
    """Return the role that a word of CORDIS stands for.

    :param cell: such as ``internationalPartner`` or ``INTERNATIONAL_PARTNER``.
    :returns: the cell with the key of the role, or ``None`` where the word is not known.
    """
    found = _ROLES.get(_LETTERS.sub("", cell.text.casefold()))
    return cell._replace(text=found, source=cell.text) if found else None


def coded(cell: Cell | None, name: str, codelist: str) -> Cell | None:
    """Return the concept that a code of CORDIS stands for.

    :param cell: the code, or ``None``.
    :param name: the scheme of the concept.
    :param codelist: list of codes, as the notations of the scheme name it.
    :returns: the cell with the key of the concept; as it is where the code is not known, so that it is reported.
    """
    if cell is None:
        return None
    known = scheme(name)
    found = known.coded(cell.text.upper(), codelist)
    return cell._replace(text=known.key(found), source=cell.text) if found is not None else cell
