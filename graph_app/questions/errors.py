"""Why a question got no answer; every text is a sentence for people."""

__all__ = ["QueryBusy", "QueryError", "QueryFailed", "QueryRefused", "QuerySyntaxError", "QueryTimeout"]


class QueryError(Exception):
    """Any reason why a question got no answer."""


class QueryRefused(QueryError):
    """The query asks for something that is not allowed here; it was not run."""


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL query.

    :param message: what is wrong there, and the repair where it is known.
    :param line: line of the fault, counted from 1.
    :param column: column of the fault, counted from 1.
    """

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class QueryTimeout(QueryError):
    """The query took longer than the time limit and was stopped."""


class QueryBusy(QueryError):
    """All workers were busy for the whole time limit; the query was not run."""


class QueryFailed(QueryError):
    """The query could not be evaluated."""
