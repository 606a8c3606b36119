"""The output along x₁ alone: a line across the middle of the plane, and the points by their label.

Sources: `section` (columns `x1`, `output`), `points_0` and `points_1` (columns `x1`, `label`).
"""

from bokeh.models import ColumnDataSource, FixedTicker, Plot, Span
from bokeh.plotting import figure as new_figure

from _style import INK, LINE, quiet_axes
from boundary import BORDERS, TICKS


def figure() -> Plot:
    plot = new_figure(
        name="section_figure",
        width=480,
        height=480,
        sizing_mode="stretch_both",
        x_range=(0, 1),
        y_range=(-0.1, 1.1),
        tools="",
        toolbar_location=None,
        **{f"min_border_{side}": size for side, size in BORDERS.items()},
        x_axis_label="x₁",
        y_axis_label="output",
    )
    quiet_axes(plot)
    plot.grid.visible = False
    plot.xaxis.ticker = FixedTicker(ticks=TICKS)
    plot.yaxis.ticker = FixedTicker(ticks=TICKS)
    plot.add_layout(Span(location=0.5, dimension="width", line_color=LINE, line_dash="dashed"))
    line = ColumnDataSource({"x1": [], "output": []}, name="section")
    plot.line("x1", "output", source=line, line_color=INK, line_width=2, name="section_line")
    for label, marker, size, color in (
        (0, "triangle", 12, "#0b5fa5"),
        (1, "circle", 10, "#b84a00"),
    ):
        plot.scatter(
            "x1",
            "label",
            source=ColumnDataSource({"x1": [], "label": []}, name=f"points_{label}"),
            marker=marker,
            size=size,
            fill_color=color,
            line_color="#ffffff",
            line_width=1.5,
            name=f"marks_{label}",
        )
    return plot
