"""IATI: what publishers of aid report about their activities, as XML."""
