"""What DuckDB cannot answer, told as the rest of the program knows it."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from graph_app.columns.declined import Declined

__all__ = ["told"]


@contextmanager
def told() -> Iterator[None]:
    """Tell what fails within.

    :raises Declined: if a value is met that columns cannot work with.
    :raises MemoryError: if it needs more memory than it may have.
    """
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        raise MemoryError from error
    except duckdb.Error as error:
        raise Declined(f"a value is met that columns cannot work with ({type(error).__name__})") from error
