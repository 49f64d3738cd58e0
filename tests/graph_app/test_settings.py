from pathlib import Path

import pytest

from graph_app.settings import Settings, SettingsError, load_settings

OIDC = {
    "INTGRAPH_OIDC_METADATA": "https://login.example/.well-known/openid-configuration",
    "INTGRAPH_OIDC_CLIENT": "graph",
    "INTGRAPH_OIDC_CLIENT_SECRET": "of the client",
    "INTGRAPH_OIDC_COOKIE_SECRET": "0123456789abcdef0123456789abcdef",
    "INTGRAPH_OIDC_REDIRECT": "https://graph.example/oauth2callback",
}


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
            **OIDC,
            "INTGRAPH_OIDC_LIFETIME": "600",
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
        oidc_metadata="https://login.example/.well-known/openid-configuration",
        oidc_client="graph",
        oidc_client_secret="of the client",  # noqa: S106 - of nobody
        oidc_cookie_secret="0123456789abcdef0123456789abcdef",  # noqa: S106 - of nobody
        oidc_redirect="https://graph.example/oauth2callback",
        oidc_lifetime=600,
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


@pytest.mark.parametrize("missing", [*OIDC, "INTGRAPH_ROLES"])
def test_half_a_sign_in_is_refused(missing: str) -> None:
    given = OIDC | {"INTGRAPH_ROLES": "/srv/roles.yaml"}
    assert load_settings(given).oidc_client == "graph"
    with pytest.raises(SettingsError, match=missing):
        load_settings(given | {missing: " "})


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("INTGRAPH_OIDC_METADATA", "login.example", "http or https address"),
        ("INTGRAPH_OIDC_METADATA", "http://login.example/.well-known/openid-configuration", "must begin with https"),
        ("INTGRAPH_OIDC_REDIRECT", "http://graph.example/oauth2callback", "must begin with https"),
        ("INTGRAPH_OIDC_REDIRECT", "https://graph.example/", "/oauth2callback after it"),
        ("INTGRAPH_OIDC_REDIRECT", "https://graph.example/base/oauth2callback", "/oauth2callback after it"),
        ("INTGRAPH_OIDC_REDIRECT", "https://graph.example/oauth2callback?x=1", "/oauth2callback after it"),
        ("INTGRAPH_OIDC_COOKIE_SECRET", "short", "at least 32 characters"),
        ("INTGRAPH_OIDC_LIFETIME", "0", "number of seconds"),
    ],
)
def test_a_sign_in_that_is_not_safe_is_refused(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said) as refusal:
        load_settings(OIDC | {"INTGRAPH_ROLES": "/srv/roles.yaml"} | {name: value})
    assert name in str(refusal.value)


def test_at_this_machine_a_sign_in_needs_no_https() -> None:
    local = {
        "INTGRAPH_OIDC_METADATA": "http://localhost:9400/.well-known/openid-configuration",
        "INTGRAPH_OIDC_REDIRECT": "http://127.0.0.1:8501/oauth2callback",
        "INTGRAPH_ROLES": "/srv/roles.yaml",
    }
    assert load_settings(OIDC | local).oidc_redirect == "http://127.0.0.1:8501/oauth2callback"


def test_secrets_do_not_stand_in_what_is_logged() -> None:
    shown = repr(load_settings(OIDC | {"INTGRAPH_ROLES": "/srv/roles.yaml", "INTGRAPH_STORE_PASSWORD": "of the store"}))
    assert "of the client" not in shown
    assert "0123456789abcdef" not in shown
    assert "of the store" not in shown
