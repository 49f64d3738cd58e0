"""Whatever is refused is said in Czech as well, with the same values."""

import ast
import string
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from graph_app.journal.errors import JournalDamaged, JournalError
from graph_app.journal.said import said
from graph_app.settings import Settings
from graph_app.stewardship.actors import Actor, Role
from graph_app.stewardship.errors import NotAllowed, Refused
from graph_app.stewardship.permissions import Command, require
from graph_app.stewardship.record import _NEXT
from graph_app.stewardship.states import State, Step
from loaders.errors import SourceFault
from loaders.findings import Location, finding

OF_JOURNAL = {"JournalError", "JournalDamaged", "InboxDamaged"}
OF_STEWARDSHIP = {"StewardshipError", "NotAllowed", "Refused", "Blocked", "Conflict", "ProviderFault", "_said"}
FOLDER = Path(str(files("graph_app")))


def catalogue(room: str) -> dict[str, str]:
    return YAML(typ="safe").load((FOLDER / room / "refusals.yaml").read_text(encoding="utf-8"))


def templates() -> Iterator[tuple[str, str, str]]:
    """Give room, place and sentence of each error that the rooms make."""
    for path in sorted([*(FOLDER / "journal").rglob("*.py"), *(FOLDER / "stewardship").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args):
                continue
            name, first = node.func.id, node.args[0]
            room = "journal" if name in OF_JOURNAL else "stewardship" if name in OF_STEWARDSHIP else ""
            if room and not isinstance(first, ast.Name | ast.Attribute):
                assert isinstance(first, ast.Constant), f"{path}:{node.lineno}: values are named, not written in"
                yield room, f"{path.name}:{node.lineno}", first.value


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_every_refusal_is_in_the_catalogue_and_names_the_same_values() -> None:
    found = list(templates())
    assert len(found) > 70
    for room, place, template in found:
        czech = catalogue(room).get(template)
        assert czech, f"{place}: “{template}” has no Czech sentence in graph_app/{room}/refusals.yaml"
        assert fields(czech) <= fields(template), place
    for room in ("journal", "stewardship"):
        used = {template for own, _, template in found if own == room}
        for template in catalogue(room):
            assert template in used or not fields(template), f"{room}: nothing says “{template}”"


def test_every_word_that_stands_in_them_is_there() -> None:
    words = catalogue("stewardship")
    for word in (*Command, *Role, *State, *Step, *_NEXT.values()):
        assert str(word) in words, word


@pytest.mark.parametrize("command", [command for command in Command if command is not Command.HISTORY])
def test_who_may_not_is_told_in_czech(command: Command) -> None:
    with pytest.raises(NotAllowed) as caught:
        require(Actor("Eva", frozenset({Role.VIEWER})), command, None, Settings())
    assert "it needs the role" in str(caught.value)
    told = said(caught.value, "cs")
    assert "Eva zde nemůže" in told
    assert "má: čtenář" in told
    assert not {"steward", "reviewer", "operator", command.value} & set(told.replace("`", " ").split())


def test_what_is_not_known_in_czech_is_said_in_english() -> None:
    assert said(Refused("Something new."), "cs") == "Something new."
    assert said(ValueError("{x}"), "cs") == "{x}"
    assert said(JournalDamaged("Line 3 {is} broken."), "cs") == "Line 3 {is} broken."
    fault = SourceFault(finding("file-empty", Location("a.csv")))
    assert said(fault, "cs").startswith("a.csv: ")
    assert said(fault, "cs") != said(fault, "en") == str(fault)
    assert isinstance(JournalError("x"), Exception)
