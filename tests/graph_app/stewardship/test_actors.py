from pathlib import Path

import pytest

from graph_app.settings import Settings, SettingsError
from graph_app.stewardship.actors import EVERY_ROLE, Role, actor_of, current_actor


def test_without_a_file_everybody_may_do_all() -> None:
    actor = current_actor(Settings(actor="Jana"))
    assert (actor.name, actor.roles) == ("Jana", EVERY_ROLE)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("roles.yaml", "Jana@Example.org: [steward, reviewer]\n8f2c: operator\n"),
        ("roles.toml", '"Jana@Example.org" = ["steward", "reviewer"]\n8f2c = "operator"\n'),
    ],
)
def test_a_file_tells_roles(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    settings = Settings(roles=str(path))
    assert actor_of("jana@example.org", settings).roles == {Role.VIEWER, Role.STEWARD, Role.REVIEWER}
    assert actor_of("8f2c", settings).roles == {Role.VIEWER, Role.OPERATOR}
    assert actor_of("8F2C", settings).roles == {Role.VIEWER}, "subjects tell capitals apart"
    assert actor_of("nobody", settings).roles == {Role.VIEWER}
    assert actor_of("jana@example.org", settings, ["8f2c"]).roles == EVERY_ROLE


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- jana\n", "must map names to roles"),
        ("jana: [boss]\n", "unknown role 'boss'"),
        ("jana: {steward: yes}\n", "a list of roles"),
        ("jana: [steward]\njana: [reviewer]\n", "not well formed"),
        ("a@b.org: [steward]\nA@b.org: [reviewer]\n", "twice"),
        ("jana: [", "not well formed"),
        ("", "must map names"),
    ],
)
def test_a_file_that_says_something_else_lets_nobody_in(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "roles.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        actor_of("jana", Settings(roles=str(path)))


def test_a_missing_file_lets_nobody_in(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        actor_of("jana", Settings(roles=str(tmp_path / "none.yaml")))
