"""Money counted once: what sources state of it, which of that counts, and what it comes to in euros."""
