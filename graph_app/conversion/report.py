"""What a conversion came to, beside its shards: what they hold, what they were made of, and by which program."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_app.conversion.errors import ConversionError
from graph_app.conversion.layout import REPORT, findings_path
from graph_app.journal.fresh import Fresh
from graph_app.journal.inbox import KeptFile
from graph_app.releases.findings import findings_from
from graph_app.store.canonical import Written
from loaders.datasets import Dataset
from loaders.findings import Finding
from loaders.tally import Tally

__all__ = ["Converted", "read_report", "write_report"]


@dataclass(frozen=True, slots=True)
class Converted:
    """What one dataset came to.

    :param fresh: the dataset and its original files.
    :param content: its statements, or ``None`` where it was refused.
    :param records: kind of entity to the number of records taken.
    :param fingerprint: what the program was that made it.
    """

    fresh: Fresh
    content: Written | None
    records: Mapping[str, int]
    fingerprint: str

    def tally(self, findings: Iterable[Finding]) -> Tally:
        """Return what reading it came to.

        :param findings: what was found.
        """
        tally = Tally(records=Counter(self.records))
        tally.find(*findings)
        return tally

    def read_findings(self, folder: Path) -> tuple[Finding, ...]:
        """Read what was found.

        :param folder: folder of the conversion.
        :raises ConversionError: if it is missing or broken.
        """
        path = findings_path(folder, self.fresh.dataset.key)
        try:
            with path.open(encoding="utf-8", newline="\n") as lines:
                return findings_from(map(json.loads, lines))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _unreadable(path, error) from error


def write_report(entries: Iterable[Mapping[str, Any]], folder: Path) -> tuple[Converted, ...]:
    """Write the report, with which the conversion is finished.

    :param entries: what each dataset came to, by whoever converted it.
    :param folder: folder of the conversion.
    :returns: the same, read.
    :raises OSError: if it cannot be written.
    """
    datasets = sorted(entries, key=lambda entry: str(entry["load"]["dataset"]["key"]))
    fresh = folder / f".{REPORT}"
    fresh.write_text(json.dumps({"datasets": datasets}, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    fresh.replace(folder / REPORT)
    return tuple(map(_converted, datasets))


def read_report(folder: Path) -> tuple[Converted, ...]:
    """Read what a conversion came to, by key of the datasets.

    :param folder: folder of the conversion.
    :raises ConversionError: if there is no report or it is broken.
    """
    try:
        return tuple(_entries(json.loads((folder / REPORT).read_text(encoding="utf-8"))))
    except FileNotFoundError as error:
        raise ConversionError(
            f"{folder} holds no {REPORT}: no conversion was finished there. Convert again into an empty folder."
        ) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(folder / REPORT, error) from error


def _entries(report: Mapping[str, Any]) -> Iterator[Converted]:
    return map(_converted, report["datasets"])


def _converted(entry: Mapping[str, Any]) -> Converted:
    load, content = entry["load"], entry["content"]
    files = tuple(KeptFile(**file) for file in load["files"])
    fresh = Fresh(Dataset(**load["dataset"]), files, load["folder"], load["name"])
    written = None if content is None else Written(**content)
    return Converted(fresh, written, entry["records"], entry["fingerprint"])


def _unreadable(path: Path, error: Exception) -> ConversionError:
    return ConversionError(f"{path} cannot be read ({error}). Convert again into an empty folder.")
