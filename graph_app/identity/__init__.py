"""Who is who: what a name or an entry may mean among the organisations and projects that the graph has."""
