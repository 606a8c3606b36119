"""What the figures have in common.  Colours are only a start: the page sets its own."""

from typing import Any

from bokeh.models import ColumnDataSource, Plot
from bokeh.plotting import figure as new_figure

FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
INK = "#1c2024"
ACCENT = "#4f3fb5"
MUTED = "#5b6470"
LINE = "#d8d4ca"


def quiet_axes(plot: Plot) -> None:
    """Thin lines, no ticks, small type: the data speaks, the axes only help."""
    plot.background_fill_color = None
    plot.border_fill_color = None
    plot.outline_line_color = LINE
    for axis in plot.axis:
        axis.axis_line_color = None
        axis.major_tick_line_color = None
        axis.minor_tick_line_color = None
        axis.major_label_text_font = FONT
        axis.major_label_text_font_size = "12px"
        axis.major_label_text_color = MUTED
        axis.axis_label_text_font = FONT
        axis.axis_label_text_font_size = "13px"
        axis.axis_label_text_font_style = "normal"
        axis.axis_label_text_color = MUTED
        axis.axis_label_standoff = 6
    plot.grid.grid_line_color = LINE


# What is beside the frame of a curve: the page finds a place in the plot by them.
BORDERS = {"left": 62, "right": 14, "bottom": 46, "top": 10}


def curve_figure(name: str, **options: Any) -> Plot:
    """A plot for curves, of whatever size the page gives it."""
    plot = new_figure(
        name=name,
        width=480,
        height=320,
        sizing_mode="stretch_both",
        tools="",
        toolbar_location=None,
        **{f"min_border_{side}": size for side, size in BORDERS.items()},
        **options,
    )
    quiet_axes(plot)
    plot.outline_line_color = None
    for axis in plot.axis:
        axis.ticker.num_minor_ticks = 0
    return plot


def empty(name: str, *columns: str) -> ColumnDataSource:
    """A named source that the page will fill."""
    return ColumnDataSource({column: [] for column in columns}, name=name)
