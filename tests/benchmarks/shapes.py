"""The query shapes that engines are measured on, asked about entities of the generated graph."""

import re
from collections.abc import Mapping
from pathlib import Path

from tests.benchmarks.generator.nquads import DATASET
from tests.benchmarks.generator.plan import Plan
from tests.benchmarks.generator.rows import organisation_id, project_id
from tests.benchmarks.servers import Rows

__all__ = ["QUERIES", "bared", "entities", "filled"]

#: The queries, and beside them the SQL that asks the same of hand-made tables.
QUERIES = Path(__file__).parent / "queries"
#: What stands before the id of an entity, a concept or a term.
_NAMESPACE = re.compile(r"https?://(w3id\.org|publications\.europa\.eu|purl\.org|www\.w3\.org)/.*[/#]")
_BASE = f"https://w3id.org/integration-graph/id/{{}}/{DATASET.namespace}/{{}}"


def entities(plan: Plan) -> dict[str, str]:
    """Return the ids of what the words in the queries stand for.

    :param plan: the plan of the graph.
    """
    busiest = plan.busiest()
    return {
        "top": organisation_id(int(busiest[0])),
        "median": organisation_id(int(busiest[len(busiest) // 2])),
        "donor": organisation_id(int(plan.donors[len(plan.donors) // 2])),
        "project": project_id(plan.projects // 2),
    }


def filled(query: str, found: Mapping[str, str]) -> str:
    """Put entities in the place of the words that stand for them.

    :param query: a query.
    :param found: what :func:`entities` returns.
    """
    for name, identifier in found.items():
        kind = "project" if name == "project" else "organisation"
        query = query.replace(f"<{name}>", f"<{_BASE.format(kind, identifier)}>")
    return query


def bared(rows: Rows) -> Rows:
    """Leave of IRIs what hand-made tables hold of them.

    :param rows: rows of an answer to SPARQL.
    :returns: the rows, sorted.
    """
    return sorted(tuple(_NAMESPACE.sub("", cell) for cell in row) for row in rows)
