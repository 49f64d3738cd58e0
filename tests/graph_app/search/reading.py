"""What an index holds, for comparing."""

from pathlib import Path

import numpy as np

from graph_app.search.layout import Entry, reading

__all__ = ["indexed"]


def indexed(path: Path) -> dict[str, Entry]:
    """Return the entries of an index by IRI; what is found by words and what is counted must agree."""
    found = {}
    with reading(path) as connection:
        facets = {number: (field, value) for number, field, value in connection.execute("SELECT * FROM facet")}
        rows = connection.execute(
            "SELECT iri, names, codes, about, entity.facets, found.facets FROM entity JOIN found ON found.rowid = id"
        ).fetchall()
        ((entities,),) = connection.execute("SELECT count(*) FROM entity")
        assert entities == len(rows)
    for iri, names, codes, about, numbers, words in rows:
        own = np.frombuffer(numbers, np.int32).tolist()
        assert words.split() == [f"f{number}" for number in own]
        texts = (tuple(text.split("\n")) if text else () for text in (names, codes, about))
        found[iri] = Entry(iri, *texts, frozenset(facets[number] for number in own))
    return found
