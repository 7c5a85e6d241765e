"""The picture of more and more rows shows what was measured, and goes on to twice as many."""

from core.charts.more_rows import more_rows
from core.results.more_rows import foretold


def test_what_was_measured_is_drawn_on_to_twice_as_many_rows():
    sizes, scores = [10, 20, 40, 70, 100], [[0.5, 0.6, 0.7, 0.75, 0.8], [0.5, 0.6, 0.72, 0.77, 0.8]]
    found = {"sizes": sizes, "scores": scores, "classes": True, "next": foretold(sizes, scores, 133)}
    _, measured, coming = more_rows(found).data
    assert list(measured.y) == [50.0, 60.0, 71.0, 76.0, 80.0]
    assert (coming.x[0], coming.x[-1]) == (100, 266)
    assert coming.y[-1] > 80
