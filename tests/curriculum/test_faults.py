from __future__ import annotations

from segue.curriculum.faults import SHOWN, ContentError, Fault


def test_fault_reads_as_editors_expect() -> None:
    assert str(Fault("activities/month-1.yaml", 3, 7, "'title' is missing")) == "activities/month-1.yaml:3:7: 'title' is missing"


def test_error_shows_the_first_faults_and_how_many_more() -> None:
    faults = [Fault("a.yaml", line, 1, "wrong") for line in range(1, SHOWN + 4)]
    error = ContentError(faults)
    assert error.faults == tuple(faults)
    assert str(error).splitlines()[-2:] == [f"a.yaml:{SHOWN}:1: wrong", "... and 3 more"]
    assert str(ContentError(faults[:1])) == "a.yaml:1:1: wrong"
