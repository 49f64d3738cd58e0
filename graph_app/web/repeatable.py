"""Whether a query gives the same answer whenever it is asked of the same release."""

from graph_app.questions.tokens import Kind, readings

__all__ = ["repeatable"]

#: Parts of the names of functions that give something else each time: NOW, RAND, UUID, STRUUID, BNODE.
_CHANGING = ("NOW", "RAND", "UUID", "BNODE")


def repeatable(text: str) -> bool:
    r"""Tell whether a query gives the same answer as long as the release is the same.

    :param text: the query.
    :returns: ``False`` also where a name may be hidden behind a ``\u`` escape.
    """
    if "\\u" in text or "\\U" in text:
        return False
    # The engine also reads words that are glued together, as in trueNOW(), so a part of a word is enough.
    words = (token.text.upper() for token in readings(text) if token.kind is Kind.WORD)
    return not any(changing in word for word in words for changing in _CHANGING)
