"""The data and what the model makes of the plane behind it.

Sources: `boundary` (one image over the unit square), `contour` (the lines along which the
model's output is 0.5), `points_0`, `points_1` (the data, by label), `held_0`, `held_1` (what is
held out), `wrong` (points on the wrong side) and `chosen` (the one that is looked at).  The colour
mapper `boundary_colors` gets its palette from the page, which knows whether it is light or dark.
"""

import numpy as np
from bokeh.models import ColumnDataSource, FixedTicker, LinearColorMapper, Plot
from bokeh.palettes import interp_palette
from bokeh.plotting import figure as new_figure

from _style import INK, quiet_axes

# The frame is square when the figure is: what is beside it adds up to what is above and below.
BORDERS = {"left": 68, "right": 14, "bottom": 56, "top": 26}

TICKS = [0, 0.25, 0.5, 0.75, 1]


def figure() -> Plot:
    plot = new_figure(
        name="boundary_figure",
        width=480,
        height=480,
        sizing_mode="stretch_both",
        x_range=(0, 1),
        y_range=(0, 1),
        tools="",
        toolbar_location=None,
        **{f"min_border_{side}": size for side, size in BORDERS.items()},
        x_axis_label="x₁",
        y_axis_label="x₂",
    )
    quiet_axes(plot)
    plot.grid.visible = False
    plot.xaxis.ticker = FixedTicker(ticks=TICKS)
    plot.yaxis.ticker = FixedTicker(ticks=TICKS)

    image = ColumnDataSource({"image": [np.full((2, 2), 0.5)]}, name="boundary")
    colors = LinearColorMapper(
        palette=interp_palette(["#8fbbe3", "#f8f5ef", "#f0b98a"], 65),
        low=0,
        high=1,
        name="boundary_colors",
    )
    plot.image("image", x=0, y=0, dw=1, dh=1, color_mapper=colors, source=image)

    contour = ColumnDataSource({"xs": [], "ys": []}, name="contour")
    plot.multi_line(
        "xs",
        "ys",
        source=contour,
        line_color=INK,
        line_width=2,
        line_join="round",
        name="contour_line",
    )

    # Shape and colour both tell the label, for those who can't rely on colour.
    marks = ((0, "triangle", 12, "#0b5fa5"), (1, "circle", 10, "#b84a00"))
    for label, marker, size, color in marks:
        points = ColumnDataSource({"x1": [], "x2": []}, name=f"points_{label}")
        plot.scatter(
            "x1",
            "x2",
            source=points,
            marker=marker,
            size=size,
            fill_color=color,
            line_color="#ffffff",
            line_width=1.5,
            name=f"marks_{label}",
        )
    for label, marker, size, color in marks:
        held = ColumnDataSource({"x1": [], "x2": []}, name=f"held_{label}")
        plot.scatter(
            "x1",
            "x2",
            source=held,
            marker=marker,
            size=size,
            fill_color=None,
            line_color=color,
            line_width=1.5,
            name=f"hollow_{label}",
        )
    for source, name, size, width in (
        ("wrong", "wrong_rings", 18, 1.5),
        ("chosen", "chosen_ring", 22, 3),
    ):
        plot.scatter(
            "x1",
            "x2",
            source=ColumnDataSource({"x1": [], "x2": []}, name=source),
            marker="circle",
            size=size,
            fill_color=None,
            line_color=INK,
            line_width=width,
            name=name,
        )
    return plot
