"""Language codes."""

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

from loaders.errors import ValueFault
from loaders.normalise.names import lookup_key

__all__ = ["language_code", "language_names"]

#: Language, script, region and variants; a tag that is formed otherwise makes a whole file of quads unreadable.
_TAG = re.compile(
    r"([A-Za-z]{2,3})((?:[-_][A-Za-z]{4})?(?:[-_](?:[A-Za-z]{2}|[0-9]{3}))?(?:[-_](?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*)"
)
#: Locales in which people name languages here.
_LOCALES = ("en", "cs")


def language_code(text: str) -> str:
    """Return the BCP 47 tag of a language.

    :param text: the tag, or the name of the language in English, Czech or itself.
    :returns: the tag, its language part in lower case.
    :raises ValueFault: if there is no such language.
    """
    match = _TAG.fullmatch(text.strip())
    if match is not None and match[1].lower() in Locale.parse("en").languages:
        return match[1].lower() + match[2].replace("_", "-")
    found = language_names().get(lookup_key(text), "")
    if not found:
        raise ValueFault("unknown-language")
    return found


@cache
def language_names() -> Mapping[str, str]:
    """Return the names of languages in English and Czech: look-up key to BCP 47 tag."""
    names: dict[str, str] = {}
    for locale in map(Locale.parse, _LOCALES):
        for code, name in locale.languages.items():
            names.setdefault(lookup_key(name), code.replace("_", "-"))
    return names
