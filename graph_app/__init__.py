"""Ask, see and check the graph: store, releases, questions, validation, networks, pages and command line."""
