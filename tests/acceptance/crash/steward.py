"""A steward and a reviewer whose process is killed at one place of the way from a file to a release.

Run as ``steward.py``. Each line of standard input is ``HOME FILE PLACE``: a fresh process takes the file all the way,
and kills itself at the place: the so many-th time that it opens, locks, names, links or removes a file. Place 0 is
never reached. Standard output tells ``submitted N``, ``approved N``, ``published N`` and ``released N`` as each is
acknowledged, N being the number of places until then, and ``ended CODE``.
"""

import os
import signal
import sys
import traceback
from pathlib import Path

from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.stewardship.actors import EVERY_ROLE, Actor
from graph_app.stewardship.described import Stated
from graph_app.stewardship.publication import publish
from graph_app.stewardship.releasing import make_release
from graph_app.stewardship.review import approve
from graph_app.stewardship.submit import submit

JANA, EVA = Actor("Jana", EVERY_ROLE), Actor("Eva", EVERY_ROLE)
#: What the system tells of before it happens (``sys.audit``): all that changes a disk or waits for another process.
TOLD = frozenset(
    ("open", "fcntl.flock", "os.rename", "os.link", "os.symlink", "os.remove", "os.mkdir", "os.rmdir", "os.truncate")
)


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write, so that it is told whole or not at all


class Places:
    """Counts the places of this process, and kills it at one of them."""

    def __init__(self, home: Path, fatal: int) -> None:
        self.count = 0
        self._home = str(home)
        self._fatal = fatal
        self._process = os.getpid()

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in TOLD or os.getpid() != self._process:
            return
        if event != "fcntl.flock" and not any(self._home in str(argument) for argument in arguments):
            return
        self.count += 1
        if self.count == self._fatal:
            os.kill(self._process, signal.SIGKILL)


def work(home: Path, file: Path, places: Places) -> None:
    settings = Settings(home=home, second_pair=True)
    ident = submit(file, JANA, settings, Stated(file.stem)).submission.id
    say(f"submitted {places.count}")
    approve(ident, EVA, settings)
    say(f"approved {places.count}")
    publish(ident, EVA, settings)
    say(f"published {places.count}")
    make_release(settings)
    say(f"released {places.count}")
    current_engine(settings).close()


def main() -> None:
    for line in sys.stdin:
        home, file, place = line.split()
        child = os.fork()
        if not child:
            places = Places(Path(home), int(place))
            sys.addaudithook(places)
            try:
                work(Path(home), Path(file), places)
            except BaseException:  # noqa: BLE001 - a fork must never go on as its parent does
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    main()
