"""What the library, the pages and the rules ask, and graphs to ask it of, each held by both engines."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

from graph_app.columns.encoding import build_columns
from graph_app.columns.engine import ColumnStore
from graph_app.journal.intake import take_in, take_in_all
from graph_app.questions.catalogue import Question, questions, read_question
from graph_app.questions.engine import Engine
from graph_app.questions.parameters import Parameter, parse, read
from graph_app.questions.results import Table, Term
from graph_app.releases.build import build
from graph_app.releases.release import CONTENT, STORE, Release
from graph_app.settings import Settings
from graph_app.store.oxigraph import build_store
from loaders import resources
from loaders.datasets import Dataset

__all__ = ["GRAPHS", "IOM", "LARGE", "NAMES", "Both", "asked", "busiest", "open_graph", "values"]

ROOT = Path(__file__).resolve().parents[3]
#: IOM's portfolio as flattened tables.
IOM = ROOT.parent / "shared" / "real-data" / "iati" / "iom-2022"
_FIXTURES = ROOT / "tests" / "queries" / "fixtures"
_DATA = {"curated": ROOT / "data", "money": _FIXTURES / "money", "transactions": _FIXTURES / "transactions"}
#: Graphs of the short form, and of the long one.
GRAPHS, LARGE = tuple(_DATA), ("iom", "generated")
#: Graphs that are asked less, since others of their kind are asked all.
_FEW = {"money", "transactions"}
#: No limit that a right answer meets, but one that ends what would take hours.
_LIMITS = {"time_limit": 900.0, "endpoint_row_limit": 10**8, "byte_limit": 2**31, "memory_limit": 16 * 2**30}

#: Where values of a parameter's type stand in a graph.
_USED = MappingProxyType(
    {
        "iri": "project", "organisation": "organisation", "donor": "donor", "project": "project",
        "programme": "programme", "partnership": "partnership", "country": "country", "target-group": "targetGroup",
        "theme": "theme", "role": "role", "organisation-type": "organisationType",
    }
)  # fmt: skip
_PLAIN = MappingProxyType(
    {"text": "vietnam", "date": "2014-05-17", "month": "2014-05", "year": "2014", "integer": "2", "language": "cs"}
)

Values = Mapping[str, Sequence[Term]]


@dataclass(frozen=True, slots=True)
class Both:
    """A graph in both engines.

    :param name: its name in files of expected rows.
    :param columns: the one engine.
    :param oxigraph: the other.
    :param samples: a value for each type of parameter.
    """

    name: str
    columns: ColumnStore
    oxigraph: Engine
    samples: Mapping[str, Term]


def asked() -> Mapping[str, Question]:
    """Every query of the project by its place, ``funding/donors``."""
    others = [path for folder in ("views", "rules") for path in sorted((resources.QUERIES / folder).glob("*.rq"))]
    return MappingProxyType(
        {f"{question.group}/{name}": question for name, question in questions().items()}
        | {f"{path.parent.name}/{path.stem}": read_question(path) for path in others}
    )


NAMES = tuple(asked())


def values(question: Question, graph: Both) -> Iterator[Values]:
    """Yield what a question is asked with: as little as may be, all, each parameter alone, and as other tests do."""
    needed = {parameter.name for parameter in question.params if parameter.required}
    names = [parameter.name for parameter in question.params]
    defaults = read([replace(parameter, required=False) for parameter in question.params], {})
    found = [needed, set(names)]
    if graph.name not in _FEW:
        found += [needed | {name} for name in names if name not in needed]
    for chosen in dict.fromkeys(frozenset(some) for some in found):
        given = {item.name: [graph.samples[item.type]] for item in question.params if item.name in chosen}
        yield defaults | {name: terms for name, terms in given.items() if terms}
    for case in _cases(question.name):
        if case["graph"] == graph.name and case.get("params"):
            texts = {name: given if isinstance(given, list) else [given] for name, given in case["params"].items()}
            yield read(question.params, {name: list(map(str, given)) for name, given in texts.items()})


@cache
def _cases(name: str) -> list[dict]:
    path = ROOT / "tests" / "queries" / "expected" / f"{name}.yaml"
    return YAML(typ="safe").load(path) if path.is_file() else []


def open_graph(name: str, folder: Path, stack: ExitStack) -> Both:
    """Make a graph, and open it in both engines until the stack ends."""
    settings = Settings(home=folder, data=_DATA.get(name, ROOT / "data"), workers=1, engine="oxigraph", **_LIMITS)
    if name == "generated":
        release = _generated(folder)
    else:
        if name == "iom":
            take_in(IOM, Dataset("tables", {"en": "IOM"}, "iati-tables", "iati", language="en"), settings)
        else:
            take_in_all(settings)
        release = build(settings)
    build_columns(folder / "columns", *sorted(release.content.glob("*.nq")))
    engine = stack.enter_context(Engine(release, settings))
    return Both(name, ColumnStore.open(folder / "columns"), engine, busiest(engine))


def _generated(folder: Path) -> Release:
    # Only the long form has need of it.
    from tests.benchmarks.material import make_material

    content = make_material(10_000, folder).content
    assert content == folder / CONTENT
    build_store(folder / STORE, *sorted(content.glob("*.nq")))
    return Release("generated", folder, "", datetime(2026, 11, 21, tzinfo=UTC), 0, {})


def busiest(engine: Engine) -> Mapping[str, Term]:
    """A value for each type of parameter: of entities and concepts those that most is said of."""
    found = {kind: parse(Parameter(kind, kind), text) for kind, text in _PLAIN.items()}
    for kind, term in _USED.items():
        text = f"SELECT ?x WHERE {{ ?s ig:{term} ?x }} GROUP BY ?x ORDER BY DESC(COUNT(*)) ?x LIMIT 1"
        answer = engine.ask(text)
        assert isinstance(answer, Table)
        found[kind] = answer.rows[0][0] if answer.rows else Term("iri", "urn:example:none")
    return found
