"""Who is who in a release: what was decided to be one gets one IRI in all content, and its mentions stay beside it."""
