"""Fetch what a CONSTRUCT query gives, page by page and politely, into one file of N-Triples."""

import heapq
import os
import re
import tempfile
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from itertools import groupby, islice
from pathlib import Path
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit

from SPARQLWrapper import CONSTRUCT, GET, N3, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, SPARQLWrapperException

from loaders.errors import SourceError

__all__ = ["Fetched", "Manners", "fetch"]

#: How requests name themselves in the endpoint's log.
AGENT = "integration-graph (SPARQLWrapper; pages with pauses)"

_NTRIPLES = "application/n-triples"
#: Media types under which endpoints send N-Triples.
_MEDIA = (_NTRIPLES, "text/plain")
_TRY_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_LONGEST_PAUSE = 120.0
#: Longer queries do not fit the address of a request.
_LONGEST_ADDRESS = 1_500
_LARGEST, _LARGEST_PAGE = 2_000_000_000, 200_000_000
_SORTED_AT_ONCE = 200_000
_COMMENT = re.compile(r"#.*")
_AFTER_PATTERN = re.compile(r"[^}]*\Z")
_ORDER, _SLICE = re.compile(r"\bORDER\s+BY\b", re.IGNORECASE), re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Manners:
    """How an endpoint is treated.

    :param page: solutions asked for at a time; most public endpoints send no more than 10,000.
    :param pause: seconds between two requests.
    :param timeout: seconds that one request may take.
    :param attempts: how often a page is asked for before giving up; each time the pause doubles, unless the endpoint
        says itself how long to wait.
    """

    page: int = 5_000
    pause: float = 1.0
    timeout: float = 120.0
    attempts: int = 5


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came.

    :param pages: pages with statements on them.
    :param statements: statements, each counted once.
    """

    pages: int
    statements: int


def fetch(
    endpoint: str,
    query: str,
    target: Path,
    manners: Manners | None = None,
    progress: Callable[[str], None] = lambda _: None,
    sleep: Callable[[float], None] = time.sleep,
) -> Fetched:
    """Fetch everything that a query constructs.

    The file is there when all of it is there, and not before; its lines are sorted, each once, so that the same data
    give the same bytes however they are paged.

    :param endpoint: address of the endpoint, ``http`` or ``https``.
    :param query: a CONSTRUCT query with ORDER BY and without LIMIT and OFFSET, which are added a page at a time.
    :param target: the file to write.
    :param manners: how the endpoint is treated.
    :param progress: told in a sentence what is done next.
    :param sleep: waits some seconds.
    :raises SourceError: if the query cannot be paged, or the endpoint does not answer with N-Triples in the end.
    """
    manners = manners or Manners()
    _check(endpoint, query)
    with ExitStack() as stack:
        runs: list[IO[bytes]] = []
        before: list[bytes] = []
        pages = size = 0
        while True:
            progress(f"Asking {endpoint} for page {pages + 1}")
            one_page = f"{query}\nLIMIT {manners.page} OFFSET {pages * manners.page}"
            lines = _page(endpoint, one_page, manners, progress, sleep)
            if not lines:
                break
            if lines == before:
                raise SourceError(
                    f"{endpoint} sends the same page again: it does not heed OFFSET. Use another endpoint."
                )
            before = lines
            pages += 1
            size += sum(map(len, lines))
            if size > _LARGEST:
                raise SourceError(f"{endpoint} has sent more than {_LARGEST:,} bytes. Narrow the query, or divide it.")
            runs.append(stack.enter_context(_sorted(lines)))
            sleep(manners.pause)
        progress("Sorting")
        return Fetched(pages, _write(heapq.merge(*runs), target))


def _check(endpoint: str, query: str) -> None:
    if urlsplit(endpoint).scheme not in {"http", "https"} or "@" in urlsplit(endpoint).netloc:
        raise SourceError(f"{endpoint} cannot be asked. Give an address with http:// or https://, without a name.")
    client = SPARQLWrapper(endpoint)
    with warnings.catch_warnings(action="ignore"):  # what is no query at all is refused below, in a sentence
        client.setQuery(query)
    if client.queryType != CONSTRUCT:
        raise SourceError("The query is no CONSTRUCT query. Have it construct statements in the terms of the ontology.")
    last = _AFTER_PATTERN.search(query)
    tail = _COMMENT.sub("", last[0]) if last else ""
    if _SLICE.search(tail):
        raise SourceError("The query has LIMIT or OFFSET at its end. Take them out: pages are asked for one by one.")
    if not _ORDER.search(tail):
        raise SourceError("The query has no ORDER BY, so pages could overlap or miss something. Order it by its key.")


def _page(
    endpoint: str, query: str, manners: Manners, progress: Callable[[str], None], sleep: Callable[[float], None]
) -> list[bytes]:
    pause = max(manners.pause, 1.0)
    for attempt in range(1, manners.attempts + 1):
        try:
            return _asked(endpoint, query, manners.timeout)
        except HTTPError as error:
            with error:
                if error.code not in _TRY_AGAIN or attempt == manners.attempts:
                    raise SourceError(f"{endpoint} refuses the query: {error.code} {error.reason}.") from error
                pause = max(pause, _wanted(error))
        except (EndPointInternalError, URLError, HTTPException, OSError) as error:
            if attempt == manners.attempts:
                said = f"{endpoint} does not answer: {_reason(error)}. Check the address, or try later."
                raise SourceError(said) from error
        except SPARQLWrapperException as error:
            raise SourceError(f"{endpoint} refuses the query: {_first_line(error)}.") from error
        pause = min(pause, _LONGEST_PAUSE)
        progress(f"{endpoint} has no answer yet; asking again in {pause:.0f} seconds")
        sleep(pause)
        pause *= 2
    raise AssertionError("at least one attempt is made")


def _asked(endpoint: str, query: str, seconds: float) -> list[bytes]:
    client = SPARQLWrapper(endpoint, agent=AGENT)
    client.setQuery(query)
    client.setMethod(GET if len(query) < _LONGEST_ADDRESS else POST)
    client.setTimeout(max(1, int(seconds)))
    client.setReturnFormat(N3)
    client.setOnlyConneg(True)
    client.addCustomHttpHeader("Accept", f"{_NTRIPLES}, text/plain;q=0.1")
    response: HTTPResponse = client.query().response
    with response:
        media = response.headers.get_content_type()
        if media not in _MEDIA:
            raise SourceError(f"{endpoint} answers with {media} where {_NTRIPLES} was asked for. Use another endpoint.")
        if response.headers.get("X-SPARQL-MaxRows"):
            most = response.headers["X-SPARQL-MaxRows"]
            raise SourceError(f"{endpoint} gives no more than {most} rows at a time. Ask for smaller pages.")
        content = response.read(_LARGEST_PAGE)
        if len(content) == _LARGEST_PAGE:
            raise SourceError(f"{endpoint} sends more than {_LARGEST_PAGE:,} bytes a page. Ask for smaller pages.")
    lines = content.split(b"\n")
    # Comments are no statements: an endpoint that says "# Empty" has sent nothing.
    return [line + b"\n" for line in map(bytes.strip, lines) if line and not line.startswith(b"#")]


def _wanted(error: HTTPError) -> float:
    """Return how many seconds an endpoint asks to wait; a date in their place is as good as nothing said."""
    said = error.headers.get("Retry-After", "")
    return float(said) if said.isdigit() else 0.0


def _reason(error: Exception) -> str:
    """Say why there is no answer, in the system's words where it has any."""
    cause = error.reason if isinstance(error, URLError) and isinstance(error.reason, Exception) else error
    return cause.strerror if isinstance(cause, OSError) and cause.strerror else _first_line(cause)


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0].rstrip(".") or type(error).__name__


def _sorted(lines: Iterable[bytes]) -> IO[bytes]:
    """Keep a page on disk, sorted."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - whoever merges it closes it
    kept.writelines(sorted(lines))
    kept.seek(0)
    return kept


def _write(lines: Iterator[bytes], target: Path) -> int:
    """Write each line once; a half-written file never has the name of a whole one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.part")
    number = 0
    try:
        with unfinished.open("wb") as stream:
            unique = (line for line, _ in groupby(lines))
            while chunk := list(islice(unique, _SORTED_AT_ONCE)):
                stream.writelines(chunk)
                number += len(chunk)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)
    return number
