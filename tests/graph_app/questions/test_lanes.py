import threading
import time

import pytest

from graph_app.questions.lanes import LaneBusy, Lanes, SlowLaneFull, Turn


def wait_in_line(lanes: Lanes, client: str, given: list[Turn]) -> threading.Thread:
    thread = threading.Thread(target=lambda: given.append(lanes.enter(client, 10)))
    thread.start()
    time.sleep(0.05)  # so that it stands in line before the next
    return thread


def test_one_client_leaves_a_place_to_others() -> None:
    lanes = Lanes(3)
    first, second = lanes.enter("a", 1), lanes.enter("a", 1)
    with pytest.raises(LaneBusy):
        lanes.enter("a", 0.01)
    lanes.leave(lanes.enter("b", 0.01))
    lanes.leave(first)
    lanes.enter("a", 0.01)
    lanes.leave(second)


def test_the_program_itself_may_take_all_places() -> None:
    lanes = Lanes(2)
    lanes.enter("", 0.01)
    lanes.enter("", 0.01)
    with pytest.raises(LaneBusy):
        lanes.enter("", 0.01)


def test_who_runs_least_goes_first_then_who_waits_longest() -> None:
    lanes = Lanes(3)
    first, *others = lanes.enter("a", 1), lanes.enter("a", 1), lanes.enter("b", 1)
    given: list[Turn] = []
    threads = [wait_in_line(lanes, client, given) for client in ("a", "b", "c", "d")]
    lanes.leave(first)  # a and b still run one each; c and d run none, and c came before d
    for place in range(len(threads)):
        deadline = time.monotonic() + 5
        while len(given) == place:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        lanes.leave(given[place])
    for thread in threads:
        thread.join()
    assert [turn.client for turn in given] == ["c", "d", "a", "b"]
    assert len(others) == 2


def test_a_slow_query_makes_room_in_the_fast_lane() -> None:
    lanes = Lanes(1)
    slow = lanes.enter("a", 1)
    with pytest.raises(LaneBusy):
        lanes.enter("b", 0.01)
    lanes.slow_down(slow)
    other = lanes.enter("b", 0.01)
    with pytest.raises(SlowLaneFull):
        lanes.slow_down(other)
    lanes.leave(slow)
    lanes.slow_down(other)
    lanes.leave(other)
    lanes.leave(lanes.enter("c", 0.01))


def test_who_had_to_be_stopped_starts_in_the_slow_lane_for_a_while() -> None:
    lanes = Lanes(2)
    lanes.stand_back("a", 0.2)
    turn = lanes.enter("a", 1)
    assert turn.slow
    other = lanes.enter("b", 1)
    assert not other.slow
    lanes.leave(other)
    time.sleep(0.25)
    other = lanes.enter("a", 1)
    assert not other.slow
    lanes.leave(other)
    lanes.stand_back("", 10)
    assert not lanes.enter("", 1).slow


def test_the_line_is_short() -> None:
    lanes = Lanes(1)
    turn = lanes.enter("a", 1)
    given: list[Turn] = []
    refused: list[str] = []
    lock = threading.Lock()

    def ask(client: str) -> None:
        try:
            got = lanes.enter(client, 10)
        except LaneBusy:
            with lock:
                refused.append(client)
            return
        given.append(got)
        lanes.leave(got)

    threads = [threading.Thread(target=ask, args=("a",)) for _ in range(200)]
    threads += [threading.Thread(target=ask, args=(f"client {number}",)) for number in range(100)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 10
    while len(refused) < 300 - 64:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    lanes.leave(turn)
    for thread in threads:
        thread.join()
    assert sum(turn.client == "a" for turn in given) == 16
    assert len(given) == 64
    assert refused.count("a") == 200 - 16
