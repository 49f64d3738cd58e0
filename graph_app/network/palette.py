"""Colours for groups of organisations: Okabe and Ito's palette, which colour-blind readers can tell apart."""

from collections import Counter
from collections.abc import Iterable, Mapping

__all__ = ["NONE", "OKABE_ITO", "OTHER", "colours"]

#: Colour of groups beyond the palette.
OTHER = "#8A8A8A"
#: Colour of organisations without a group.
NONE = "#C9CED3"
#: Their colours without black, which is lost on a dark ground. Yellow stands last: it is the faintest on white.
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442")


def colours(groups: Iterable[str]) -> Mapping[str, str]:
    """Give the largest groups a colour each.

    :param groups: the group of every organisation, empty where there is none.
    :returns: group to colour, largest group first, equal ones by name; groups beyond the palette get :data:`OTHER`.
    """
    counted = Counter(group for group in groups if group)
    ordered = sorted(counted, key=lambda group: (-counted[group], group))
    return {group: OKABE_ITO[place] if place < len(OKABE_ITO) else OTHER for place, group in enumerate(ordered)}
