from graph_app.components.marked_sheet import gathered
from graph_app.validation.marked import Mark
from loaders.findings import Finding, Severity


def found(severity: Severity, message: str) -> Finding:
    return Finding("rule", severity, {"en": message, "cs": message})


def test_the_same_advice_is_told_once_with_all_its_places() -> None:
    seat, fault = found(Severity.WARNING, "No seat."), found(Severity.VIOLATION, "No country.")
    marks = (Mark(4, None, (seat,)), Mark(5, 10, (fault, seat)), Mark(6, None, (found(Severity.INFO, "Odd."),)))
    assert gathered(marks) == {"No seat.": ["row 4", "K5"], "Odd.": ["row 6"]}
