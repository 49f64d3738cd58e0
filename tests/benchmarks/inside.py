"""Engines that are asked in a process of their own, without HTTP: ``python -m tests.benchmarks.inside ENGINE PATH``.

The process reads a question a line. It gives a line with the seconds and the length of the answer, and then the answer.
Who asks ends it at the limit, since nothing gentler stops Oxigraph; all engines are treated alike.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import Self

from tests.benchmarks.material import ROOT
from tests.benchmarks.measure import peak_memory
from tests.benchmarks.servers import TIME_LIMIT, Asked, Rows, repeated, rows_of

__all__ = ["Inside"]

#: Bytes that columns may hold: what the app gives them in a worker of 2 GiB.
_MEMORY = 784 << 20

#: Answers a text with values for its parameters, serialised.
_Engine = Callable[[str, Mapping[str, str]], bytes]


class Inside:
    """An engine in a process of its own; started anew where it had to be ended.

    :param name: ``columns``, ``oxigraph`` or ``limit``.
    :param path: what it opens.
    """

    def __init__(self, name: str, path: Path) -> None:
        self._command = [sys.executable, "-m", "tests.benchmarks.inside", name, str(path)]
        self._peak = 0
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def ask(self, text: str, values: Mapping[str, str] | None = None, *, anew: bool = False) -> Asked:
        """Ask, several times what is answered quickly.

        :param text: SPARQL, or SQL.
        :param values: values for the parameters of SQL.
        :param anew: whether the text is another one each time, so that no plan is kept.
        """
        asked = 0

        def once() -> Asked:
            nonlocal asked
            asked += 1
            return self._once(f"{text}\n# {asked}" if anew else text, values or {})

        return repeated(once)

    def peak(self) -> int:
        """Return the most memory in bytes that its processes have held."""
        return max(self._peak, peak_memory(self._process.pid))

    def _begin(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._read()

    def _end(self) -> None:
        self._process.kill()
        self._process.communicate()

    def _stop(self) -> None:
        self._peak = self.peak()
        self._process.kill()

    def _once(self, text: str, values: Mapping[str, str]) -> Asked:
        assert self._process.stdin is not None
        limit = Timer(TIME_LIMIT, self._stop)
        limit.start()
        start = time.perf_counter()
        self._process.stdin.write(json.dumps({"text": text, "values": values}).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._read()
        waited = time.perf_counter() - start
        limit.cancel()
        if answer is None:
            self._end()
            self._begin()
            return Asked(waited, None, "stopped" if waited >= TIME_LIMIT else "the end of its process")
        head, body = answer
        if head["failure"]:
            return Asked(head["seconds"], None, head["failure"])
        return Asked(head["seconds"], _rows(json.loads(body)))

    def _read(self) -> tuple[dict, bytes] | None:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            return None
        head = json.loads(line)
        body = self._process.stdout.read(head["size"])
        return (head, body) if len(body) == head["size"] else None


def _rows(document: dict | list) -> Rows:
    if isinstance(document, dict):
        return rows_of(document)
    return sorted(tuple(map(_text, row)) for row in document)


def _text(value: str | int | None) -> str:
    """Return a value of SQL as text, numbers as they are written for other engines."""
    return f"{value}.00" if isinstance(value, int) else value or ""


def _columns(path: Path) -> _Engine:
    from graph_app.columns.engine import ColumnStore

    store = ColumnStore.open(path, memory_limit=_MEMORY)
    return lambda text, _: store.evaluate(text).body


def _oxigraph(path: Path) -> _Engine:
    from graph_app.store.oxigraph import open_store

    store = open_store(path)
    return lambda text, _: store.evaluate(text).body


def _limit(path: Path) -> _Engine:
    import duckdb

    connection = duckdb.connect(str(path), read_only=True, config={"threads": 2})

    def answer(text: str, values: Mapping[str, str]) -> bytes:
        used = {name: value for name, value in values.items() if f"${name}" in text}
        found = connection.execute(text, used).fetchall()
        return json.dumps(found, ensure_ascii=False, default=str).encode()

    return answer


def _main(name: str, path: str) -> None:
    engine = {"columns": _columns, "oxigraph": _oxigraph, "limit": _limit}[name](Path(path))
    _tell({"size": 0})
    for line in sys.stdin:
        question = json.loads(line)
        start = time.perf_counter()
        body, failure = b"", ""
        try:
            body = engine(question["text"], question["values"])
        except Exception as error:  # noqa: BLE001 - the table says which
            failure = f"{type(error).__name__}: {error}"
        _tell({"seconds": time.perf_counter() - start, "size": len(body), "failure": failure}, body)


def _tell(head: dict, body: bytes = b"") -> None:
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + body)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    _main(*sys.argv[1:])
