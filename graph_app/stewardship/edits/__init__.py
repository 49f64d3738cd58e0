"""Changes of single cells, and files with them made: everything else in a file stays as it was."""
