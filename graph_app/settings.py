"""What a deployment sets, read from the environment; no other module reads it."""

import os
import pwd
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

__all__ = ["ENGINES", "LOOPBACK", "Settings", "SettingsError", "believe_proxy", "load_settings"]

_Value = TypeVar("_Value", int, float)

#: Engines that can be chosen.
ENGINES = ("auto", "columns", "oxigraph")
#: Names of this machine that nobody else can reach it by.
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
_GIB = 1024**3
_HOUR = 60 * 60.0
_DAY = 24 * _HOUR
#: Field to variable of what signing in needs; all of them or none.
_OIDC = {
    "oidc_metadata": "INTGRAPH_OIDC_METADATA",
    "oidc_client": "INTGRAPH_OIDC_CLIENT",
    "oidc_client_secret": "INTGRAPH_OIDC_CLIENT_SECRET",
    "oidc_cookie_secret": "INTGRAPH_OIDC_COOKIE_SECRET",
    "oidc_redirect": "INTGRAPH_OIDC_REDIRECT",
}
_CALLBACK = "/oauth2callback"
#: Shorter ones can be tried out.
_SECRET_CHARACTERS = 32
#: What the system's clocks and limits can hold; a program that needs more has no limit at all.
_LARGEST = 2**62
_ADDRESS = re.compile(r"""https?://[^\x00-\x20/<>"{}|^`\\\x7f]+(/[^\x00-\x20<>"{}|^`\\\x7f]*)?""")
_BASE = re.compile(r"""https?://[^\x00-\x20/<>"{}|^`\\\x7f]+/([^\x00-\x20<>"{}|^`\\\x7f]*/)?""")


