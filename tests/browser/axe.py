"""What axe-core finds on a page, against the success criteria of WCAG 2.0 and 2.1, levels A and AA."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
#: Laid there by npm with what the bundles are built of.
SCRIPT = ROOT / "graph_app" / "components" / "front" / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
#: What another theme can change.
_COLOURS = ("color-contrast", "link-in-text-block")

_RUN = """
async (only) => {
  const ending = document.getAnimations().filter(
    (one) => one.playState === "running" && one.effect?.getComputedTiming().endTime < Infinity,
  );
  // One that is replaced meanwhile, or paused, never says that it has finished.
  await Promise.race([
    Promise.allSettled(ending.map((one) => one.finished)),
    new Promise((resolve) => setTimeout(resolve, 3_000)),
  ]);
  const { violations } = await axe.run(document, { runOnly: only, resultTypes: ["violations"] });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, html, any, all, none }) => [
    `${id}: ${help}`, target.flat().join(" "), html.slice(0, 200), ...[any, all, none].flat().map((one) => one.message),
  ]));
}
"""


def faults(page: Page, *, colours_only: bool = False) -> list[str]:
    """Let axe-core look at a page as it is now, with its frames and shadow trees.

    :param page: a page of a context that begins with :data:`SCRIPT`.
    :param colours_only: look only for what another theme can change.
    :returns: a text for each fault.
    """
    only = {"type": "rule", "values": _COLOURS} if colours_only else {"type": "tag", "values": _TAGS}
    found: list[list[Any]] = page.evaluate(_RUN, only)
    return ["\n    ".join(map(str, told)) for told in found]
