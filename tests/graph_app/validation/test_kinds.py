from graph_app.validation.kinds import kinds_of
from loaders.findings import Finding, Location, Severity


def found(rule: str, row: int, column: str = "", severity: Severity = Severity.WARNING) -> Finding:
    return Finding(
        rule, severity, {"en": f"{rule} {row}.", "cs": f"{rule}: {row}."}, Location("a.xlsx", "P", row, column)
    )


def test_faults_come_first_and_then_what_there_is_most_of() -> None:
    findings = [found("seat", 2), found("end", 2), found("end", 3), found("date", 3, "E", Severity.VIOLATION)]
    assert [(kind.rule, len(kind.findings)) for kind in kinds_of(findings)] == [("date", 1), ("end", 2), ("seat", 1)]


def test_places_that_follow_each_other_are_told_together() -> None:
    (kind,) = kinds_of([*(found("end", row) for row in (4, 2, 3, 9)), found("end", 7, "C"), found("end", 8, "C")])
    assert kind.places("en") == "P: rows 2–4, row 9, C7–C8"
    assert kind.places("cs") == "P: řádky 2–4, řádek 9, C7–C8"
    assert kind.text("cs") == "end: 4."


def test_a_place_outside_of_rows_is_told_as_it_is_and_many_places_are_counted() -> None:
    whole = Finding("twice", Severity.WARNING, {"en": "Twice."}, Location("a.yaml", line=3))
    nowhere = Finding("twice", Severity.WARNING, {"en": "Twice."}, focus="https://example.org/x")
    (kind,) = kinds_of([whole, nowhere])
    assert kind.places() == "a.yaml, line 3; https://example.org/x"
    (kind,) = kinds_of([found("end", 2 * row) for row in range(1, 31)])
    assert kind.places().endswith("row 24 and 18 more places")