#: The engine that the command line chose in place of that of the environment.
_chosen: ContextVar[str] = ContextVar("chosen", default="")


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the text names the variable and the repair."""


def _user() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:  # containers run under numbers that no name stands for
        return str(os.getuid())


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one deployment.

    :param home: folder of inbox and journal, which are the truth, and of releases, which are made of them
        (``INTGRAPH_HOME``).
    :param data: folder with ``datasets.yaml`` and the records (``INTGRAPH_DATA``).
    :param base: base of all instance IRIs (``INTGRAPH_BASE``).
    :param time_limit: seconds after which a query is stopped (``INTGRAPH_TIME_LIMIT``).
    :param row_limit: most rows or triples of one answer (``INTGRAPH_ROW_LIMIT``).
    :param byte_limit: most bytes of one answer (``INTGRAPH_BYTE_LIMIT``).
    :param memory_limit: bytes of address space of one worker (``INTGRAPH_MEMORY_LIMIT``).
    :param workers: how many quick queries run at once, and how many slow ones beside them (``INTGRAPH_WORKERS``).
    :param endpoint_row_limit: most rows or triples of one answer of ``/sparql``, where programs ask
        (``INTGRAPH_ENDPOINT_ROW_LIMIT``).
    :param rate_limit: requests a minute that one client may send to ``/sparql``, ``/id`` and ``/data``
        (``INTGRAPH_RATE_LIMIT``).
    :param proxy: address of a reverse proxy whose ``X-Forwarded-For`` is believed, or empty (``INTGRAPH_PROXY``).
    :param actor: who stands in the journal for what this process does (``INTGRAPH_ACTOR``).
    :param roles: path of the YAML or TOML file that maps e-mail addresses or subjects of an identity provider to roles;
        empty where a single local steward may do all (``INTGRAPH_ROLES``).
    :param oidc_metadata: address of the metadata of an OpenID Connect provider, ending in
        ``/.well-known/openid-configuration``; empty where nobody signs in on pages (``INTGRAPH_OIDC_METADATA``).
    :param oidc_client: what the provider knows this deployment by (``INTGRAPH_OIDC_CLIENT``).
    :param oidc_client_secret: and by what it knows that it is this deployment (``INTGRAPH_OIDC_CLIENT_SECRET``).
    :param oidc_cookie_secret: a random text that signs the cookies of whoever signed in
        (``INTGRAPH_OIDC_COOKIE_SECRET``).
    :param oidc_redirect: the address of this deployment's ``/oauth2callback`` as browsers reach it
        (``INTGRAPH_OIDC_REDIRECT``).
    :param oidc_lifetime: seconds for which a sign-in counts, from when the provider gave it
        (``INTGRAPH_OIDC_LIFETIME``).
    :param second_pair: whether nobody can approve what they handed in themselves, ``on`` or ``off``
        (``INTGRAPH_SECOND_PAIR``).
    :param engine: which engine answers: ``columns``, ``oxigraph``, or for each query the one that is likely to be the
        faster, ``auto`` (``INTGRAPH_ENGINE``).
    :param store: address at which a remote SPARQL engine takes queries; empty for the embedded one
        (``INTGRAPH_STORE``).
    :param store_update: address at which it takes updates (``INTGRAPH_STORE_UPDATE``).
    :param store_graphs: address of its graph store protocol (``INTGRAPH_STORE_GRAPHS``).
    :param store_union: IRI of the graph that holds each statement once, for engines whose own default graph does not;
        empty where the default graph does (``INTGRAPH_STORE_UNION``).
    :param store_user: name to sign in with there (``INTGRAPH_STORE_USER``).
    :param store_password: password to sign in with there (``INTGRAPH_STORE_PASSWORD``).
    """

    home: Path = Path(".intgraph")
    data: Path = Path("data")
    base: str = "https://w3id.org/integration-graph/id/"
    time_limit: float = 10.0
    row_limit: int = 10_000
    byte_limit: int = 50_000_000
    memory_limit: int = 2 * _GIB
    workers: int = 2
    endpoint_row_limit: int = 100_000
    rate_limit: int = 600
    proxy: str = ""
    actor: str = field(default_factory=_user)
    roles: str = ""
    oidc_metadata: str = ""
    oidc_client: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_cookie_secret: str = field(default="", repr=False)
    oidc_redirect: str = ""
    oidc_lifetime: float = 8 * _HOUR
    second_pair: bool = False
    engine: str = "auto"
    store: str = ""
    store_update: str = ""
    store_graphs: str = ""
    store_union: str = ""
    store_user: str = ""
    store_password: str = field(default="", repr=False)


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; what the environment does not say has the default of :class:`Settings`.

    :param environment: variables to read instead of those of the process.
    :returns: the settings.
    :raises SettingsError: if a variable holds something that cannot be used.
    """
    variables = os.environ if environment is None else environment
    defaults = Settings()
    settings = Settings(
        home=_folder(variables, "INTGRAPH_HOME", defaults.home),
        data=_folder(variables, "INTGRAPH_DATA", defaults.data),
        base=_base(variables.get("INTGRAPH_BASE") or defaults.base),
        time_limit=_positive(
            variables, "INTGRAPH_TIME_LIMIT", defaults.time_limit, float, "a number of seconds", most=_DAY
        ),
        row_limit=_positive(variables, "INTGRAPH_ROW_LIMIT", defaults.row_limit, int, "a whole number of rows"),
        byte_limit=_positive(variables, "INTGRAPH_BYTE_LIMIT", defaults.byte_limit, int, "a whole number of bytes"),
        memory_limit=_positive(
            variables, "INTGRAPH_MEMORY_LIMIT", defaults.memory_limit, int, "a whole number of bytes"
        ),
        workers=_positive(variables, "INTGRAPH_WORKERS", defaults.workers, int, "a whole number of processes"),
        endpoint_row_limit=_positive(
            variables, "INTGRAPH_ENDPOINT_ROW_LIMIT", defaults.endpoint_row_limit, int, "a whole number of rows"
        ),
        rate_limit=_positive(variables, "INTGRAPH_RATE_LIMIT", defaults.rate_limit, int, "a whole number of requests"),
        proxy=variables.get("INTGRAPH_PROXY", ""),
        actor=variables.get("INTGRAPH_ACTOR") or defaults.actor,
        roles=variables.get("INTGRAPH_ROLES", "").strip(),
        oidc_lifetime=_positive(
            variables, "INTGRAPH_OIDC_LIFETIME", defaults.oidc_lifetime, float, "a number of seconds", most=30 * _DAY
        ),
        **_oidc(variables),
        second_pair=_switch(variables, "INTGRAPH_SECOND_PAIR"),
        engine=_engine(variables.get("INTGRAPH_ENGINE") or defaults.engine),
        store=_address(variables, "INTGRAPH_STORE"),
        store_update=_address(variables, "INTGRAPH_STORE_UPDATE"),
        store_graphs=_address(variables, "INTGRAPH_STORE_GRAPHS"),
        store_union=_address(variables, "INTGRAPH_STORE_UNION"),
        store_user=variables.get("INTGRAPH_STORE_USER", ""),
        store_password=variables.get("INTGRAPH_STORE_PASSWORD", ""),
    )
    return _with_store(settings, _chosen.get())


@contextmanager
def chosen_store(address: str) -> Iterator[None]:
    """Have all settings that are loaded within the block name another engine.

    :param address: address at which it takes queries; empty to leave it to the environment.
    :raises SettingsError: if it is no address.
    """
    token = _chosen.set(_address({"--store": address}, "--store"))
    try:
        yield
    finally:
        _chosen.reset(token)


def _with_store(settings: Settings, address: str) -> Settings:
    if address in {"", settings.store}:
        return settings
    if settings.store:  # what the environment says beside it is of another engine, the password first of all
        settings = replace(settings, store_update="", store_graphs="", store_union="", store_user="", store_password="")
    return replace(settings, store=address)


def believe_proxy(address: str) -> None:
    """Have the HTTP server believe what one address forwards, and nobody else.

    The server takes this from the environment alone; left to itself, it believes every program of this machine, each of
    which could so pass for any client.

    :param address: address of the reverse proxy, or empty for none.
    """
    os.environ["FORWARDED_ALLOW_IPS"] = address


def _folder(variables: Mapping[str, str], name: str, default: Path) -> Path:
    try:
        return Path(variables.get(name) or default).expanduser()
    except RuntimeError as error:
        raise SettingsError(f"{name} must be a folder, not {variables[name]!r}: nobody has that name here.") from error


def _positive(
    variables: Mapping[str, str],
    name: str,
    default: _Value,
    read: Callable[[str], _Value],
    what: str,
    *,
    most: float = _LARGEST,
) -> _Value:
    text = variables.get(name, "").strip()
    if not text:
        return default
    try:
        value = read(text)
    except ValueError:
        value = read("0")
    if not 0 < value <= most:
        raise SettingsError(f"{name} must be {what} above 0 and at most {most:,.0f}, not {text!r}.")
    return value


def _address(variables: Mapping[str, str], name: str) -> str:
    text = variables.get(name, "").strip()
    if text and not _ADDRESS.fullmatch(text):
        raise SettingsError(f"{name} must be an http or https address, not {text!r}.")
    return text


def _oidc(variables: Mapping[str, str]) -> dict[str, Any]:
    """Read what signing in needs: all of it, and roles for those who sign in, since whoever can would else be all."""
    values = {name: variables.get(variable, "").strip() for name, variable in _OIDC.items()}
    if not any(values.values()):
        return values
    missing = [variable for name, variable in _OIDC.items() if not values[name]]
    if not variables.get("INTGRAPH_ROLES", "").strip():
        missing.append("INTGRAPH_ROLES")
    if missing:
        raise SettingsError(
            f"For people to sign in, {', '.join(missing)} must be set too; unset every INTGRAPH_OIDC_… variable where "
            "nobody does."
        )
    for name in ("oidc_metadata", "oidc_redirect"):
        _refuse_unsafe(_address(variables, _OIDC[name]), _OIDC[name])
    if urlsplit(values["oidc_redirect"])[2:] != (_CALLBACK, "", ""):
        raise SettingsError(
            f"INTGRAPH_OIDC_REDIRECT must be the address of the app with {_CALLBACK} after it, such as "
            f"https://graph.example{_CALLBACK}, not {values['oidc_redirect']!r}."
        )
    if len(values["oidc_cookie_secret"]) < _SECRET_CHARACTERS:
        raise SettingsError(
            f"INTGRAPH_OIDC_COOKIE_SECRET must have at least {_SECRET_CHARACTERS} characters chosen at random, such as "
            "`openssl rand -hex 32` gives."
        )
    return values


def _refuse_unsafe(address: str, variable: str) -> None:
    """Refuse an address at which others on the way could read who signs in, or be the provider."""
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in LOOPBACK:
        raise SettingsError(f"{variable} must begin with https:// where it is not of this machine, not {address!r}.")


def _switch(variables: Mapping[str, str], name: str) -> bool:
    text = variables.get(name, "").strip().lower() or "off"
    if text not in {"on", "off"}:
        raise SettingsError(f"{name} must be on or off, not {variables[name]!r}.")
    return text == "on"


def _engine(text: str) -> str:
    if text not in ENGINES:
        raise SettingsError(f"INTGRAPH_ENGINE must be one of {', '.join(ENGINES)}, not {text!r}.")
    return text


def _base(text: str) -> str:
    if not _BASE.fullmatch(text):
        raise SettingsError(f"INTGRAPH_BASE must be an http or https address that ends with a slash, not {text!r}.")
    return text
