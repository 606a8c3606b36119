"""The derivative of a function of one number.

Sources: `slope` (by the backward pass), `trials` (central differences here and there), and at the
point `slope_point` and `slope_trial`, the same two.
"""

from bokeh.models import Plot

from _style import ACCENT, curve_figure, empty


def figure() -> Plot:
    plot = curve_figure("slope_figure", x_range=(0, 1), y_range=(0, 1), x_axis_label="x")
    slope = empty("slope", "x", "y")
    plot.line("x", "y", source=slope, line_width=2.5, line_color=ACCENT, name="slope_line")
    trials = empty("trials", "x", "y")
    plot.scatter(
        "x", "y", source=trials, size=7, marker="cross", line_width=1.5, name="trial_marks"
    )
    point = empty("slope_point", "x", "y")
    plot.scatter("x", "y", source=point, size=14, line_width=2, name="slope_mark")
    trial = empty("slope_trial", "x", "y")
    plot.scatter("x", "y", source=trial, size=15, marker="x", line_width=2, name="slope_trial_mark")
    return plot
