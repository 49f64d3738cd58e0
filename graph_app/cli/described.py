"""What a file is that comes in: as it is listed, else as the journal knows it, else as the command line says."""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, replace
from importlib.resources import files
from pathlib import Path

from graph_app.cli.console import err, fail, plain
from graph_app.journal.deployment import open_journal
from graph_app.journal.intake import DATASETS
from graph_app.journal.loads import loads_in_force
from graph_app.settings import Settings
from loaders.datasets import Dataset, read_datasets
from loaders.errors import SourceError
from loaders.sources import SOURCES, detect
from loaders.sources.files import read_text

__all__ = ["TERMS", "Known", "Stated", "column_map", "describe"]

#: What a dataset says of the search for terms, by what the option says.
TERMS = {None: "", True: "on", False: "off"}
_NOT_STATED = "not stated"
#: A map is typed by a person; the largest that are shipped have a few thousand bytes.
_LARGEST_MAP = 1_000_000


@dataclass(frozen=True, slots=True)
class Stated:
    """What the options say; empty where they say nothing. The members are those of a dataset."""

    title: str = ""
    publisher: str = ""
    licence: str = ""
    language: str = ""
    namespace: str = ""
    map: str = ""
    terms: str = ""

    @property
    def anything(self) -> bool:
        """Whether they say anything."""
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class Known:
    """The datasets that are described already, by their keys.

    :param path: the list.
    :param listed: those that it names.
    :param published: those that the journal has.
    """

    path: Path
    listed: Mapping[str, Dataset]
    published: Mapping[str, Dataset]

    @classmethod
    def of(cls, settings: Settings) -> "Known":
        """Read list and journal.

        :param settings: where they are.
        """
        path = settings.data / DATASETS
        loads = loads_in_force(open_journal(settings).events())
        listed = read_datasets(path) if path.exists() else ()
        return cls(path, {one.key: one for one in listed}, {load.dataset.key: load.dataset for load in loads})


def describe(file: Path, key: str, source: str, stated: Stated, known: Known) -> Dataset:
    """Describe the dataset whose content a file becomes. What nobody states is recorded as not stated, and said.

    :param file: the file or folder.
    :param key: key of the dataset.
    :param source: format of the file, or empty to tell it by its content.
    :param stated: what the options say.
    :param known: what is described already.
    :returns: the description.
    :raises SourceError: if the file does not exist, or no format fits it.
    """
    listed, published = known.listed.get(key), known.published.get(key)
    if listed:
        if stated.anything:
            fail(f"{key} is described in {known.path}. Change it there, and leave these options out.")
        return replace(listed, format=_replacing(file, source, listed))
    if published:
        return _filled(replace(published, format=_replacing(file, source, published)), stated)
    form = _format(file, source, "mapped" if stated.map else "")
    missing = [f"--{name}" for name in ("title", "publisher", "licence") if not getattr(stated, name)]
    if missing:
        err().print(plain(f"Recorded as {_NOT_STATED}: {', '.join(missing)}. Load it again with these to state them."))
    # A list in which several datasets are called "not stated" would help nobody.
    title = {"en": f"{key} (title {_NOT_STATED})", "cs": f"{key} (název neuveden)"}
    space = SOURCES[form].namespace or key
    return _filled(Dataset(key, title, form, space, publisher=_NOT_STATED, licence=_NOT_STATED), stated)


def _filled(dataset: Dataset, stated: Stated) -> Dataset:
    return replace(
        dataset,
        title={"en": stated.title} if stated.title else dataset.title,
        publisher=stated.publisher or dataset.publisher,
        licence=stated.licence or dataset.licence,
        language=stated.language or dataset.language,
        namespace=stated.namespace or dataset.namespace,
        map=column_map(stated.map) if stated.map else dataset.map,
        terms=stated.terms or dataset.terms,
    )


def column_map(name: str) -> str:
    """Return the text of a column map.

    :param name: name of one that comes with the program, or path of a file.
    :raises SourceError: if there is neither, or the file cannot be read as UTF-8.
    """
    shipped = files("loaders").joinpath("sources", "mapped", "maps", f"{Path(name).name}.yaml")
    if Path(name).is_file():
        return read_text(Path(name), _LARGEST_MAP)[1]
    if not shipped.is_file():
        raise SourceError(f"There is no column map {name}. Name one of `intgraph map list`, or a file.")
    return shipped.read_text(encoding="utf-8")


def _replacing(file: Path, source: str, dataset: Dataset) -> str:
    """Return the format of a file that replaces what a dataset holds: another one than before has to be named."""
    form = _format(file, source, dataset.format)
    if form != dataset.format and not source:
        fail(
            f"{dataset.key} holds files of the format {dataset.format}, and {file} is of the format {form}. All that it"
            f" held before would go. Choose another --dataset, or say --source {form} if that is meant."
        )
    return form


def _format(file: Path, source: str, usual: str) -> str:
    """Return the format: the one that was named, that of the dataset if the file fits it, or what its content tells."""
    if source:
        if source not in SOURCES:
            fail(f"There is no format {source}. Known: {', '.join(SOURCES)}.")
        return source
    if not file.exists():
        raise SourceError(f"There is no file {file}.")
    ending = "" if file.is_dir() else file.suffix.lower()
    if usual in SOURCES and ending in SOURCES[usual].suffixes:
        return usual
    found = detect(file)
    err().print(plain(f"Read as {found.source.name}: {found.reason}"), style="dim")
    return found.source.name
