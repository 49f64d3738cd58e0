"""What one column is taken for, and why."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from loaders.sources.mapped.evidence import currency_in, date_forms, number_form, separators, share_of_countries
from loaders.sources.mapped.heading_words import Meaning, meaning_of, role_of
from loaders.sources.mapped.partings import parting

__all__ = ["Guess", "guess"]

#: Meaning of an amount to its kind.
_AMOUNTS = {"total": "total-cost", "union_share": "eu-contribution", "award": "awarded", "budget": "budget"}
_DATES = ("start", "end")
_MOSTLY = 0.8
#: Share of values that name countries where the heading says so: the others are slips, each of which is told.
_UNDER_HEADING = 0.5
_SHOWN = 60


@dataclass(slots=True)
class Guess:
    """What a column is taken for.

    :param heading: its heading on one line.
    :param letter: its letter, where other columns have the same heading.
    :param meaning: what it means, or empty.
    :param language: language of the word that says so.
    :param fills: part and field, or empty where nobody can tell.
    :param settings: how its cells are read.
    :param reason: why.
    :param left_out: why it is to be left out, or empty.
    :param parts: section, name and settings of the parts that the map needs for it.
    """

    heading: str
    letter: str = ""
    meaning: str = ""
    language: str = ""
    fills: str = ""
    settings: dict[str, str | Sequence[str]] = field(default_factory=dict)
    reason: str = ""
    left_out: str = ""
    parts: list[tuple[str, str, str]] = field(default_factory=list)

    def lines(self, scalar: Callable[[str], str]) -> Iterator[str]:
        """Write the column as a line of a map.

        :param scalar: writes a text in YAML.
        """
        settings = {**({"letter": self.letter} if self.letter else {}), **self.settings}
        shown = ", ".join(f"{name}: {_quoted(value)}" for name, value in settings.items())
        value = f"{{fills: {self.fills}, {shown}}}" if settings else self.fills
        yield f"  {scalar(self.key)}: {value}  # {self.reason}"

    def line_left_out(self, scalar: Callable[[str], str]) -> str:
        """Write that the column is left out, as a line of a map.

        :param scalar: writes a text in YAML.
        """
        told = f"{{letter: {self.letter}, reason: {_quoted(self.left_out)}}}" if self.letter else scalar(self.left_out)
        return f"  {scalar(self.key)}: {told}"

    @property
    def key(self) -> str:
        """Under which key it stands in a map, each of which may stand there once."""
        return f"{self.heading} ({self.letter})" if self.letter else self.heading


def _quoted(value: str | Sequence[str]) -> str:
    if not isinstance(value, str):
        return f"[{', '.join(map(_quoted, value))}]"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def guess(heading: str, letter: str, values: Sequence[str], taken: Counter[str]) -> Guess:
    """Guess what a column holds.

    :param heading: its heading.
    :param letter: its letter where the heading alone does not tell it.
    :param values: values of it, none of them blank.
    :param taken: how many columns had each meaning so far; this one is added.
    """
    found = Guess(heading, letter)
    meaning = meaning_of(heading)
    if meaning is None:
        # A word of a country in most cells tells more than any heading.
        if len(values) > 1 and share_of_countries(values, ",") >= _MOSTLY:
            _country(found, values)
            found.reason = "its values name countries"
            return found
        example = values[0].replace("\n", " ")[:_SHOWN] if values else ""
        found.reason = f"no word of the heading is known; for example: {example}" if example else "always blank"
        return found
    found.meaning, found.language = meaning.name, meaning.language
    found.reason = f"“{meaning.word}” in the heading"
    _fill(found, meaning, values, taken)
    return found


def _fill(found: Guess, meaning: Meaning, values: Sequence[str], taken: Counter[str]) -> None:
    name = meaning.name
    number = taken[name]
    taken[name] += 1
    if number and name not in (*_AMOUNTS, "organisation", "person", "rate"):
        found.reason += f", but another column is taken for the {name}"
    elif name in _DATES:
        _date(found, name, values)
    elif name in _AMOUNTS:
        _amount(found, name, values, number)
    elif name in ("id", "title", "description", "website"):
        found.fills = f"project.{name}"
    elif name == "organisation":
        _organisation(found, values, taken)
    else:
        _OTHERS[name](found, values)


def _date(found: Guess, name: str, values: Sequence[str]) -> None:
    form = date_forms(values)
    if form is None:
        found.reason += ", but its values are no dates of one known form"
        return
    found.fills = f"project.{name}"
    if form.name:
        found.settings["date"] = form.name
        found.reason += f", values such as {values[0]}"
        if form.rival:
            found.reason += f"; {form.rival} would fit as well"


def _amount(found: Guess, name: str, values: Sequence[str], number: int) -> None:
    currency = currency_in([found.heading, *values[:20]])
    form = number_form(values, currency)
    if form is None:
        found.reason += ", but its values are no numbers of one known form"
        return
    part = name if not number else f"{name}{number + 1}"
    found.fills = f"{part}.value"
    found.settings["number"] = form.name
    found.reason += f", values such as {values[0]}"
    if form.rival and not all(map(str.isdigit, values)):
        found.reason += f"; {form.rival} would fit as well"
    settings = [f"amount_kind: {_AMOUNTS[name]}", *([f"currency: {currency}"] if currency else []), "of: project"]
    note = "" if currency else "  # no currency stands in the table: add it, such as currency: EUR"
    found.parts.append(("amounts", part, "{" + ", ".join(settings) + "}" + note))


def _organisation(found: Guess, values: Sequence[str], taken: Counter[str]) -> None:
    role = role_of(found.heading)
    part = (role or "organisation").replace("-", "_")
    key = f"part {part}"
    taken[key] += 1
    if taken[key] > 1:
        part += str(taken[key])
    found.fills = f"{part}.name"
    parted = parting(values)
    if parted is not None:
        found.settings |= parted.settings
        found.reason += ", several names in some cells"
    elif separators(values, ","):
        found.reason += "; if commas separate several names, add split"
    stated = f"{{role: {role}}}" if role else "{role: partner}  # no word of the heading tells the role"
    found.parts.append(("organisations", part, stated))


def _country(found: Guess, values: Sequence[str]) -> None:
    separator = separators(values, ",;|")
    if share_of_countries(values, separator) >= _UNDER_HEADING:
        found.settings |= {"split": separator} if separator else {}
    elif separator and share_of_countries([value.partition(separator)[0] for value in values]) >= _UNDER_HEADING:
        found.settings["before"] = separator
    else:
        found.reason += ", but its values name no countries"
        return
    found.meaning, found.fills = "country", "project.country"


def _place(found: Guess, values: Sequence[str]) -> None:
    if len(values) > 1 and share_of_countries(values, separators(values, ",;|")) >= _MOSTLY:
        _country(found, values)
        found.reason += ", but its values name countries"
        return
    found.fills = "place.name"
    found.parts.append(("places", "place", "{}"))


def _category(found: Guess, values: Sequence[str]) -> None:
    del values
    found.fills = "category.code"
    found.parts.append(
        ("classifications", "category", f"{{classification_type: category, vocabulary: {_quoted(found.heading)}}}")
    )


def _target_group(found: Guess, values: Sequence[str]) -> None:
    found.fills = "project.target_group"
    if separator := separators(values, ";|\n,"):
        found.settings["split"] = separator


def _programme(found: Guess, values: Sequence[str]) -> None:
    del values
    found.fills = "programme.name"
    found.parts.append(("programmes", "programme", "{}"))


def _person(found: Guess, values: Sequence[str]) -> None:
    del values
    found.left_out = "natural persons are no part of the graph"


def _rate(found: Guess, values: Sequence[str]) -> None:
    del values
    found.left_out = "a rate, not an amount; one of co-financing can fill grant.cofinancing_rate"


def _told(found: Guess, values: Sequence[str]) -> None:
    del values
    found.reason += "; say which amount or organisation it belongs to"


_OTHERS: dict[str, Callable[[Guess, Sequence[str]], None]] = {
    "country": _country,
    "place": _place,
    "category": _category,
    "programme": _programme,
    "target_group": _target_group,
    "person": _person,
    "rate": _rate,
    "currency": _told,
    "postcode": _told,
    "organisation_id": _told,
}
