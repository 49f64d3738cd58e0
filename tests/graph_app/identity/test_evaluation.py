"""Measuring on tables of labelled names."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_app.identity.evaluation import PRECISION, Measured, chosen, evaluate
from graph_app.identity.gold import halves, read_gold
from loaders.errors import SourceError

NAMES = """\
ref,name,count
DK-CVR-20699310,Danish Refugee Council,400
DK-CVR-20699310,DANISH REFUGEE COUNCIL,20
DK-CVR-20699310,Danish Refugee Council (DRC),3
DK-CVR-20699310,Final instalment,1
CZ-ICO-25755277,Člověk v tísni,4
CZ-ICO-25755277,"Člověk v tísni, o.p.s.",4
GB-CHC-1076822,UNICEF,1
XM-DAC-41122,Unicef,90
XM-DAC-41122,United Nations Children's Fund,30
"""


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_of_one_identifier_are_one(tmp_path: Path) -> None:
    gold = read_gold(table(tmp_path, NAMES))
    # Six pairs of the first identifier, one each of the second and the last.
    assert len(gold.same) == 8
    # Two identifiers share a name but for letter case, so that the table does not tell who their names are.
    assert gold.unknown == {("UNICEF", "Unicef"), ("UNICEF", "United Nations Children's Fund")}


def test_recall_is_over_all_pairs_of_the_table(tmp_path: Path) -> None:
    gold = read_gold(table(tmp_path, NAMES))
    rules, *at = evaluate(gold)
    assert (rules.threshold, rules.right, rules.wrong, rules.same) == (None, 1, 0, 8)
    last = at[-1]
    assert all(one.right >= other.right and one.wrong >= other.wrong for one, other in pairwise(at))
    assert last.wrong == 0
    # The three spellings of the council, and the two of the Czech body; an identifier alone is a possibility, no more.
    assert [at[0].right, at[1].right] == [5, 4]
    assert at[1].recall == 0.5
    assert at[1].alike == 4
    assert at[1].recall_alike == 1.0
    assert evaluate(gold.without_identifiers())[0].right == 0


def test_labelled_pairs_count_alone(tmp_path: Path) -> None:
    text = "left,right,same\nIOM Praha,IOM Prague,yes\nIOM Praha,IOM Budapest,no\nCaritas,Diakonie,no\n"
    _, least, *_ = evaluate(read_gold(table(tmp_path, text)))
    assert (least.right, least.wrong, least.same) == (1, 0, 1)


@given(identifiers=st.lists(st.integers(0, 60), min_size=1, max_size=40))
def test_no_identifier_is_in_both_halves(identifiers: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    rows = [f"GB-CHC-10768{number:02},Name {number} {place}" for place, number in enumerate(identifiers)]
    tuning, test = halves(table(tmp_path_factory.mktemp("gold"), "\n".join(["ref,name", *rows, ""])))
    codes = [{code for entity in half.entities for code in entity.described.codes} for half in (tuning, test)]
    assert codes[0].isdisjoint(codes[1])
    assert len(tuning.entities) + len(test.entities) == len(rows)


def test_the_least_threshold_that_is_right_enough_is_chosen() -> None:
    measured = [Measured(None, 1, 0, 9, 9, 1), Measured(0.8, 5, 1, 9, 9, 5), Measured(0.9, 4, 0, 9, 9, 4)]
    assert chosen(measured) == 0.9
    assert chosen(measured[:2]) is None
    assert measured[1].precision < PRECISION < measured[2].precision


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no rows"),
        ("name\nIOM\n", "needs the columns"),
        ("left,right,same\na,b,perhaps\n", "Row 2 says “perhaps”"),
    ],
)
def test_what_is_no_such_table_is_told(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read_gold(table(tmp_path, text))
