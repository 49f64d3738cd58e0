"""Why a question got no answer; every text is a sentence for people."""

__all__ = [
    "QueryBusy",
    "QueryError",
    "QueryFailed",
    "QueryRefused",
    "QuerySyntaxError",
    "QueryTimeout",
    "StoreInMaking",
]


class QueryError(Exception):
    """Any reason why a question got no answer.

    ``status`` is the HTTP status that says the same, and ``code`` one word that programs can tell it by.
    """

    status: int = 500
    code: str = "failed"


class QueryRefused(QueryError):
    """The query asks for something that is not allowed here; it was not run.

    :param message: what, and the repair.
    :param status: 403 for what is forbidden here, 413 for what is too large, 400 for what makes no sense.
    """

    code = "refused"

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class QuerySyntaxError(QueryError):
    """The text is not a SPARQL query.

    :param message: what is wrong there, and the repair where it is known.
    :param line: line of the fault, counted from 1.
    :param column: column of the fault, counted from 1.
    """

    status = 400
    code = "syntax"

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(f"Line {line}, column {column}: {message}")
        self.message = message
        self.line = line
        self.column = column


class QueryTimeout(QueryError):
    """The query took longer than the time limit and was stopped."""

    status = 503
    code = "timeout"


class QueryBusy(QueryError):
    """No worker had time for the query: it was not run, or stopped because too many slow ones were running."""

    status = 503
    code = "busy"


class StoreInMaking(QueryError):
    """Only the store could answer, and that of this release is still being made.

    ``again`` is after how many seconds it may be worth asking again: a store takes minutes.

    :param declined: why columns do not answer, as the end of a sentence; empty where Oxigraph was asked for.
    """

    status = 503
    code = "store-in-making"
    again = 60

    def __init__(self, declined: str = "") -> None:
        super().__init__(
            "The store of this release is still being made, and columns alone answer meanwhile. "
            + (
                f"They do not answer this query: {declined}. Ask again later."
                if declined
                else "Ask again later, or with the engine auto."
            )
        )
        self.declined = declined


class QueryFailed(QueryError):
    """The query could not be evaluated.

    :param message: why, and the repair where it is known.
    :param status: 400 where the query is at fault, 406 where its answer has no form as asked for, 503 where it needs
        more than it may have, 500 otherwise.
    :param code: one word that programs can tell it by.
    """

    def __init__(self, message: str, status: int = 500, code: str = "failed") -> None:
        super().__init__(message)
        self.status = status
        self.code = code
