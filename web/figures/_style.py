"""What the figures have in common.  Colours are only a start: the page sets its own."""

from bokeh.models import Plot

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
