"""How far a central difference is off, for each epsilon, both as powers of ten.

Sources: `errors`, and `error_now` with the one for the epsilon that is chosen.
"""

from bokeh.models import FixedTicker, Plot

from _style import ACCENT, curve_figure, empty


def figure() -> Plot:
    plot = curve_figure(
        "error_figure",
        x_range=(5e-17, 20),
        y_range=(1e-17, 10),
        x_axis_type="log",
        y_axis_type="log",
        x_axis_label="epsilon",
        y_axis_label="error",
    )
    plot.xaxis.ticker = FixedTicker(ticks=[10.0**power for power in range(-15, 3, 3)])
    errors = empty("errors", "epsilon", "error")
    plot.line("epsilon", "error", source=errors, line_width=2, line_color=ACCENT, name="error_line")
    plot.scatter("epsilon", "error", source=errors, size=4, line_color=None, name="error_dots")
    now = empty("error_now", "epsilon", "error")
    plot.scatter("epsilon", "error", source=now, size=14, line_width=2, name="error_mark")
    return plot
