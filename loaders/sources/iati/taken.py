"""What of an activity is taken in, so that everything else can be counted."""

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType

from lxml.etree import _Element as Element

__all__ = ["LANGUAGE", "left_out"]

#: The attribute of XML that gives the language of a text.
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ORGANISATION = frozenset({"@ref", "@type", "narrative"})
_SHARE = frozenset({"@code", "@percentage", "@vocabulary", "narrative"})
_SUM = frozenset({"@currency", "@value-date"})
_DAY = frozenset({"@iso-date"})
_CODE = frozenset({"@code"})
_TEXTS = frozenset({"narrative"})

#: Element to its attributes and the elements in it that are taken; an element that is not named here has none.
_TAKEN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "iati-activity": frozenset(
            {
                *("@default-currency", "@humanitarian", "iati-identifier", "reporting-org", "title", "description"),
                *("participating-org", "other-identifier", "activity-status", "activity-date", "contact-info"),
                *("recipient-country", "recipient-region", "location", "sector", "tag", "policy-marker"),
                *("humanitarian-scope", "related-activity", "activity-website", "budget", "transaction"),
            }
        ),
        "reporting-org": _ORGANISATION,
        "title": _TEXTS,
        "description": _TEXTS,
        "participating-org": _ORGANISATION | {"@role", "@activity-id"},
        "other-identifier": frozenset({"@ref", "@type", "@owner-ref", "@owner-name", "owner-org"}),
        "owner-org": frozenset({"@ref", "narrative"}),
        "activity-status": _CODE,
        "activity-date": _DAY | {"@type"},
        "recipient-country": frozenset({"@code", "@percentage", "narrative"}),
        "recipient-region": _SHARE,
        "location": frozenset({"name", "location-id"}),
        "name": _TEXTS,
        "location-id": frozenset({"@code", "@vocabulary"}),
        "sector": _SHARE,
        "tag": frozenset({"@code", "@vocabulary", "narrative"}),
        "policy-marker": frozenset({"@code", "@vocabulary", "@significance", "narrative"}),
        "humanitarian-scope": frozenset({"@code", "@vocabulary", "@type", "narrative"}),
        "related-activity": frozenset({"@ref", "@type"}),
        "budget": frozenset({"@type", "@status", "period-start", "period-end", "value"}),
        "period-start": _DAY,
        "period-end": _DAY,
        "value": _SUM,
        "transaction": frozenset(
            {
                *("@ref", "transaction-type", "transaction-date", "value", "description", "provider-org"),
                *("receiver-org", "recipient-country", "recipient-region", "sector"),
            }
        ),
        "transaction-type": _CODE,
        "transaction-date": _DAY,
        "provider-org": _ORGANISATION | {"@provider-activity-id"},
        "receiver-org": _ORGANISATION | {"@receiver-activity-id"},
        "iati-organisation": frozenset({"organisation-identifier", "iati-identifier", "name", "reporting-org"}),
    }
)
#: What all names of other namespaces are counted under.
_OTHER = "elements and attributes of other namespaces"
#: Their children are no part of the data, or are counted by themselves.
_CLOSED = frozenset({"contact-info"})


def left_out(element: Element) -> Counter[str]:
    """Count what of an activity or organisation is not taken in.

    :param element: the activity or organisation.
    :returns: path such as ``result``, ``transaction/aid-type`` or ``participating-org/@crs-channel-code`` to how often
        it occurs; what stands inside something left out is not counted again.
    """
    counts: Counter[str] = Counter()
    _count(element, "", counts)
    return counts


def _count(element: Element, path: str, counts: Counter[str]) -> None:
    taken = _TAKEN.get(str(element.tag), frozenset())
    for name in element.attrib:
        if (plain := str(name)) != LANGUAGE and f"@{plain}" not in taken:
            counts[_OTHER if plain.startswith("{") else f"{path}@{plain}"] += 1
    for child in element:
        tag = str(child.tag)
        if tag not in taken:
            counts[_OTHER if tag.startswith("{") else f"{path}{tag}"] += 1
        elif tag not in _CLOSED:
            _count(child, f"{path}{tag}/", counts)
