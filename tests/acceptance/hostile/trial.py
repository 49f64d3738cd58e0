"""Read hostile forms of one base in this process, which has 500 MB for it: ``python -m … BASE STEP``, each STEPth.

Prints one line of JSON a case: its name when it begins, and how it ended.
"""

import json
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any

from loaders.batches import Batch
from loaders.datasets import Dataset
from loaders.errors import SourceFault
from loaders.findings import Finding
from loaders.load import load_lines
from loaders.records import Record
from loaders.sources import detect
from tests.acceptance.hostile.bases import BASES, Base
from tests.acceptance.hostile.changes import changes

MEMORY = 500_000_000


def tried(path: Path, dataset: Dataset) -> dict[str, Any]:
    """Detect and read a file as a command would, and say how that ended."""
    taken: Counter[str] = Counter()
    findings: list[Finding] = []

    def look(taken_in: Record | Batch) -> None:
        for record in taken_in.records() if isinstance(taken_in, Batch) else (taken_in,):
            taken["records"] += 1
            taken["values"] += sum(map(len, record.fields.values()))

    started = time.monotonic()
    end = "read"
    try:
        with suppress(SourceFault):  # whoever says which format it is may be told more
            detect(path)
        findings.extend(item for item in load_lines(path, dataset, look=look) if isinstance(item, Finding))
    except SourceFault as fault:
        end = "refused"
        findings.append(fault.finding)
    except Exception as error:  # noqa: BLE001 - what must not happen, and is told
        end = f"{type(error).__name__}: {str(error)[:300]}"
    return {
        "end": end,
        "seconds": round(time.monotonic() - started, 2),
        "rules": sorted(Counter(found.rule for found in findings).items()),
        "unlocated": sorted({found.rule for found in findings if found.location is None}),
        "mute": sorted({found.rule for found in findings if "{" in found.text("en") and not found.value}),
        "records": taken["records"],
        "values": taken["values"],
    }


def run(base: Base, step: int) -> None:
    (changed, content), *_ = base.files.items()
    cases = [("unchanged", lambda same: same), *changes(changed, text=not changed.endswith((".xlsx", ".zip")))]
    for name, change in [cases[0], *cases[1::step]]:
        folder = Path(tempfile.mkdtemp())
        try:
            _tell(begins=name)
            path = base.write(folder, {changed: change(content)})
            _tell(case=name, **tried(path, base.dataset))
        finally:
            shutil.rmtree(folder)


def _tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def limit_memory() -> None:
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))


if __name__ == "__main__":
    limit_memory()
    run(BASES[sys.argv[1]], int(sys.argv[2]))
