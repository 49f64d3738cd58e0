"""What is said around findings in files and on the command line, in English and Czech."""

from functools import cache
from importlib.resources import files

from babel.numbers import format_decimal
from ruamel.yaml import YAML

from loaders.findings import LANGUAGES, Severity

__all__ = ["number", "severity_word", "word"]


def word(key: str, language: str, **values: object) -> str:
    """Return a word or sentence.

    :param key: key in ``words.yaml``.
    :param language: ``en`` or ``cs``; anything else gives English.
    :param values: what the text names in braces; whole numbers are written as the language groups their digits.
    :raises KeyError: if there is no such key.
    """
    texts = _words()[key]
    said = {name: number(value, language) if isinstance(value, int) else value for name, value in values.items()}
    return (texts.get(language) or texts[LANGUAGES[0]]).format(**said)


def number(value: int, language: str) -> str:
    """Return a whole number as a language groups its digits.

    :param value: the number.
    :param language: ``en`` or ``cs``.
    """
    return format_decimal(value, locale=language)


def severity_word(severity: Severity, language: str) -> str:
    """Return what people call a severity.

    :param severity: the severity.
    :param language: ``en`` or ``cs``; anything else gives English.
    """
    return word(f"severity.{severity.value}", language)


@cache
def _words() -> dict[str, dict[str, str]]:
    content = files("graph_app.validation").joinpath("words.yaml").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = YAML(typ="safe").load(content)
    return found
