"""The sources of the graph as ``data/datasets.yaml`` describes them."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from loaders.errors import SourceError
from loaders.findings import LANGUAGES

__all__ = ["NO_TERMS", "Dataset", "read_datasets"]

#: What ``terms`` of a dataset says where its texts are not searched.
NO_TERMS = "off"

_TEXTS = ("title", "description")
_REQUIRED = ("key", "title", "publisher", "licence", "format", "file")


@dataclass(frozen=True, slots=True)
class Dataset:
    """One source: what it is, who published it under which licence, and how to read it.

    :param key: stable name, part of IRIs.
    :param title: language to title.
    :param format: name of a source in :data:`loaders.sources.SOURCES`.
    :param namespace: identifier space of its local ids; datasets that share one share entities.
    :param file: file to load, relative to the file that describes the datasets; empty for a submission.
    :param publisher: who published the source, as text.
    :param licence: IRI of a licence, or words such as ``not stated``.
    :param language: BCP 47 code of the source.
    :param description: language to description.
    :param document: file name of the original document, where records were made from one.
    :param sha256: hash of that document.
    :param retrieved: day of retrieval, ISO 8601, or empty where unknown.
    :param map: text of the column map or query that says how the file is read, where its format needs one.
    :param terms: ``off`` where titles and descriptions are not searched for target groups and themes.
    """

    key: str
    title: Mapping[str, str] = field(hash=False)
    format: str
    namespace: str
    file: str = ""
    publisher: str = ""
    licence: str = ""
    language: str = ""
    description: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}), hash=False)
    document: str = ""
    sha256: str = ""
    retrieved: str = ""
    map: str = ""
    terms: str = ""


def read_datasets(path: Path) -> tuple[Dataset, ...]:
    """Read the descriptions of all datasets.

    :param path: a ``datasets.yaml`` file: a list of mappings with the parameters of :class:`Dataset` as keys.
    :returns: the datasets, in file order.
    :raises SourceError: if the file is missing or not well formed, or a description lacks a key, has an
        unknown or ill-formed one, or shares its key with another.
    """
    try:
        # The base loader knows no types, so that 010 stays 010 and a hash of digits a hash.
        entries = YAML(typ="base").load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SourceError(f"The list of datasets {path} cannot be read: {error.strerror}.") from error
    except (YAMLError, UnicodeDecodeError) as error:
        raise SourceError(f"The list of datasets {path} is not well-formed YAML: {error}") from error
    if not isinstance(entries, list):
        raise SourceError(f"The list of datasets {path} must be a YAML list with one entry a dataset.")
    datasets = tuple(_dataset(entry, path) for entry in entries)
    keys = Counter(dataset.key for dataset in datasets)
    twice = sorted(key for key, times in keys.items() if times > 1)
    if twice:
        raise SourceError(f"{path}: several datasets have the key {', '.join(twice)}.")
    return datasets


def _dataset(entry: object, path: Path) -> Dataset:
    if not isinstance(entry, dict):
        raise SourceError(f"{path}: every dataset is a mapping of keys to values, not {entry!r}.")
    name = entry.get("key", "without key")
    missing = [key for key in _REQUIRED if not entry.get(key)]
    if missing:
        raise SourceError(f"{path}: dataset {name} lacks {', '.join(missing)}.")
    unknown = sorted(set(entry) - set(Dataset.__dataclass_fields__))
    if unknown:
        raise SourceError(f"{path}: dataset {name} has unknown keys {', '.join(unknown)}.")
    for key in _TEXTS:
        texts = entry.get(key, {})
        if (
            not isinstance(texts, dict)
            or set(texts) - set(LANGUAGES)
            or not all(isinstance(text, str) for text in texts.values())
        ):
            raise SourceError(f"{path}: {key} of dataset {name} must map {' and '.join(LANGUAGES)} to a text.")
    words = {key: value for key, value in entry.items() if key not in _TEXTS}
    for key, value in words.items():
        if not isinstance(value, str):
            raise SourceError(f"{path}: {key} of dataset {name} must be one text, not {value!r}.")
    if words.get("retrieved"):
        _check_day(words["retrieved"], f"{path}: dataset {name}")
    return Dataset(
        title=entry["title"],
        description=entry.get("description", {}),
        **{"namespace": words["key"], **words},
    )


def _check_day(text: str, place: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"{place} was retrieved on {text!r}, which is no day such as 2024-03-31.") from error
