"""Why a conversion did not come about; every text is made for people."""

__all__ = ["ConversionError"]


class ConversionError(Exception):
    """Files were not converted, or what was converted cannot be taken in; the text says why, and the repair."""
