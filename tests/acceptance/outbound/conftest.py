"""A listener and traps for each file of tests; at its end nothing may have been heard or opened.

``pytest tests/acceptance/outbound -o log_cli=true -o log_cli_level=INFO`` tells the counts.
"""

import logging
import time
from collections.abc import Iterator

import pytest

from tests.acceptance.outbound.attempts import Lure
from tests.acceptance.outbound.detectors import Listener, Traps

logger = logging.getLogger(__name__)

#: What was started and goes on in the background has this long to come through.
_GRACE = 0.5


@pytest.fixture
def fresh_lure(tmp_path) -> Iterator[Lure]:
    """Detectors of one test, which may set them off."""
    with Listener() as listener:
        traps = Traps(tmp_path / "traps")
        yield Lure(listener, traps)
        traps.close()


@pytest.fixture(scope="module")
def lure(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lure]:
    """Detectors of all attempts of a file."""
    with Listener() as listener:
        traps = Traps(tmp_path_factory.mktemp("lure") / "traps")
        lure = Lure(listener, traps)
        yield lure
        time.sleep(_GRACE)
        heard, opened = lure.touched()
        traps.close()
    told = "%s: %d attempts made, %d connections heard, %d files opened"
    logger.info(told, request.node.name, len(lure.made), len(heard), len(opened))
    assert (heard, opened) == ([], [])


@pytest.fixture
def untouched(lure: Lure) -> Iterator[None]:
    """The detectors stay silent while a test runs."""
    before = lure.touched()
    yield
    after = lure.touched()
    assert after == before
