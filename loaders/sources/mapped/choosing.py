"""Choices of people made in the text of a map: what a column is, and how its cells are read."""

from collections.abc import Mapping, Sequence

from loaders.fields import ValueKind
from loaders.letters import column_letter
from loaders.sources.mapped.choices import LEFT_OUT, ColumnChoice, Meaning, choices_of, meanings
from loaders.sources.mapped.column_map import GRANT, PROJECT
from loaders.sources.mapped.evidence import currency_in, date_forms, number_form, separators
from loaders.sources.mapped.heading_words import role_of
from loaders.sources.mapped.map_text import MapText
from loaders.sources.mapped.part_reader import PARTICIPATION
from loaders.sources.mapped.partings import parting

__all__ = ["choose", "mend", "state_role", "state_setting"]

_PARTNER, _BUDGET = "partner", "budget"
#: What tells projects apart where nothing has an id, what says most first.
_TELLING = ("project.title", "organisation.name", "project.start", "project.end", "amount.value", "project.description")
_MOST_TELLING = 4
#: Kinds that a row has one of at most; the fields of the others belong to the part that a column of names makes.
_ONE = frozenset({PROJECT, GRANT})
#: Parts that a grant names: who gave it, who got it, and under what.
_LINKS = ("donor", "recipient", "programme")
_ANCHORS = {"organisation": "name", "amount": "value", "programme": "name", "place": "name", "classification": "code"}


def choose(
    written: MapText, choice: ColumnChoice, meaning: str, values: Sequence[str], *, reason: str = "", part: str = ""
) -> None:
    """Say what a column is. How its cells are read follows from its values, until somebody says otherwise.

    :param written: the map, which is changed.
    :param choice: what it says of the column so far.
    :param meaning: a word of :func:`loaders.sources.mapped.choices.meanings`, or that it is left out, or nothing.
    :param values: values of the column, none of them blank.
    :param reason: why it is left out.
    :param part: name of the part that it belongs to, where there are several of its kind.
    """
    known = meanings().get(meaning)
    letter = "" if choice.key == choice.heading else column_letter(choice.index)
    if known is None:
        if meaning == LEFT_OUT:
            written.leave_out(choice.key, reason, letter)
        else:
            written.set_column(choice.key, "", {})
        return
    filled = _part(written, choice, known, values, part)
    settings: dict[str, str | Sequence[str]] = dict(_read_by(known, values, written.part(known.kind, filled)))
    if letter:
        settings = {"letter": letter, **settings}
    written.set_column(choice.key, f"{filled}.{known.field}", settings)


def state_setting(written: MapText, choice: ColumnChoice, name: str, value: Sequence[str]) -> None:
    """Say how the cells of a column are read.

    :param written: the map, which is changed.
    :param choice: what it says of the column so far.
    :param name: such as ``date``, ``number``, ``split`` or ``whole``.
    :param value: the texts; none to take back what was said.
    """
    entry = written.section("columns").get(choice.key)
    field = choice.meaning.partition(".")[2]
    kept = {key: told for key, told in entry.items() if key != "fills"} if isinstance(entry, dict) else {}
    kept.pop(name, None)
    if value:
        kept[name] = value[0] if len(value) == 1 else list(value)
    written.set_column(choice.key, f"{choice.part}.{field}", kept)


def state_role(written: MapText, choice: ColumnChoice, role: str) -> None:
    """Say in which role the organisations of a column take part.

    :param written: the map, which is changed.
    :param choice: what it says of the column so far.
    :param role: key of the role.
    """
    written.set_of_part("organisation", choice.part, "role", role)


