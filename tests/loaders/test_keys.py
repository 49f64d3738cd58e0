"""A link is the same link however its role is labelled, and has no key where an end is missing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.keys import MissingKeyError, key_fields, link_key, link_keys, record_key
from loaders.model import ENTITIES
from loaders.records import Cell


def fields(**texts: str) -> dict[str, tuple[Cell, ...]]:
    return {name: (Cell(text),) for name, text in texts.items()}


@pytest.mark.parametrize("role", ["partner", "Partner", "PARTNER "])
def test_labels_of_one_role_give_one_key(role: str) -> None:
    given = fields(project="access", organisation="iom", role=role)
    assert record_key("participation", "", given) == ("access", "iom", "partner")


def test_an_unknown_role_still_tells_links_apart() -> None:
    assert record_key("participation", "", fields(project="a", organisation="b", role="mascot"))[-1] == "mascot"


def test_a_project_may_be_called_by_the_sign_for_what_is_absent() -> None:
    assert record_key("grant", "", fields(project="_")) == ("_",)


def test_an_id_stands_for_everything_else() -> None:
    assert record_key("grant", "g1", fields(project="a")) == ("g1",)


@pytest.mark.parametrize(
    ("kind", "given"), [("project", {}), ("participation", {"project": "a"}), ("grant", {"donor": "d"})]
)
def test_without_what_identifies_it_a_record_has_no_key(kind: str, given: dict[str, str]) -> None:
    with pytest.raises(MissingKeyError):
        record_key(kind, "", fields(**given))


def test_no_field_of_a_key_holds_several_values() -> None:
    """So that a key made of whole cells is the one made of their first values."""
    for entity in ENTITIES.values():
        assert not [name for name in key_fields(entity.kind) if entity.field(name).many]


@given(
    st.sampled_from(["participation", "amount", "identifier", "grant", "beneficiaries"]),
    st.lists(st.lists(st.sampled_from(["", "a", "partner", "Partner", "_"]), min_size=14, max_size=14), max_size=4),
)
def test_keys_of_many_records_are_those_of_each(kind: str, rows: list[list[str]]) -> None:
    columns = {name: [row[index] for row in rows] for index, name in enumerate(key_fields(kind))}
    texts = [{name: column[at] for name, column in columns.items() if column[at]} for at in range(len(rows))]
    try:
        expected = [link_key(kind, row) for row in texts]
    except MissingKeyError:
        with pytest.raises(MissingKeyError):
            link_keys(kind, columns)
    else:
        assert not rows or link_keys(kind, columns) == expected
