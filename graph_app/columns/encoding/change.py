"""Find what a change comes to: which triples are gone from all graphs, and which are new to the graph as a whole."""

import duckdb

__all__ = ["find_change", "gone_by_predicate"]

#: A line that is removed and added stays; it counts for nothing.
_CHANGE = """
CREATE TEMP TABLE change AS
SELECT s, p, o, kind, sum(sign)::BIGINT AS sign
FROM (
    SELECT s, p, o, kind, (max(sign) + min(sign)) // 2 AS sign
    FROM (SELECT *, -1 AS sign FROM removed UNION ALL SELECT *, 1 AS sign FROM added)
    GROUP BY s, p, o, kind, g
)
GROUP BY ALL
HAVING sum(sign) <> 0
"""
_HELD = """
SELECT change.s, change.p, change.o FROM change JOIN {home} AS home ON home.s = change.s AND home.{column} = change.o
WHERE change.p = {id}
"""
_OUTCOME = """
CREATE TEMP TABLE outcome AS
SELECT s, p, o, kind, before, greatest(before + sign, 0) AS after
FROM (
    SELECT change.*, CASE WHEN held.s IS NULL THEN 0 ELSE coalesce(shared.graphs, 1) END AS before
    FROM change LEFT JOIN held USING (s, p, o) LEFT JOIN shared USING (s, p, o)
);
DELETE FROM shared USING outcome WHERE shared.s = outcome.s AND shared.p = outcome.p AND shared.o = outcome.o;
INSERT INTO shared SELECT s, p, o, after FROM outcome WHERE after > 1;
CREATE TEMP TABLE gone AS SELECT s, p, o FROM outcome WHERE before > 0 AND after = 0;
CREATE TEMP TABLE fact AS SELECT p, s, o, kind FROM outcome WHERE before = 0 AND after > 0;
CREATE TEMP TABLE named AS SELECT p, s, o FROM gone UNION ALL SELECT p, s, o FROM fact;
"""


def find_change(connection: duckdb.DuckDBPyConnection) -> None:
    """Make two tables, ``gone`` and ``fact``, of the triples to take away and those to add, and ``named`` of both.

    :param connection: columns with tables ``removed`` and ``added`` of numbers of terms.
    """
    connection.execute(_CHANGE)
    connection.execute("CREATE TEMP TABLE held (s INTEGER, p INTEGER, o INTEGER)")
    places = connection.execute(
        "SELECT id, home, object_column FROM predicate WHERE id IN (SELECT p FROM change) ORDER BY id"
    ).fetchall()
    held = [_HELD.format(id=id_, home=home, column=column) for id_, home, column in places]
    if held:  # all in one statement, since each takes time of its own
        connection.execute(f"INSERT INTO held {' UNION ALL '.join(held)}")
    for statement in _OUTCOME.split(";")[:-1]:
        connection.execute(statement)


def gone_by_predicate(connection: duckdb.DuckDBPyConnection) -> dict[int, int]:
    """Return how many triples of each predicate are taken away; none of those of which none is.

    :param connection: columns with the tables of :func:`find_change`.
    """
    return dict(connection.execute("SELECT p, count(*) FROM gone GROUP BY p").fetchall())
