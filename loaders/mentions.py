"""Keys of organisations as sources mention them: neither an identifier alone nor a name alone says who is who."""

import re
import unicodedata

__all__ = ["identifier_of", "organisation_key"]

#: What publishers write where they have no identifier.
_NONE = re.compile(
    r"[-–—_.,/\\?*#0\s]*|n\.?\s?/?\s?a\.?|none|null|nil|unknown|not (?:known|available|applicable)|tbc|tbd",
    re.IGNORECASE,
)


def identifier_of(text: str) -> str:
    """Return an identifier as written, without blanks around it, or an empty string where the text is none.

    :param text: what stands in the place of an identifier, such as ``XM-DAC-41114``, ``-`` or ``n/a``.
    """
    stripped = text.strip()
    return "" if _NONE.fullmatch(stripped) is not None else stripped


def organisation_key(identifier: str, name: str, within: str) -> str:
    """Return the key of a mention of an organisation.

    The same identifier with the same name is the same mention wherever it stands. Another name on one identifier is
    another mention, since publishers share identifiers among departments. Without identifier, a name says the same
    thing only within one record: every country has a Ministry of Health. Who they all are is for people to decide.

    :param identifier: identifier as written; what is none, such as ``-``, counts as missing.
    :param name: name as written, or empty; spacing and the composition of letters make no difference, letter case does.
    :param within: what a name without identifier is unique in: the key of the project, or what a column map declares.
    :returns: the key, injective in what it is made of.
    :raises ValueError: if there is neither identifier nor name.
    """
    known, called = identifier_of(identifier), unicodedata.normalize("NFC", " ".join(name.split()))
    if not known and not called:
        raise ValueError("An organisation without identifier and name cannot be told from others.")
    parts = (known, called) if known else ("", within, called)
    # The slash too, as in every IRI of an organisation so far.
    return "~".join(part.replace("%", "%25").replace("~", "%7E").replace("/", "%2F") for part in parts)
