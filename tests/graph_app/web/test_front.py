"""Bundles for the browser come from this server, and nothing beside them does."""

import httpx
import pytest


def test_a_bundle_is_kept_by_browsers(client: httpx.Client) -> None:
    answer = client.get("/front/grid.js")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]
    assert "export" in answer.text


@pytest.mark.parametrize("name", ["other.js", "LICENSES.txt", "..%2Fbuild.mjs", "src/grid/index.js", ""])
def test_nothing_else_is_given(client: httpx.Client, name: str) -> None:
    assert client.get(f"/front/{name}").status_code == 404
