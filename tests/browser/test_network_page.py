"""The page of a network that the command writes, opened from disk with networking off."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from typer.testing import CliRunner

from graph_app.cli import application
from tests.browser.conftest import Server


def test_it_opens_without_a_network_and_draws_every_node(
    browser: Browser, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTGRAPH_HOME", str(server.release.path.parents[1]))
    path = tmp_path / "women.html"
    made = CliRunner().invoke(application, ["network", "--target-group", "women", "-o", str(path)])
    assert made.exit_code == 0, made.output
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    expect(page.locator("h1")).to_have_text("Organisations by shared projects")
    expect(page.locator("canvas")).to_be_visible()
    nodes = page.evaluate("Object.values(network.getPositions()).length")
    drawn = page.evaluate(
        """() => {
            const canvas = document.querySelector("canvas");
            const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            return data.some((value, place) => place % 4 < 3 && value > 0 && value < 200);
        }"""
    )
    context.close()
    assert f"{nodes:,} nodes" in made.stderr
    assert drawn
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    assert errors == []
