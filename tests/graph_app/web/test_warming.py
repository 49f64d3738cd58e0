import logging
from pathlib import Path

import pytest

from graph_app.questions.current import current_engine
from graph_app.settings import Settings
from graph_app.web.warming import warm_up


def loaded(pid: int) -> str:
    return Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="only Linux tells what a process has loaded")
def test_a_worker_has_loaded_what_networks_need(curated_settings: Settings) -> None:
    with current_engine(curated_settings).lease() as engine:
        engine.ask("ASK {}")
        assert not any("duckdb" in loaded(pid) for pid in engine.worker_pids)
        warm_up(curated_settings)
        assert any("duckdb" in loaded(pid) and "libarrow" in loaded(pid) for pid in engine.worker_pids)
    current_engine(curated_settings).close()


def test_a_server_without_a_release_starts(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        warm_up(Settings(home=tmp_path))
    assert "Nothing can be warmed up" in caplog.text
