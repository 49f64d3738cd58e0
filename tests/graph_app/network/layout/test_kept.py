import logging
import os
from dataclasses import replace

import numpy as np
import pytest

from graph_app.network.layout import fingerprint, kept_positions
from graph_app.network.layout.kept import _FOLDER
from tests.graph_app.network.made import made_network


def test_positions_are_computed_once(tmp_path, monkeypatch) -> None:
    network = made_network(80)
    first = kept_positions(network, tmp_path)
    monkeypatch.setattr("graph_app.network.layout.kept.positions", lambda _: pytest.fail("computed again"))
    assert np.array_equal(kept_positions(network, tmp_path), first)
    assert [path.name for path in (tmp_path / _FOLDER).iterdir()] == [f"{fingerprint(network)}.npy"]


def test_a_network_is_known_by_its_nodes_and_ties_alone() -> None:
    network = made_network(80)
    assert fingerprint(replace(network, release="2", attributes={})) == fingerprint(network)
    assert fingerprint(replace(network, weights={"count": network.weights["count"] + 1})) != fingerprint(network)
    assert fingerprint(network.subset(range(79))) != fingerprint(network)


def test_what_nobody_looked_at_for_longest_is_forgotten(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("graph_app.network.layout.kept._MOST_KEPT", 3)
    networks = [made_network(nodes) for nodes in range(20, 24)]
    files = [tmp_path / _FOLDER / f"{fingerprint(network)}.npy" for network in networks]
    for age, (network, path) in enumerate(zip(networks[:3], files[:3], strict=True)):
        kept_positions(network, tmp_path)
        os.utime(path, (1_000 + age, 1_000 + age))
    kept_positions(networks[0], tmp_path)
    first = kept_positions(networks[1], tmp_path)
    os.utime(files[1], (1_001, 1_001))
    kept_positions(networks[3], tmp_path)
    assert set((tmp_path / _FOLDER).iterdir()) == {files[0], files[2], files[3]}
    assert np.array_equal(kept_positions(networks[1], tmp_path), first)


@pytest.mark.parametrize("content", [b"", b"nothing of an array", b"\x93NUMPY\x01\x00"])
def test_a_broken_file_is_told_of_and_made_anew(tmp_path, caplog, content: bytes) -> None:
    network = made_network(80)
    first = kept_positions(network, tmp_path)
    path = tmp_path / _FOLDER / f"{fingerprint(network)}.npy"
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert np.array_equal(kept_positions(network, tmp_path), first)
    assert str(path) in caplog.text
    assert np.array_equal(np.load(path), first)


def test_positions_of_another_shape_are_made_anew(tmp_path, caplog) -> None:
    network = made_network(80)
    kept_positions(network, tmp_path)
    path = tmp_path / _FOLDER / f"{fingerprint(network)}.npy"
    np.save(path, np.zeros((3, 2)))
    assert kept_positions(network, tmp_path).shape == (80, 2)
    assert "(3, 2)" in caplog.text


def test_a_home_that_cannot_be_written_to_costs_no_map(tmp_path, caplog) -> None:
    (tmp_path / "cache").write_text("a file where a folder should be")
    assert kept_positions(made_network(30), tmp_path).shape == (30, 2)
    assert "cannot be kept" in caplog.text
