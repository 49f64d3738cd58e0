"""Pages let people act only where a request was made at this machine and passed on by nobody."""

import pytest

from graph_app.views.acting import is_from_here


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "localhost", "[::1]:8501", "127.0.0.1"])
def test_a_request_at_this_machine_is_from_here(host: str) -> None:
    assert is_from_here({"Host": host})
    assert is_from_here({"host": host, "Origin": f"http://{host}"})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Host": ""},
        {"Host": "graph.example.org"},
        {"Host": "127.0.0.1.example.org:8501"},
        {"Host": "10.0.0.1:8501"},
        {"Host": "127.0.0.1:8501", "X-Forwarded-For": "192.0.2.1"},
        {"Host": "127.0.0.1:8501", "x-real-ip": "192.0.2.1"},
        {"Host": "localhost", "forwarded": "for=192.0.2.1"},
        {"Host": "localhost", "Via": "1.1 proxy"},
    ],
)
def test_one_from_elsewhere_or_passed_on_is_not(headers: dict[str, str]) -> None:
    assert not is_from_here(headers)
