"""Cells of a notebook that ask the same query again, in Python and in R, and give the same rows."""

import json

__all__ = ["python_cell", "r_cell"]

_PYTHON = """\
# {title}
# Answered by release {release}. Needs: pip install SPARQLWrapper pandas
import pandas as pd
from SPARQLWrapper import JSON, POST, SPARQLWrapper

QUERY = {query}

client = SPARQLWrapper({endpoint})
client.setMethod(POST)
client.setOnlyConneg(True)
client.setReturnFormat(JSON)
client.setQuery(QUERY)
answer = client.query()
headers = {{name.lower(): value for name, value in answer.info().items()}}
if headers.get("integration-graph-release") != {release_text}:
    print("The graph has moved on to release", headers.get("integration-graph-release"), "- rows may differ.")
if "integration-graph-truncated" in headers:
    print("The endpoint cut the answer:", headers.get("integration-graph-notice"))
found = answer.convert()
columns = found["head"]["vars"]
rows = [[row[name]["value"] if name in row else None for name in columns] for row in found["results"]["bindings"]]
df = pd.DataFrame(rows, columns=columns)  # values are texts; df.astype or pd.to_numeric makes numbers of them
df
"""
_R = """\
# {title}
# Answered by release {release}. Needs: install.packages(c("httr", "jsonlite"))
library(httr)
library(jsonlite)

query <- {query}

answer <- POST({endpoint}, body = list(query = query), encode = "form", accept("application/sparql-results+json"))
stop_for_status(answer)
if (!identical(headers(answer)[["integration-graph-release"]], {release_text})) {{
  message("The graph has moved on to release ", headers(answer)[["integration-graph-release"]], " - rows may differ.")
}}
if (!is.null(headers(answer)[["integration-graph-truncated"]])) {{
  message("The endpoint cut the answer: ", headers(answer)[["integration-graph-notice"]])
}}
found <- fromJSON(content(answer, as = "text", encoding = "UTF-8"), simplifyVector = FALSE)
value <- function(row, name) if (is.null(row[[name]])) NA_character_ else row[[name]]$value
columns <- lapply(found$head$vars, function(name) vapply(found$results$bindings, value, "", name))
names(columns) <- unlist(found$head$vars)
df <- data.frame(columns, check.names = FALSE)  # values are texts; type.convert(df, as.is = TRUE) makes numbers of them
df
"""


def python_cell(query: str, endpoint: str, *, release: str, title: str = "") -> str:
    """Write Python that asks a SELECT with SPARQLWrapper and makes a pandas table of its rows.

    :param query: the whole SPARQL text.
    :param endpoint: address of ``/sparql``.
    :param release: version of the release that has answered.
    :param title: a line about it.
    """
    return _PYTHON.format(**_values(query, endpoint, release, title), query=_lines(query, "(\n    ", "\n    ", "\n)"))


def r_cell(query: str, endpoint: str, *, release: str, title: str = "") -> str:
    """Write R that asks a SELECT with httr and makes a data frame of its rows.

    :param query: the whole SPARQL text.
    :param endpoint: address of ``/sparql``.
    :param release: version of the release that has answered.
    :param title: a line about it.
    """
    return _R.format(**_values(query, endpoint, release, title), query=_lines(query, "paste0(\n  ", ",\n  ", "\n)"))


def _values(query: str, endpoint: str, release: str, title: str) -> dict[str, str]:
    told = " ".join((title or query.strip().partition("\n")[0]).split())
    return {
        "title": "".join(filter(str.isprintable, told))[:100],
        "release": " ".join(release.split()),
        # JSON's texts are those of Python and of R too, with nothing that could end them.
        "release_text": json.dumps(release, ensure_ascii=False),
        "endpoint": json.dumps(endpoint, ensure_ascii=False),
    }


def _lines(query: str, before: str, between: str, after: str) -> str:
    lines = query.strip().replace("\r\n", "\n").split("\n")
    texts = [json.dumps(f"{line}\n", ensure_ascii=False) for line in lines]
    return before + between.join(texts) + after
