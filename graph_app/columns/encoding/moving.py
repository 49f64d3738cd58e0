"""Take triples of a predicate away and add others, where it lives; let it move where it does not fit any more."""

import duckdb

from graph_app.columns.encoding.homes import VALUES, Facts, Place, still_of

__all__ = ["add_triples", "take_away"]


def take_away(connection: duckdb.DuckDBPyConnection, place: Place) -> None:
    """Take away the triples of a predicate that stand in ``gone``.

    :param connection: columns that are changed.
    :param place: where the predicate lives.
    """
    home, column = place.home, place.objects
    where = f"WHERE gone.p = {place.id} AND {home}.s = gone.s AND {home}.{column} = gone.o"
    if place.wide:
        columns = [column, *([place.values] if place.values else [])]
        emptied = ", ".join(f"{name} = NULL" for name in columns)
        connection.execute(f"UPDATE {home} SET {emptied} FROM gone {where}")
    else:
        connection.execute(f"DELETE FROM {home} USING gone {where}")


def add_triples(connection: duckdb.DuckDBPyConnection, place: Place, facts: Facts) -> Place:
    """Add the triples of a predicate that stand in ``fact``.

    :param connection: columns that are changed.
    :param place: where the predicate lives.
    :param facts: the triples to add, none of them there yet.
    :returns: where it lives from now on.
    """
    if place.values and not still_of(place.value_type, facts.kinds, zoned=facts.zoned):
        place = _drop_values(connection, place)
    if place.wide and (not facts.functional or _second_values(connection, place)):
        place = _move_out(connection, place)
    names, source = ["s", place.objects], f"SELECT s, o FROM fact WHERE p = {place.id}"
    if place.values:
        type_, column = VALUES[place.value_type]
        names.append(place.values)
        source = f"SELECT s, o, {column}::{type_} AS v FROM ({source}) JOIN term ON term.id = o"
    home, listed = place.home, ", ".join(names)
    if not place.wide:
        connection.execute(f"INSERT INTO {home} ({listed}) {source} ORDER BY s, o")
        return place
    filled = ", ".join(f"{name} = new.{short}" for name, short in zip(names[1:], "ov", strict=False))
    lacking = f"NOT EXISTS (SELECT 1 FROM {home} WHERE {home}.s = fact.s)"
    connection.execute(f"INSERT INTO {home} (s) SELECT s FROM fact WHERE p = {place.id} AND {lacking} ORDER BY s")
    connection.execute(f"UPDATE {home} SET {filled} FROM ({source}) AS new WHERE {home}.s = new.s")
    return place


def _drop_values(connection: duckdb.DuckDBPyConnection, place: Place) -> Place:
    connection.execute(f"ALTER TABLE {place.home} DROP COLUMN {place.values}")
    return _settle(connection, Place(place.id, place.home, place.objects, "", ""))


def _second_values(connection: duckdb.DuckDBPyConnection, place: Place) -> bool:
    query = (
        f"SELECT 1 FROM fact JOIN {place.home} AS home USING (s)"
        f" WHERE p = {place.id} AND home.{place.objects} IS NOT NULL LIMIT 1"
    )
    return connection.execute(query).fetchone() is not None


def _move_out(connection: duckdb.DuckDBPyConnection, place: Place) -> Place:
    """Give a predicate a table of its own."""
    new = Place(place.id, f"p{place.id}", "o", "v" if place.values else "", place.value_type)
    values = f", {place.values} AS v" if place.values else ""
    connection.execute(
        f"CREATE TABLE {new.home} AS SELECT s, {place.objects} AS o{values} FROM {place.home}"
        f" WHERE {place.objects} IS NOT NULL ORDER BY s, o"
    )
    for column in filter(None, [place.values, place.objects]):
        connection.execute(f"ALTER TABLE {place.home} DROP COLUMN {column}")
    return _settle(connection, new)


def _settle(connection: duckdb.DuckDBPyConnection, place: Place) -> Place:
    connection.execute(
        "UPDATE predicate SET home = $home, object_column = $objects, value_column = $values, value_type = $type"
        " WHERE id = $id",
        {
            "id": place.id,
            "home": place.home,
            "objects": place.objects,
            "values": place.values,
            "type": place.value_type,
        },
    )
    return place
