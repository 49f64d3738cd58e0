"""A reader who opens the current release again and again until standard input ends, and checks that it is whole.

Run as ``reader.py HOME``. Prints the version of each release that was read; ends with a traceback where one was not.
"""

import select
import sys
from pathlib import Path

from graph_app.releases.intact import sound
from graph_app.releases.keeping import use
from graph_app.releases.release import NoRelease, current_release
from graph_app.settings import Settings


def main() -> None:
    settings = Settings(home=Path(sys.argv[1]))
    while not select.select([sys.stdin], [], [], 0)[0]:
        release = current_release(settings)
        try:
            with use(release):
                assert sound(release), release.version
        except NoRelease as error:
            # Two releases later the one that was current may be gone; another one is current then.
            if "was removed" not in str(error) or current_release(settings) == release:
                raise
            continue
        print(release.version, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
