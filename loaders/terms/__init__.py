"""Target groups and themes that titles and descriptions speak of, where no field of the source holds them."""

from loaders.terms.records import with_term_matches

__all__ = ["with_term_matches"]
