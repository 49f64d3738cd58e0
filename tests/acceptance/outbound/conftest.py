"""A listener and traps for each file of tests; at its end nothing may have been heard or opened."""

import time
from collections.abc import Iterator

import pytest

from tests.acceptance.outbound.attempts import Lure
from tests.acceptance.outbound.detectors import Listener, Traps

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
def lure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lure]:
    """Detectors of all attempts of a file."""
    with Listener() as listener:
        traps = Traps(tmp_path_factory.mktemp("lure") / "traps")
        yield Lure(listener, traps)
        time.sleep(_GRACE)
        heard, opened = listener.heard, traps.look()
        traps.close()
    assert (heard, opened) == ([], [])


@pytest.fixture
def untouched(lure: Lure) -> Iterator[None]:
    """The detectors stay silent while a test runs."""
    before = lure.touched()
    yield
    after = lure.touched()
    assert after == before
