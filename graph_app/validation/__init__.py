"""Checks of graphs and entries against the shapes, with every result at the cell that it comes from."""
