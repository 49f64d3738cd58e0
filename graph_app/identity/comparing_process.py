"""The process that compares the names of a release; run as ``python -m graph_app.identity.comparing_process``.

It is told in one line of JSON which release, and tells in lines of JSON how many names there are and each pair that may
be one. It ends when its input closes.
"""

import json
import os
import sys
import threading
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph_app.identity.findings import identifier_findings
from graph_app.identity.graph import known_names
from graph_app.identity.kept import find_candidates
from graph_app.questions.engine import Engine
from graph_app.questions.errors import QueryError
from graph_app.releases.keeping import use
from graph_app.releases.release import NoRelease, current_release, read_release
from graph_app.settings import Settings

__all__ = ["main"]

#: People who ask questions meanwhile come first.
_NICE = 10
_PIECE = 4096


def main() -> None:
    """Compare the names of the release that the first line names."""
    told = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_input, daemon=True).start()
    os.nice(_NICE)
    settings = Settings(**told["settings"] | {name: Path(told["settings"][name]) for name in ("home", "data")})
    try:
        _compare(Path(told["release"]), settings, told["kind"])
    except (NoRelease, QueryError) as error:
        _tell({"fault": str(error)})


def _compare(path: Path, settings: Settings, kind: str) -> None:
    if settings.store:
        release = current_release(settings)
        with Engine(release, settings) as engine:
            _tell_all(engine, settings, kind)
        return
    release = read_release(path)
    with use(release), Engine(release, settings) as engine:
        _tell_all(engine, settings, kind)


def _tell_all(engine: Engine, settings: Settings, kind: str) -> None:
    _tell({"names": len(known_names(engine).index(engine, kind))})
    identifier_findings(engine, settings, kind)  # keeps them, so that no page has to read all names for them
    for candidate in find_candidates(engine, settings, kind):
        _tell(asdict(candidate))


def _tell(what: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _end_with_input() -> None:
    # Not through sys.stdin, whose lock a thread that waits there would hold when the interpreter ends.
    while os.read(0, _PIECE):
        pass
    os._exit(1)


if __name__ == "__main__":
    main()
