"""Components that run in the browser: each is a bundle of ``front/``, loaded by a few fixed lines."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

__all__ = ["component"]

_FOLDER = Path(str(files("graph_app.components").joinpath("front", "dist")))
#: Fixed text: the bundle comes from this server, once, and data reaches it as the component's data alone.
_LOADER = """
const bundle = import(new URL("/front/NAME.js?HASH", window.location.origin).href);
export default function (component) {
  const { parentElement } = component;
  bundle.then((module) => module.default(component));
  return () => bundle.then((module) => module.remove(parentElement));
}
"""


@cache
def component(name: str) -> "ComponentRenderer | None":
    """Return what draws a component.

    :param name: name of its folder in ``front/src``.
    :returns: the drawing function, or ``None`` where the bundle was not built.
    """
    path = _FOLDER / f"{name}.js"
    if not path.is_file():
        return None
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    return st.components.v2.component(
        f"integration_graph_{name}", js=_LOADER.replace("NAME", name).replace("HASH", digest)
    )
