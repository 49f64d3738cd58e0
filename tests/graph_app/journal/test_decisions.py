"""What holds of pairs, folded from event to event, is what reading all events at once gives."""

from hypothesis import given
from hypothesis import strategies as st

from graph_app.journal.decisions import Decision, Held, Judgement, decided_details, decisions_in_force
from graph_app.journal.events import START, Event, EventType, Head, make_event

PAIRS = st.sampled_from([("a", "b"), ("b", "a"), ("b", "c"), ("c", "d")])
DECIDED = st.builds(lambda pair, judgement: Decision(*pair, judgement), PAIRS, st.sampled_from(Judgement))
#: A decision, or the number of an event to undo.
STEPS = st.lists(DECIDED | st.integers(min_value=0, max_value=9), max_size=12)


def journal(steps: list[Decision | int]) -> list[Event]:
    events: list[Event] = []
    head, gone = START, set[int]()
    for number, step in enumerate(steps):
        if isinstance(step, Decision):
            kind, details = EventType.MATCH_DECIDED, decided_details([step])
        elif step < len(events) and events[step].type is EventType.MATCH_DECIDED and step not in gone:
            gone.add(step)
            kind, details = EventType.REVERTED, {"event": events[step].hash, "reason": "a slip"}
        else:
            continue
        events.append(make_event(head, kind, details, event_id=str(number), actor="jana"))
        head = Head(events[-1].seq, events[-1].hash)
    return events


@given(STEPS, STEPS, st.integers(min_value=1, max_value=4))
def test_reading_on_gives_what_reading_all_gives(
    steps: list[Decision | int], others: list[Decision | int], size: int
) -> None:
    held, events = Held(), journal(steps)
    for end in range(0, len(events) + 1, size):
        assert held.after(events[:end]) == decisions_in_force(events[:end])
    another = journal(others)  # as when a backup was put in the place of the journal
    assert held.after(another) == decisions_in_force(another)
