"""The heat map: what it shows, that its text is inert, and that everybody can read its colours."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diagnostics.views.charts import BANDS, UNKNOWN, band, heat_map, weekly_bars, wrapped
from tests.sample_diagnosis import HOSTILE

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB.
DEFICIENCIES = {
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "tritanopia": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}
GROUNDS = {"light": "#FFFFFF", "dark": "#0F131C"}


def linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(colour: str) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: list[float]) -> tuple[float, float, float]:
    def f(t: float) -> float:
        return t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116

    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    x, y, z = (sum(a * max(b, 0) for a, b in zip(row, rgb, strict=True)) for row in rows)
    fx, fy, fz = f(x / 0.9505), f(y), f(z / 1.089)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def difference(one: str, other: str, deficiency: str) -> float:
    """How far apart two colours are for an eye (CIE 1976; 2.3 is just noticeable)."""
    seen = []
    for colour in (one, other):
        rgb = linear(colour)
        seen.append(lab([sum(a * b for a, b in zip(row, rgb, strict=True)) for row in DEFICIENCIES[deficiency]]))
    return float(sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("found", [*BANDS, UNKNOWN], ids=lambda found: found.words)
def test_the_number_stands_out_from_its_cell(theme: str, found: object) -> None:
    fill, text = getattr(found, theme)
    assert contrast(fill, text) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("deficiency", DEFICIENCIES)
def test_bands_are_told_apart_by_every_eye(theme: str, deficiency: str) -> None:
    fills = [getattr(found, theme)[0] for found in BANDS]
    for one, other in itertools.combinations(fills, 2):
        assert difference(one, other, deficiency) > 12, (one, other)


@given(st.integers(0, 100))
def test_every_score_has_one_band(score: int) -> None:
    tops = [*(found.least for found in BANDS[1:]), 101]
    place = BANDS.index(band(score))
    assert BANDS[place].least <= score < tops[place]


CELLS = (((12, 5, 24), None), ((88, 80, 90), (None, 0, 100)))


def test_cells_show_number_and_colour_and_unknown_a_question_mark() -> None:
    figure = heat_map(("A", "B"), ("Fuzzy roles", "Unclear metric"), CELLS, dark=False)
    assert list(figure.data[1].text) == ["12", "?", "88", "?"]
    assert [list(line) for line in figure.data[0].z] == [[1, 0], [4, 0]]  # worst band, unknown; best band, unknown
    assert "12 (5 to 24)" in figure.data[1].hovertext[0]


def test_a_point_of_the_figure_leads_to_its_project() -> None:
    figure = heat_map(("A", "B"), ("Fuzzy roles", "Unclear metric"), CELLS, dark=True)
    assert list(figure.data[1].y) == [0, 0, 1, 1]


@pytest.mark.parametrize("text", HOSTILE)
def test_outside_text_is_no_tag_to_plotly(text: str) -> None:
    figure = heat_map((text,), (text,), (((12, 5, 24),),), dark=False)
    shown = [*figure.layout.yaxis.ticktext, *figure.data[1].hovertext, *(a.text for a in figure.layout.annotations)]
    for label in shown:
        assert "<" not in label.replace("<br>", "").replace("<b>", "", 1).replace("</b>", "", 1)


@given(st.text(), st.integers(5, 30), st.integers(1, 4))
def test_a_label_never_outgrows_its_place(text: str, width: int, lines: int) -> None:
    parts = wrapped(text, width, lines).split("<br>")
    assert len(parts) <= lines


def test_each_week_has_a_bar_with_its_number_and_the_last_its_day() -> None:
    ends = [date(2026, 9, 30) - timedelta(weeks=ago) for ago in range(11, -1, -1)]
    figure = weekly_bars(ends, (3, 1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0), dark=True)
    assert list(figure.data[0].text)[:4] == ["3", "1", "0", "2"]
    assert figure.layout.xaxis.ticktext[0] == "30 Sep"


def test_weeks_in_which_nothing_was_finished_still_have_their_place() -> None:
    figure = weekly_bars([date(2026, 9, 30)], (0,), dark=False)
    assert figure.layout.yaxis.range[1] > 0
