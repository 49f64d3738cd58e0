"""The server: one ASGI application with the pages and the plain HTTP routes."""
