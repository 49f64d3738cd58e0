"""A writer that is killed again and again, each time started anew within milliseconds.

Run as ``writer.py HOME NAME``. Each line of standard input is the number of a submission from which to go on; a fresh
process then appends submissions, the first of which may be in the journal already, until it is killed. Standard
output tells ``pid N`` when the process starts, ``done N`` for each submission that the journal has acknowledged, or
``again N`` where it was there already, and ``ended``.
"""

import os
import sys
import traceback
from itertools import count
from pathlib import Path

from graph_app.journal.events import EventType
from graph_app.journal.inbox import Inbox
from graph_app.journal.journal import Journal


def say(text: str) -> None:
    os.write(1, f"{text}\n".encode())  # one write, so that it is told whole or not at all


def work(home: Path, name: str, start: int) -> None:
    journal, inbox = Journal(home / "journal.jsonl"), Inbox(home / "inbox")
    known = {event.id for event in journal.events()}
    file = home.parent / f"{name}.txt"
    for number in count(start):
        # Every third file is the same for all writers, and larger than one write to the disk.
        file.write_text("shared " * 10_000 if number % 3 == 0 else f"{name} {number}", encoding="utf-8")
        kept = inbox.keep(file)
        details = {"sha256": kept.sha256, "size": kept.size}
        journal.append(EventType.RECEIVED, details, event_id=f"{name}-{number}", actor=name)
        say(f"again {number}" if f"{name}-{number}" in known else f"done {number}")


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
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
