"""Colours for groups of organisations: Okabe and Ito's palette, which colour-blind readers can tell apart."""

__all__ = ["NONE", "OKABE_ITO", "OTHER"]

#: Colour of groups beyond the palette.
OTHER = "#8A8A8A"
#: Colour of organisations without a group.
NONE = "#C9CED3"
#: Their colours without black, which is lost on a dark ground. Yellow stands last: it is the faintest on white.
OKABE_ITO = ("#0072B2", "#E69F00", "#009E73", "#D55E00", "#CC79A7", "#56B4E9", "#F0E442")
