"""Functions that SQL lacks, in Python: division of decimals, and how Oxigraph and the standard write floating numbers."""
