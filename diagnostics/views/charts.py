"""Charts: Plotly figures built from plain data. Outside text in them is escaped, since Plotly reads tags."""

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import plotly.graph_objects as go

from diagnostics.views.escape import quoted

Cell = tuple[int | None, int, int]


class Band(NamedTuple):
    """A range of clarity: from which score, in words, and its colours as (fill, text) in light and in dark."""

    least: int
    words: str
    light: tuple[str, str]
    dark: tuple[str, str]


# Orange against blue: told apart with every kind of colour blindness, and each is darker the further it is from
# the middle. Text on each fill has a contrast of at least 4.5 (tests/views/test_charts.py).
BANDS = (
    Band(0, "hardly settled", ("#B4430E", "#FFFFFF"), ("#E5834A", "#14100C")),
    Band(25, "mostly open", ("#F5C08F", "#33190A"), ("#7A4423", "#FFF3EA")),
    Band(50, "mostly settled", ("#E7EBF1", "#1B2230"), ("#252D3B", "#E6EAF2")),
    Band(75, "settled", ("#A9CDEB", "#0B2438"), ("#1F4E77", "#EAF4FC")),
)
UNKNOWN = Band(-1, "unknown", ("#F8F9FB", "#434B5C"), ("#141924", "#C3CAD8"))

_ACCENT = ("#3A47B8", "#96A2FF")  # the theme's own, in light and in dark
_BARS_HEIGHT = 170
_WEEKS_A_LABEL = 3  # on a phone there is no room for more

_ROW_HEIGHT = 50
_HEAD_HEIGHT = 62
_LEGEND_HEIGHT = 60


def band(score: int | None) -> Band:
    """The band of a score."""
    return UNKNOWN if score is None else next(band for band in reversed(BANDS) if score >= band.least)


def wrapped(text: str, width: int, lines: int) -> str:
    """A label on at most so many lines, escaped; what does not fit ends in "…"."""
    parts = textwrap.wrap(text, width, max_lines=lines, placeholder=" …", break_long_words=True)
    return "<br>".join(quoted(part) for part in parts)


