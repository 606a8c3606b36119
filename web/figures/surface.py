"""A function of two numbers from above, with a point to move.

Sources: `heights` (one image), `cross` (the lines through the point) and `spot` (the point).  The
colour mapper `height_colors` gets its palette and its bounds from the page.
"""

from bokeh.models import LinearColorMapper, Plot
from bokeh.palettes import interp_palette

from _style import INK, curve_figure, empty


def figure() -> Plot:
    plot = curve_figure(
        "surface_figure", x_range=(0, 1), y_range=(0, 1), x_axis_label="x", y_axis_label="y"
    )
    plot.grid.visible = False
    colors = LinearColorMapper(
        palette=interp_palette(["#8fbbe3", "#f8f5ef", "#f0b98a"], 65),
        low=0,
        high=1,
        nan_color="rgba(0, 0, 0, 0)",
        name="height_colors",
    )
    heights = empty("heights", "image", "x", "y", "dw", "dh")
    plot.image("image", "x", "y", "dw", "dh", color_mapper=colors, source=heights)
    cross = empty("cross", "xs", "ys")
    plot.multi_line("xs", "ys", source=cross, line_color=INK, line_dash=[2, 3], name="cross_lines")
    spot = empty("spot", "x", "y")
    plot.scatter("x", "y", source=spot, size=14, line_width=2, name="spot_mark")
    return plot
