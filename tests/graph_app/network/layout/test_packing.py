import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from graph_app.network.layout.packing import pack


@given(st.lists(st.floats(1, 60), max_size=60).map(lambda radii: sorted(radii, reverse=True)))
def test_no_two_circles_meet(radii: list[float]) -> None:
    centres = pack(radii)
    assert centres.shape == (len(radii), 2)
    far = np.linalg.norm(centres[:, None] - centres[None], axis=2) + np.diag(np.full(len(radii), np.inf))
    assert (far > np.add.outer(radii, radii)).all()


def test_smaller_parts_stand_around_the_largest() -> None:
    centres = pack([30.0, *[1.0] * 200])
    away = np.linalg.norm(centres, axis=1)
    assert away[0] == 0
    assert away[1:].min() > 31
    assert away[1:].max() < 45
