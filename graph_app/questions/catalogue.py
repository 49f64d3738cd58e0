"""The library of questions: ``queries/<group>/<name>.rq``, each with a header that says what it asks and takes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from graph_app.questions.parameters import TYPES, Parameter
from graph_app.questions.tokens import Kind, tokens
from loaders import resources
from loaders.findings import LANGUAGES
from loaders.vocabulary import prefixes

__all__ = [
    "GROUPS",
    "CatalogueError",
    "Question",
    "parse_question",
    "questions",
    "read_question",
    "view",
    "with_prefixes",
]

#: Groups of questions that people choose from, in the order in which they are shown.
GROUPS = ("actors", "funding", "network", "quality")

_MARK = "#+"
_KEYS = frozenset(("summary", "description", "tags", "params", "stands_on", "returns"))
_PARAMETER_KEYS = frozenset(("type", "label", "required", "default", "multiple"))


class CatalogueError(Exception):
    """A question file is not well formed; the text names the file and the repair."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the library.

    :param name: its name, that of its file.
    :param group: folder that it stands in.
    :param summary: language to one line that says what it asks.
    :param text: the SPARQL text, without header and without PREFIX lines.
    :param description: language to what should be known about it.
    :param tags: words to find it by.
    :param params: its parameters.
    :param returns: the columns of its answer.
    :param stands_on: what projects have to state to be in its answer, see :mod:`graph_app.questions.coverage`.
    """

    name: str
    group: str
    summary: Mapping[str, str] = field(hash=False)
    text: str
    description: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    tags: tuple[str, ...] = ()
    params: tuple[Parameter, ...] = ()
    returns: tuple[str, ...] = ()
    stands_on: tuple[str, ...] = ()


@cache
def questions() -> Mapping[str, Question]:
    """Return the library.

    :returns: name to question, by group and then by name.
    :raises CatalogueError: if a file is not well formed, or two share a name.
    """
    library: dict[str, Question] = {}
    for group in GROUPS:
        for path in sorted((resources.QUERIES / group).glob("*.rq")):
            question = read_question(path)
            if question.name in library:
                other = library[question.name].group
                raise CatalogueError(f"{path}: the group {other} has a question {question.name} already.")
            library[question.name] = question
    return MappingProxyType(library)


@cache
def view(name: str) -> Question:
    """Return one of the queries that pages and commands ask.

    :param name: its name, that of its file in ``queries/views``.
    :returns: the question.
    :raises KeyError: if there is none of that name.
    :raises CatalogueError: if its file is not well formed.
    """
    path = resources.QUERIES / "views" / f"{name}.rq"
    if not path.is_file():
        raise KeyError(name)
    return read_question(path)


def read_question(path: Path) -> Question:
    """Read one question file.

    :param path: a ``.rq`` file with a header in lines that start with ``#+``.
    :returns: the question.
    :raises CatalogueError: if the file cannot be read or its header is not well formed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path}: the question cannot be read: {error}") from error
    return parse_question(text, path)


def parse_question(text: str, path: Path) -> Question:
    """Read the text of a question file.

    :param text: a query below a header in lines that start with ``#+``.
    :param path: the file, which names the question, its group, and any fault.
    :returns: the question.
    :raises CatalogueError: if the header is not well formed.
    """
    lines = text.split("\n")
    try:
        header = YAML(typ="safe").load("\n".join(line[len(_MARK) :] for line in lines if line.startswith(_MARK)))
    except YAMLError as error:
        raise CatalogueError(f"{path}: the header cannot be read: {error}") from error
    if not isinstance(header, dict) or "summary" not in header:
        raise CatalogueError(f"{path}: the header needs at least a line #+ summary: {{en: …, cs: …}}.")
    _refuse_unknown(header, _KEYS, path)
    params = header.get("params") or {}
    if not isinstance(params, dict):
        raise CatalogueError(f"{path}: params maps the name of each parameter to its type, not {params!r}.")
    return Question(
        name=path.stem,
        group=path.parent.name,
        summary=_texts(header["summary"], path),
        text="\n".join(line for line in lines if not line.startswith(_MARK)).strip() + "\n",
        description=_texts(header.get("description") or {}, path),
        tags=_list(header, "tags", path),
        params=tuple(_parameter(str(name), entry, path) for name, entry in params.items()),
        returns=_list(header, "returns", path),
        stands_on=_list(header, "stands_on", path),
    )


def with_prefixes(text: str) -> str:
    """Put the PREFIX lines that a query needs before it, so that it runs in any SPARQL editor.

    :param text: a query that uses declared prefixes of ``ontology/prefixes.ttl``.
    :returns: the query with a line for each prefix that it uses and does not declare itself.
    """
    used: set[str] = set()
    declared: set[str] = set()
    previous = ""
    for token in tokens(text):
        if token.kind in {Kind.BLANK, Kind.COMMENT}:
            continue
        if token.kind is Kind.NAME:
            (declared if previous == "PREFIX" else used).add(token.text.partition(":")[0])
        previous = token.text.upper() if token.kind is Kind.WORD else ""
    needed = {prefix: namespace for prefix, namespace in prefixes().items() if prefix in used - declared}
    lines = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in needed.items())
    return f"{lines}\n{text}" if lines else text


def _parameter(name: str, entry: object, path: Path) -> Parameter:
    if isinstance(entry, str):
        entry = {"type": entry}
    if not isinstance(entry, dict) or str(entry.get("type")) not in TYPES:
        raise CatalogueError(f"{path}: parameter {name} needs a type, one of {', '.join(sorted(TYPES))}.")
    _refuse_unknown(entry, _PARAMETER_KEYS, path)
    default = entry.get("default")
    return Parameter(
        name=name,
        type=str(entry["type"]),
        label=_texts(entry.get("label", {}), path),
        required=bool(entry.get("required", False)),
        default=None if default is None else str(default),
        multiple=bool(entry.get("multiple", False)),
    )


def _list(header: Mapping[str, object], key: str, path: Path) -> tuple[str, ...]:
    entries = header.get(key) or []
    if not isinstance(entries, list):
        raise CatalogueError(f"{path}: {key} is a list, as in [a, b], not {entries!r}.")
    return tuple(map(str, entries))


def _texts(entry: object, path: Path) -> Mapping[str, str]:
    if isinstance(entry, str):
        entry = {LANGUAGES[0]: entry}
    if not isinstance(entry, dict) or set(entry) - set(LANGUAGES):
        raise CatalogueError(f"{path}: a text maps {' and '.join(LANGUAGES)} to words, not {entry!r}.")
    return MappingProxyType({language: str(text) for language, text in entry.items()})


def _refuse_unknown(entry: Mapping[str, object], known: frozenset[str], path: Path) -> None:
    unknown = sorted(map(str, set(entry) - known))
    if unknown:
        raise CatalogueError(f"{path}: unknown keys {', '.join(unknown)}; known are {', '.join(sorted(known))}.")
