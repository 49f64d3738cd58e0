"""The browser of all tests that look at pages."""

import shutil

CHROMIUM = shutil.which("chromium")
#: Pages that the browser would load for its own address bar in each new window, which take it a second; and what
#: Playwright turns off too, since the last list of a command counts.
_FEATURES = (
    "WebUIOmniboxPopup", "WebUIOmniboxAimPopup", "AimEnabled",
    "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "PaintHolding", "MediaRouter", "LensOverlay",
    "OptimizationHints", "NetworkTimeServiceQuerying", "PreconnectToSearch", "ThirdPartyStoragePartitioning",
)  # fmt: skip
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", f"--disable-features={','.join(_FEATURES)}",
]  # fmt: skip
