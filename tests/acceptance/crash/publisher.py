"""A steward who loads and builds and is killed again and again, each time started anew within milliseconds.

Run as ``publisher.py HOME NAME``. For each line of standard input, the number of the next publication, a fresh process
takes in another version of the dataset NAME, builds, prunes, and goes on with the next one until it is killed. Standard
output tells ``pid N`` when the process starts, ``loaded N`` when the journal has acknowledged a load, ``built N`` when
a release with it is current, and ``ended``.
"""

import os
import sys
import time
import traceback
from itertools import count
from pathlib import Path

from graph_app.journal.intake import take_in
from graph_app.releases.build import BuildError, build
from graph_app.releases.keeping import prune
from graph_app.releases.publish import Busy
from graph_app.settings import Settings
from loaders.datasets import Dataset

TEXT = """\
dataset: {name}
organisations:
  - {{id: {name}, locator: line 1, name: {{en: "{name} {number}"}}}}
projects:
  - id: {name}
    locator: line 2
    title: {{en: "Project {number} of {name}"}}
    start: {year}
    participations: [{{organisation: {name}, role: {role}}}]
"""


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write, so that it is told whole or not at all


def work(home: Path, name: str, start: int) -> None:
    settings = Settings(home=home)
    file = home.parent / f"{name}.yaml"
    for number in count(start):
        role = ("partner", "funder")[number % 2]
        file.write_text(TEXT.format(name=name, number=number, year=1990 + number % 30, role=role), encoding="utf-8")
        intake = take_in(file, Dataset(name, {"en": name}, "curated", "curated"), settings)
        assert intake.event, intake.findings
        say(f"loaded {number}")
        while True:  # another steward may be building: then the load waits for the next build
            try:
                release = build(settings)
                prune(settings, 2)
            except (Busy, BuildError) as error:
                if "Another build is running" not in str(error):
                    raise
                time.sleep(0.05)
            else:
                break
        if release.journal.seq >= intake.event.seq:
            say(f"built {number}")


def main() -> None:
    home, name = Path(sys.argv[1]), sys.argv[2]
    for line in sys.stdin:
        child = os.fork()
        if not child:
            say(f"pid {os.getpid()}")
            try:
                work(home, name, int(line))
            except BaseException:  # noqa: BLE001 - a fork must never go on as its parent does
                traceback.print_exc()
            os._exit(1)
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
