"""What a submission is: the dataset that its files are to become, as its steward and the file itself say."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from graph_app.journal.events import canonical
from graph_app.journal.inbox import KeptFile
from graph_app.journal.intake import DATASETS
from graph_app.journal.loads import Load
from graph_app.settings import Settings
from graph_app.stewardship.errors import Refused
from graph_app.stewardship.submission import PREFIX
from loaders.datasets import Dataset, read_datasets
from loaders.sources import SOURCES, detect

__all__ = ["Stated", "content_of", "describe", "format_of", "ident_of"]

_NOT_STATED = "not stated"
#: Format whose files say which dataset they are, so that it cannot follow from their bytes.
_NAMES_ITSELF = "curated"
#: Enough of a SHA-256 to tell the submissions of one deployment apart, and short enough to type.
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Stated:
    """What a steward says about files; empty where they say nothing.

    :param dataset: key of the dataset whose content they replace, or of a new one; else they add a dataset that is
        named after the submission.
    :param source: name of their format; else it is told by their content.
    :param map: text of the column map that reads them.
    :param title: title of a dataset that they add.
    :param licence: its licence.
    :param language: language it is written in.
    """

    dataset: str = ""
    source: str = ""
    map: str = ""
    title: str = ""
    licence: str = ""
    language: str = ""


def format_of(path: Path, stated: Stated) -> str:
    """Return the format of files: the one that is named, else what their content tells.

    :param path: the file or folder.
    :param stated: what is said about it.
    :raises SourceError: if no format reads it; with a finding where the file is at fault.
    :raises Refused: if there is no format of the name.
    """
    if stated.source and stated.source not in SOURCES:
        raise Refused("There is no format {source}. Known: {known}.", source=stated.source, known=", ".join(SOURCES))
    return stated.source or ("mapped" if stated.map else detect(path).source.name)


def content_of(files: Sequence[KeptFile], form: str, stated: Stated, *, folder: bool) -> str:
    """Return what two submissions share that would say the same: the bytes, how they are read, and for which dataset.

    A file of another name has the same, and so has one that somebody else describes in other words.

    :param files: the files, as they are kept.
    :param form: their format.
    :param stated: what is said about them.
    :param folder: whether they make up a folder, in which names tell the files apart.
    """
    kept = [[file.name if folder else "", file.sha256] for file in files]
    return hashlib.sha256(canonical([kept, form, stated.dataset, stated.map])).hexdigest()


def ident_of(content: str, name: str) -> str:
    """Return what tells a submission from others: its content, and its name, which tells a reader what a table is.

    :param content: see :func:`content_of`.
    :param name: name of the file or folder.
    """
    return hashlib.sha256(canonical([content, name])).hexdigest()[:_DIGITS]


def describe(
    name: str, ident: str, form: str, stated: Stated, steward: str, loads: Iterable[Load], settings: Settings
) -> Dataset:
    """Describe the dataset that files are to become.

    :param name: name of the file or folder.
    :param ident: id of the submission.
    :param form: format of the files.
    :param stated: what is said about them.
    :param steward: who hands them in; named as the publisher of a dataset of its own, unless by an e-mail address: the
        graph is there for everybody to read, and names of that kind stay in the journal.
    :param loads: the loads in force.
    :param settings: where datasets are listed.
    :raises SourceError: if the list of datasets cannot be read.
    :raises Refused: if it describes a dataset that is there already, or lacks the name of one.
    """
    known = {load.dataset.key: load.dataset for load in loads}
    if stated.dataset and stated.dataset not in known:
        listed = settings.data / DATASETS
        known |= {dataset.key: dataset for dataset in read_datasets(listed)} if listed.exists() else {}
    if stated.dataset in known:
        return _replaced(stated, form, known[stated.dataset])
    if form == _NAMES_ITSELF and not stated.dataset:
        raise Refused(
            "A file of the format {form} names its dataset itself. Repeat that name with --dataset.", form=form
        )
    key = stated.dataset or PREFIX + ident
    named = "" if "@" in steward else steward
    title = {"en": stated.title or f"{name}, submitted by {named or 'a steward'}"}
    if not stated.title:
        title["cs"] = f"{name}, předkládá {named or 'správce'}"
    # Ids of its rows are its own; what the graph holds already they name by path or IRI, never by chance.
    space = SOURCES[form].namespace or key
    licence = stated.licence or _NOT_STATED
    return Dataset(
        key,
        title,
        form,
        space,
        publisher=named or _NOT_STATED,
        licence=licence,
        language=stated.language,
        map=stated.map,
    )


def _replaced(stated: Stated, form: str, dataset: Dataset) -> Dataset:
    if stated.title or stated.licence or stated.language:
        raise Refused("{dataset} is described already. Leave title, licence and language out.", dataset=stated.dataset)
    # A map belongs to the format that it was written for.
    keep = dataset.map if form == dataset.format else ""
    return replace(dataset, format=form, map=stated.map or keep)
