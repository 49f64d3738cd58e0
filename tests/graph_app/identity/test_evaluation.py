"""Matching measured on a small gold file, with figures that can be counted by hand."""

from pathlib import Path

import pytest

from graph_app.identity.evaluation import evaluate
from graph_app.identity.gold import GoldError, read_gold

NAMES = """ref,name,refs_sharing_this_name
GB-CHC-285776,Norwegian Refugee Council,1
GB-CHC-285776,NORWEGIAN REFUGEE COUNCIL,1
GB-CHC-285776,Extending,1
GB-CHC-290836,Poradna pro integraci,1
GB-CHC-290836,"Poradna pro integraci, o.p.s.",1
DE-7,Norwegian Refugee Councill,1
DE-8,UNICEF,22
DE-9,Caritas Wien,
DE-10,caritas wien,
n/a,Nobody,1
"""
PAIRS = """left,right,same
Evropská komise,European Commission,yes
IOM Prague,IOM Budapest,no
Flüchtlingsrat Berlin,Rada pro uprchlíky Berlín,yes
Masaryk University,Zahrada,no
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.csv"
    path.write_text(NAMES, encoding="utf-8")
    return path


def test_names_of_one_identifier_are_one_and_unsure_ones_are_left_out(gold: Path) -> None:
    read = read_gold(gold)
    assert (len(read.entities), len(read.same), read.left_out) == (6, 4, 4)


def test_the_figures_are_those_that_one_counts(gold: Path) -> None:
    read = read_gold(gold)
    rows = {row.accepted: row for row in evaluate(read)}
    assert (rows["rules"].found, rows["rules"].right, rows["rules"].gold) == (2, 2, 4)
    assert (rows["rules"].precision, rows["rules"].recall) == (1.0, 0.5)
    alone = {row.accepted: row for row in evaluate(read.without_identifiers())}
    assert (alone["rules"].found, alone["rules"].precision, alone["rules"].recall) == (0, None, 0.0)
    # The misspelt name under another identifier is found with both spellings of the right one, and is wrong.
    assert (alone["0.90"].found, alone["0.90"].right) == (4, 2)
    assert (alone["0.90"].precision, alone["0.90"].recall) == (0.5, 0.5)


def test_of_labelled_pairs_only_those_listed_count(tmp_path: Path) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(PAIRS, encoding="utf-8")
    read = read_gold(path)
    assert (len(read.same), len(read.different or ())) == (2, 2)
    row = list(evaluate(read))[-1]
    assert (row.found, row.right, row.gold) == (2, 2, 2)


@pytest.mark.parametrize("text", [NAMES, PAIRS])
def test_halves_share_no_name_and_make_up_the_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(text, encoding="utf-8")
    halves = {half: read_gold(path, half) for half in ("tuning", "test", "all")}
    names = {half: sorted(one.described.texts for one in read.entities) for half, read in halves.items()}
    assert sorted(names["tuning"] + names["test"]) == names["all"]
    assert len(halves["tuning"].same) + len(halves["test"].same) == len(halves["all"].same)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,title\n1,a\n", "line 1: the columns are id, title"),
        ("ref,name\nGB-1,\n", "line 2: the name is empty"),
        ("ref,name,refs_sharing_this_name\nGB-1,a,many\n", "line 2: refs_sharing_this_name is 'many'"),
        ("left,right,same\na,b,perhaps\n", "line 2: same is 'perhaps'"),
        ("left,right,same\na,a,yes\n", "line 2: left and right have to be two names"),
        ("left,right,same\na,b,yes\nb,a,no\n", "line 3: these two are told as the same and as different"),
        ('ref,name\nGB-1,"a\n', "no CSV"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "gold.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GoldError, match=r"^gold\.csv, line") as raised:
        read_gold(path)
    assert said in str(raised.value)
