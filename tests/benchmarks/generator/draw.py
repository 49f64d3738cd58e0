"""Random numbers that are the same on every machine and with every version of numpy.

Only the raw doubles of one bit generator are used, and only additions, multiplications and divisions of them: what
numpy does beyond that may change between its versions, and powers and logarithms differ between processors.
"""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ints", "Source", "cumulative"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def cumulative(weights: NDArray[np.float64] | list[float]) -> Floats:
    """Return running sums of weights, the last of them exactly 1.

    :param weights: weights of any sum.
    """
    sums = np.cumsum(np.asarray(weights, dtype=np.float64))
    sums /= sums[-1]
    return sums


class Source:
    """Draws from one seed.

    :param seed: the same number gives the same draws.
    """

    def __init__(self, seed: int) -> None:
        self._generator = np.random.Generator(np.random.PCG64(seed))

    def uniform(self, size: int) -> Floats:
        """Return numbers from 0 to 1, 1 left out."""
        return self._generator.random(size)

    def below(self, bound: int | Ints, size: int) -> Ints:
        """Return whole numbers from 0 to a bound that is left out.

        :param bound: one bound, or one for each number.
        :param size: how many.
        """
        return (self.uniform(size) * bound).astype(np.int64)

    def chosen(self, sums: Floats, size: int) -> Ints:
        """Return indexes drawn by their weights.

        :param sums: the weights, as :func:`cumulative` returns them.
        :param size: how many.
        """
        return np.searchsorted(sums, self.uniform(size), side="right").astype(np.int64)

    def shuffled(self, size: int) -> Ints:
        """Return the numbers from 0 to a size, left out, in random order."""
        return np.argsort(self.uniform(size), kind="stable").astype(np.int64)

    def between(self, quantiles: list[int], size: int) -> Floats:
        """Return numbers of the distribution whose evenly spaced quantiles are given.

        :param quantiles: the smallest value first, the largest last; values between are interpolated.
        :param size: how many.
        """
        places = self.uniform(size) * (len(quantiles) - 1)
        steps = places.astype(np.int64)
        low = np.asarray(quantiles, dtype=np.float64)[steps]
        high = np.asarray(quantiles, dtype=np.float64)[steps + 1]
        return low + (high - low) * (places - steps)
