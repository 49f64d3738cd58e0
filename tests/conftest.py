"""The release of the curated data, made once a session."""

from pathlib import Path

import pytest

from graph_app.journal.intake import take_in_all
from graph_app.releases.build import build
from graph_app.settings import Settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def curated_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose current release holds the curated data of this repository."""
    settings = Settings(home=tmp_path_factory.mktemp("home"), data=ROOT / "data")
    take_in_all(settings)
    build(settings)
    return settings
