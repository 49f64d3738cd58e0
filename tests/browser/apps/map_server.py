"""Serves the page of the map with the headers and the bundles of the app."""

import sys
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import Route

from graph_app.settings import Settings
from graph_app.web.front import FRONT, bundle
from graph_app.web.security import SecurityHeaders
from graph_app.web.server import configuration

app = st.App(
    Path(__file__).with_name("map_page.py"),
    routes=[Route(FRONT + "{name}", bundle)],
    middleware=[Middleware(SecurityHeaders)],
)

if __name__ == "__main__":
    app.run(config=configuration(Settings(), "127.0.0.1", int(sys.argv[1])))