def heat_map(
    names: Sequence[str], titles: Sequence[str], cells: Sequence[Sequence[Cell | None]], *, dark: bool
) -> go.Figure:
    """Projects by patterns: the clarity of each as a number on a colour, "?" where too little is known.

    A point's place in the second trace is its cell's, line by line, so that a click tells the project.
    """
    bands = (UNKNOWN, *BANDS)
    fills = [found.dark[0] if dark else found.light[0] for found in bands]
    known = [[None if cell is None else cell[0] for cell in line] for line in cells]
    across, down = list(range(len(titles))), list(range(len(names)))
    figure = go.Figure(
        go.Heatmap(
            x=across,
            y=down,
            z=[[bands.index(band(score)) for score in line] for line in known],
            zmin=-0.5,
            zmax=len(bands) - 0.5,
            colorscale=_steps(fills),
            showscale=False,
            xgap=3,
            ygap=3,
            hoverinfo="skip",
        )
    )
    figure.add_trace(_clickable(names, titles, cells, dark=dark))
    figure.add_traces(_legend(dark=dark))
    ink = "#C3CAD8" if dark else "#2C3444"
    axis = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    figure.update_layout(
        height=_HEAD_HEIGHT + _ROW_HEIGHT * len(names) + _LEGEND_HEIGHT,
        margin={"l": 0, "r": 0, "t": _HEAD_HEIGHT, "b": _LEGEND_HEIGHT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        dragmode=False,
        hovermode="closest",
        hoverdistance=-1,  # however far from its number: the whole cell can be pointed at and clicked
        legend={
            "orientation": "h",
            "x": 0,
            "xref": "container",
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "itemclick": False,
            "itemdoubleclick": False,
            "font": {"size": 12, "color": ink},
        },
        xaxis=axis | {"showticklabels": False, "range": [-0.5, len(titles) - 0.5]},
        yaxis=axis
        | {
            "tickvals": down,
            "ticktext": [wrapped(name, 19, 3) for name in names],
            "tickfont": {"size": 11, "color": ink},
            "ticklabelstandoff": 8,
            "range": [len(names) - 0.5, -0.5],
            "automargin": True,
        },
    )
    # Annotations, since Plotly leaves out tick labels that come close to each other on a narrow screen.
    for place, title in enumerate(titles):
        figure.add_annotation(
            text=wrapped(title, 10, 3),
            x=place,
            y=1,
            yref="paper",
            yanchor="bottom",
            showarrow=False,
            font={"size": 11, "color": ink},
        )
    return figure


def _legend(*, dark: bool) -> list[go.Scatter]:
    """One entry a band. "?" needs none: it says itself what it means."""
    tops = [following.least - 1 for following in BANDS[1:]] + [100]
    return [
        go.Scatter(
            x=[None],
            y=[None],
            mode="markers",
            marker={"symbol": "square", "size": 12, "color": (found.dark if dark else found.light)[0]},
            name=f"{found.least} to {top}: {found.words}",
            hoverinfo="skip",
        )
        for found, top in zip(BANDS, tops, strict=True)
    ]


def _steps(fills: Sequence[str]) -> list[tuple[float, str]]:
    """A colour scale that changes in steps, one for each fill."""
    edges = [place / len(fills) for place in range(len(fills) + 1)]
    return [(edge, fill) for place, fill in enumerate(fills) for edge in edges[place : place + 2]]


def _clickable(
    names: Sequence[str], titles: Sequence[str], cells: Sequence[Sequence[Cell | None]], *, dark: bool
) -> go.Scatter:
    """The numbers, as points that can be clicked: a heat map's own cells cannot be."""
    across, down, texts, colours, hovers = [], [], [], [], []
    for y, (name, line) in enumerate(zip(names, cells, strict=True)):
        for x, (title, cell) in enumerate(zip(titles, line, strict=True)):
            score = None if cell is None else cell[0]
            found = band(score)
            figure = "?" if score is None else str(score)
            span = "" if cell is None else f" ({cell[1]} to {cell[2]})"
            across.append(x)
            down.append(y)
            texts.append(figure)
            colours.append(found.dark[1] if dark else found.light[1])
            hovers.append(f"<b>{quoted(name)}</b><br>{quoted(title)}: {found.words}<br>Clarity {figure}{span}")
    font = {"color": colours, "size": 14}
    return go.Scatter(
        x=across,
        y=down,
        text=texts,
        hovertext=hovers,
        mode="markers+text",
        textposition="middle center",
        textfont=font,
        marker={"size": 40, "symbol": "square", "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        hovertemplate="%{hovertext}<extra></extra>",
        showlegend=False,
    )


def weekly_bars(ends: Sequence[date], counts: Sequence[int], *, dark: bool) -> go.Figure:
    """How many a week, each bar with its number, so that nobody has to measure; `ends` are the weeks' last days."""
    weeks = list(range(len(counts)))
    ink = "#C3CAD8" if dark else "#2C3444"
    figure = go.Figure(
        go.Bar(
            x=weeks,
            y=list(counts),
            text=[str(number) for number in counts],
            textposition="outside",
            textfont={"size": 12, "color": ink},
            cliponaxis=False,
            marker={"color": _ACCENT[dark], "cornerradius": 2},
        )
    )
    named = weeks[::-1][::_WEEKS_A_LABEL]
    axis = {"showgrid": False, "zeroline": False, "showline": False, "ticks": "", "fixedrange": True}
    figure.update_layout(
        height=_BARS_HEIGHT,
        margin={"l": 0, "r": 8, "t": 18, "b": 24},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        bargap=0.25,
        showlegend=False,
        xaxis=axis
        | {
            "tickvals": named,
            "ticktext": [f"{ends[week].day} {ends[week]:%b}" for week in named],
            "tickangle": 0,
            "tickfont": {"size": 11, "color": ink},
        },
        yaxis=axis | {"showticklabels": False, "range": [0, max(*counts, 1) * 1.15]},
    )
    return figure
