"""Say in words why a worker gave no answer."""

import signal

from graph_app.questions.errors import QueryBusy, QueryError, QueryFailed, QueryTimeout, StoreInMaking
from graph_app.questions.frames import Header
from graph_app.questions.lanes import LaneBusy, SlowLaneFull
from graph_app.questions.process import WorkerEnded, WorkerTimeout
from graph_app.questions.syntax import explain
from graph_app.settings import Settings
from loaders.vocabulary import prefixes

__all__ = ["explain_end", "explain_reply"]


def explain_end(error: WorkerTimeout | WorkerEnded | LaneBusy | SlowLaneFull, settings: Settings) -> QueryError:
    """Say why no reply came.

    :param error: what happened.
    :param settings: the limits.
    :returns: the error for people.
    """
    seconds = settings.time_limit
    match error:
        case WorkerTimeout():
            return QueryTimeout(
                f"The query was stopped after {seconds:g} seconds, the time limit. Narrow it: name an organisation, "
                "project or country in place of a variable, link every pattern to another by a shared variable, "
                "or add LIMIT."
            )
        case LaneBusy():
            return QueryBusy("All workers are busy, and other queries wait already. Ask again in a moment.")
        case SlowLaneFull():
            return QueryBusy(
                "The query takes longer, and as many long ones as may run are running. Ask again when they are done, "
                f"at most {seconds:g} seconds from now, or narrow it: name an organisation, project or country in "
                "place of a variable."
            )
    return _explain_ended(error, settings)


def explain_reply(header: Header, text: str, settings: Settings) -> QueryError | None:
    """Say why a reply is no answer.

    :param header: header of the reply.
    :param text: the query.
    :param settings: the limits.
    :returns: the error for people, or ``None`` for an answer.
    """
    message = str(header.get("message", "")).rstrip(".")
    fault: QueryError | None = None
    match header["status"]:
        case "syntax":
            place = int(str(header["line"])), int(str(header["column"]))
            fault = explain(str(header["message"]), text, place, prefixes())
        case "memory":
            fault = _out_of_memory(settings)
        case "timeout":
            fault = QueryTimeout(f"{message}.")
        case "form":
            fault = QueryFailed(f"{message}.", 406, "format")
        case "store":
            fault = QueryFailed(f"{message}.", 502 if settings.store else 500, "store")
        case "declined":
            again = "Ask it with the engine auto or oxigraph."
            fault = QueryFailed(f"Columns do not answer this query: {message}. {again}", 400, "declined")
        case "in-making":
            fault = StoreInMaking(message)
        case "failed":
            fault = QueryFailed(f"The query could not be evaluated: {message}.", 400, "evaluation")
    return fault


def _explain_ended(error: WorkerEnded, settings: Settings) -> QueryError:
    if error.message:
        return QueryFailed(error.message, 503)
    if error.code == -signal.SIGSEGV:
        return QueryFailed(
            "The query is too deeply nested for the engine. Take it apart into smaller ones.", 400, "nesting"
        )
    if error.code == -signal.SIGABRT:
        return _out_of_memory(settings)
    return QueryFailed(f"The worker ended before it could answer (code {error.code}). Ask again.", 503)


def _out_of_memory(settings: Settings) -> QueryError:
    limit = settings.memory_limit / 1024**2
    return QueryFailed(
        f"The query needed more memory than the {limit:,.0f} MiB that it may have. "
        "Ask for fewer rows, or group and sort less at once.",
        503,
        "memory",
    )
