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

DARK = {
    "theme.base": "dark",
    "theme.backgroundColor": "#0E1117",
    "theme.secondaryBackgroundColor": "#262730",
    "theme.textColor": "#FAFAFA",
    "theme.primaryColor": "#7CC4F0",
    "theme.borderColor": "#41444C",
}

if __name__ == "__main__":
    _, port, *look = sys.argv
    app.run(config={**configuration(Settings(), "127.0.0.1", int(port)), **(DARK if "dark" in look else {})})
