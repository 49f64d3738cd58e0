"""A notebook cell that makes the same network again with NetworkX, from the public endpoint of a deployment."""

import json

from graph_app.network.network import Network

__all__ = ["notebook_cell"]

_HEAD = """\
# {title}
# Made of release {release}. Needs networkx; everything else is part of Python.
import csv
import io
import urllib.parse
import urllib.request
from itertools import combinations

import networkx as nx

ENDPOINT = {endpoint}
QUERY = {query}

request = urllib.request.Request(
    ENDPOINT, urllib.parse.urlencode({{"query": QUERY}}).encode(), {{"Accept": "text/csv"}}
)
with urllib.request.urlopen(request) as answer:
    release = answer.headers["Integration-Graph-Release"]
    if answer.headers["Integration-Graph-Truncated"]:
        raise RuntimeError("The endpoint cut the answer; narrow the filters, or raise its limit of rows.")
    rows = list(csv.DictReader(io.TextIOWrapper(answer, encoding="utf-8", newline="")))
if release != {release!r}:
    print(f"The graph has moved on to release {{release}}; the network may differ.")
"""
_ONE_MODE = """
contexts = {{}}
for row in rows:
    contexts.setdefault(row["context"], set()).add(row[{node!r}])
G = nx.Graph()
for members in contexts.values():
    G.add_nodes_from(members)
    for first, second in combinations(sorted(members), 2):
        tie = G[first][second] if G.has_edge(first, second) else {{"count": 0, "newman": 0.0}}
        G.add_edge(first, second, count=tie["count"] + 1, newman=tie["newman"] + 1 / (len(members) - 1))
"""
_BIPARTITE = """
G = nx.Graph()
G.add_edges_from(((row["member"], row["context"]) for row in rows), count=1)
"""
_FUNDING = """
G = nx.DiGraph()
for giver, recipient, _ in {{(row["giver"], row["recipient"], row["context"]) for row in rows}}:
    count = G[giver][recipient]["count"] if G.has_edge(giver, recipient) else 0
    G.add_edge(giver, recipient, count=count + 1)
"""
_TAIL = """
weak = [(first, second) for first, second, count in G.edges(data="count") if count < {minimum}]
G.remove_edges_from(weak)
print(G)
"""
_NODE = {"organisations": "member", "countries": "place", "target-groups": "group"}


def notebook_cell(network: Network, endpoint: str, title: str = "") -> str:
    """Write Python that makes the same nodes and ties, counted and by Newman. Money is not part of it.

    :param network: the network.
    :param endpoint: address of ``/sparql``.
    :param title: a line about it.
    :raises ValueError: if its ties are narrowed by another weight than the count.
    """
    if network.filters.minimum and network.filters.weight != "count":
        raise ValueError("A notebook cell narrows ties by their count only. Choose the weight count.")
    middle = {"organisation-project": _BIPARTITE, "funding": _FUNDING}.get(network.projection, _ONE_MODE)
    told = " ".join((title or network.projection).split())
    values = {
        "title": told,
        "release": network.release,
        # JSON's texts are Python's, with nothing that could end them.
        "endpoint": json.dumps(endpoint),
        "query": json.dumps(network.queries[0], ensure_ascii=False).replace("\\n", '\\n"\n    "'),
        "node": _NODE.get(network.projection, ""),
        "minimum": network.filters.minimum,
    }
    values["query"] = f"(\n    {values['query']}\n)"
    return (_HEAD + middle + (_TAIL if network.filters.minimum else "\nprint(G)\n")).format(**values)
