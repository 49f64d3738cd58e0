from pathlib import Path

import pytest

from graph_app.settings import Settings, SettingsError, load_settings


def test_an_empty_environment_gives_the_defaults() -> None:
    assert load_settings({}) == Settings()
    assert load_settings({"INTGRAPH_HOME": "", "INTGRAPH_WORKERS": " "}) == Settings()


def test_every_setting_can_be_set() -> None:
    assert load_settings(
        {
            "INTGRAPH_HOME": "/srv/graph",
            "INTGRAPH_DATA": "/srv/data",
            "INTGRAPH_BASE": "https://graph.example/id/",
            "INTGRAPH_TIME_LIMIT": "2.5",
            "INTGRAPH_ROW_LIMIT": "100",
            "INTGRAPH_BYTE_LIMIT": "2000",
            "INTGRAPH_MEMORY_LIMIT": "1000000000",
            "INTGRAPH_WORKERS": "4",
            "INTGRAPH_ENDPOINT_ROW_LIMIT": "500",
            "INTGRAPH_RATE_LIMIT": "30",
            "INTGRAPH_PROXY": "10.0.0.1",
            "INTGRAPH_ACTOR": "Jana",
            "INTGRAPH_ROLES": "/srv/roles.yaml",
            "INTGRAPH_SECOND_PAIR": "On",
            "INTGRAPH_ENGINE": "columns",
            "INTGRAPH_STORE": "http://localhost:7878/query",
            "INTGRAPH_STORE_UPDATE": "http://localhost:7878/update",
            "INTGRAPH_STORE_GRAPHS": "http://localhost:7878/store",
            "INTGRAPH_STORE_UNION": "https://graph.example/id/graph/all",
            "INTGRAPH_STORE_USER": "jana",
            "INTGRAPH_STORE_PASSWORD": "secret",
        }
    ) == Settings(
        Path("/srv/graph"),
        Path("/srv/data"),
        "https://graph.example/id/",
        2.5,
        100,
        2000,
        1_000_000_000,
        4,
        500,
        30,
        "10.0.0.1",
        "Jana",
        "/srv/roles.yaml",
        second_pair=True,
        engine="columns",
        store="http://localhost:7878/query",
        store_update="http://localhost:7878/update",
        store_graphs="http://localhost:7878/store",
        store_union="https://graph.example/id/graph/all",
        store_user="jana",
        store_password="secret",  # noqa: S106 - of nobody
    )


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(load_settings({"INTGRAPH_STORE_PASSWORD": "secret"}))


def test_who_acts_is_the_user_of_the_system_unless_said() -> None:
    assert load_settings({}).actor


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("INTGRAPH_TIME_LIMIT", "soon"),
        ("INTGRAPH_TIME_LIMIT", "0"),
        ("INTGRAPH_TIME_LIMIT", "inf"),
        ("INTGRAPH_TIME_LIMIT", "nan"),
        ("INTGRAPH_TIME_LIMIT", "1e7"),
        ("INTGRAPH_MEMORY_LIMIT", "9" * 30),
        ("INTGRAPH_HOME", "~nobody-of-that-name/graph"),
        ("INTGRAPH_DATA", "~nobody-of-that-name"),
        ("INTGRAPH_WORKERS", "-1"),
        ("INTGRAPH_ROW_LIMIT", "1.5"),
        ("INTGRAPH_SECOND_PAIR", "yes"),
        ("INTGRAPH_ENGINE", "virtuoso"),
        ("INTGRAPH_STORE", "localhost:7878"),
        ("INTGRAPH_STORE", "file:///etc/passwd"),
        ("INTGRAPH_STORE_UPDATE", "http:///update"),
        ("INTGRAPH_BASE", "graph.example/id/"),
        ("INTGRAPH_BASE", "https://graph.example/id"),
        ("INTGRAPH_BASE", "https:///id/"),
        ("INTGRAPH_BASE", "https://graph example/id/"),
        ("INTGRAPH_BASE", "https://graph.example/<id>/"),
    ],
)
def test_what_cannot_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} must be .*, not '{text}'"):
        load_settings({name: text})
