"""The page Funding: where money comes from and goes, counted once."""
