"""Whether people can sign in now: their provider is asked for its metadata before anybody is sent there."""

import json
import logging
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from graph_app.settings import Settings
from graph_app.stewardship.errors import StewardshipError

__all__ = ["ProviderFault", "check_provider"]

#: Seconds that whoever wants to sign in waits at most, and bytes that metadata can have.
_PATIENCE, _MOST = 5, 1_000_000
_NEEDED = ("issuer", "authorization_endpoint", "token_endpoint")

logger = logging.getLogger(__name__)


class ProviderFault(StewardshipError):
    """Nobody can sign in now; everything that needs no sign-in goes on."""


def check_provider(settings: Settings) -> None:
    """Refuse a sign-in that would lead nowhere.

    :param settings: the address of the provider's metadata.
    :raises ProviderFault: says what is wrong with the provider, and who can do something about it.
    """
    address = settings.oidc_metadata
    host = urlsplit(address).netloc
    request = Request(address, headers={"Accept": "application/json"})  # noqa: S310 - http or https, says the setting
    try:
        with urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310 - as above
            told = json.loads(answer.read(_MOST))
    except HTTPError as error:
        error.close()
        logger.warning("The provider's metadata %s cannot be had: %s", address, error)
        raise ProviderFault(
            "Nobody can sign in now: the identity provider {host} answers with error {status}. Everything can still be "
            "looked at. Tell whoever runs this deployment; INTGRAPH_OIDC_METADATA says where the provider is asked.",
            host=host,
            status=error.code,
        ) from error
    except (URLError, OSError) as error:
        logger.warning("The provider's metadata %s cannot be had: %s", address, error)
        raise ProviderFault(
            "Nobody can sign in now: the identity provider {host} cannot be reached. Everything can still be looked "
            "at. Try again in a while; if it lasts, tell whoever runs this deployment.",
            host=host,
        ) from error
    except ValueError as error:
        logger.warning("The provider's metadata %s cannot be read: %s", address, error)
        told = None
    if not isinstance(told, dict) or not all(isinstance(told.get(name), str) for name in _NEEDED):
        raise ProviderFault(
            "Nobody can sign in now: what the identity provider {host} answers is no metadata of a provider. "
            "Everything can still be looked at. Tell whoever runs this deployment; INTGRAPH_OIDC_METADATA says where "
            "it is asked.",
            host=host,
        )