def mend(written: MapText, headings: Sequence[str]) -> None:
    """Let nothing stand in a map that refers to what no column fills any more, and tell projects apart.

    :param written: the map, which is changed.
    :param headings: the cells of the row of headings.
    """
    choices = choices_of(written, headings)
    used = {choice.part for choice in choices}
    for kind, anchor in _ANCHORS.items():
        for name in written.parts(kind):
            stands = name in used or anchor in written.part(kind, name) or "id" in written.part(kind, name)
            if not stands:
                written.remove_part(kind, name)
    filled = {f"{choice.part}.{choice.meaning.partition('.')[2]}": choice.meaning for choice in choices if choice.part}
    project = written.part(PROJECT, PROJECT)
    constants = {f"{PROJECT}.{name}" for name in project}
    for name in ("key", "required"):
        paths = project.get(name)
        stated = [str(path) for path in (paths if isinstance(paths, list) else [paths] if paths else [])]
        left = [path for path in stated if (path if "." in path else f"{PROJECT}.{path}") in filled.keys() | constants]
        if left != stated:
            written.set_in(PROJECT, name, left)
    if f"{PROJECT}.id" in filled:
        written.set_in(PROJECT, "key", None)
        written.set_in(PROJECT, "repeated", "same")
    elif not written.part(PROJECT, PROJECT).get("key"):
        telling = [path for word in _TELLING for path, meaning in filled.items() if meaning == word]
        written.set_in(PROJECT, "key", telling[:_MOST_TELLING])
        written.set_in(PROJECT, "repeated", "another")
    _link_grant(written)


def _link_grant(written: MapText) -> None:
    """Tell a grant who gave and who got it; without anything said of it there is none."""
    grant, parts = written.section(GRANT), [*written.parts("organisation"), *written.parts("programme")]
    for name in _LINKS:
        if grant.get(name) and grant.get(name) not in parts:
            written.set_in(GRANT, name, None)
    if GRANT not in {fills.partition(".")[0] for fills in _fills(written)}:
        if not any(str(value) for value in written.section(GRANT).values()):
            written.drop(GRANT)
        return
    roles = {str(written.part("organisation", name).get("role", "")): name for name in written.parts("organisation")}
    found = roles.get("funder"), roles.get("recipient") or roles.get("coordinator")
    for name, part in zip(_LINKS, (*found, next(iter(written.parts("programme")), None)), strict=True):
        if not written.section(GRANT).get(name):
            written.set_in(GRANT, name, part)


def _fills(written: MapText) -> Sequence[str]:
    entries = [
        one for entry in written.section("columns").values() for one in (entry if isinstance(entry, list) else [entry])
    ]
    return [str(one.get("fills", "")) if isinstance(one, dict) else str(one) for one in entries]


def _part(written: MapText, choice: ColumnChoice, meaning: Meaning, values: Sequence[str], part: str) -> str:
    """Return the part that a column fills: one of its own for names and sums, else the one that it belongs to."""
    if meaning.kind in _ONE:
        return meaning.kind
    known = written.parts(meaning.kind)
    if part in known:
        return part
    anchor = _ANCHORS.get(meaning.kind, "")
    before = choice.meaning.partition(".")
    if choice.part in known and before[0] == meaning.kind:
        return choice.part
    if known and meaning.field != anchor:
        return known[0]
    name, stated = _fresh(meaning, choice.heading, values)
    return written.add_part(meaning.kind, name, stated)


def _fresh(meaning: Meaning, heading: str, values: Sequence[str]) -> tuple[str, Mapping[str, str]]:
    if meaning.kind == "organisation":
        role = role_of(heading) or _PARTNER
        return role.replace("-", "_"), {"role": role}
    if meaning.kind == "amount":
        currency = currency_in([heading, *values[:20]])
        return "amount", {"amount_kind": _BUDGET, "of": PROJECT} | ({"currency": currency} if currency else {})
    if meaning.kind == "classification":
        return "category", {"classification_type": "category", "vocabulary": heading}
    return meaning.kind, {"scheme": heading} if meaning.kind == "identifier" else {}


def _read_by(
    meaning: Meaning, values: Sequence[str], stated: Mapping[str, object]
) -> Mapping[str, str | Sequence[str]]:
    """Return how values are read, as far as they tell it themselves."""
    if meaning.kind == "organisation" and meaning.field in PARTICIPATION:
        return {}
    if meaning.value_kind is ValueKind.DATE and meaning.field != "id":
        form = date_forms(values)
        return {"date": form.name} if form is not None and form.name else {}
    if meaning.value_kind in {ValueKind.DECIMAL, ValueKind.INTEGER}:
        number = number_form(values, str(stated.get("currency", "")))
        return {"number": number.name} if number is not None else {}
    if meaning.key == "organisation.name":
        found = parting(values)
        return found.settings if found is not None else {}
    if meaning.many:
        separator = separators(values, ";|\n,")
        return {"split": separator} if separator else {}
    return {}
