"""A function of one number, with a point on it.

Sources: `curve` (the function), `tangent` and `secant` (straight lines), `secant_ends` (where the
secant meets the curve) and `curve_point`.  The page sets the ranges, so that the curve stays where
it is while the point moves.
"""

from bokeh.models import Plot

from _style import ACCENT, INK, curve_figure, empty


def figure() -> Plot:
    plot = curve_figure("curve_figure", x_range=(0, 1), y_range=(0, 1), x_axis_label="x")

    def line(name: str, **style: object) -> None:
        plot.line("x", "y", source=empty(name, "x", "y"), name=f"{name}_line", **style)

    line("curve", line_width=2.5, line_color=INK)
    line("tangent", line_width=2, line_color=ACCENT)
    line("secant", line_width=2, line_color="#b84a00", line_dash=[7, 4])
    ends = empty("secant_ends", "x", "y")
    plot.scatter("x", "y", source=ends, size=8, line_width=2, name="secant_marks")
    point = empty("curve_point", "x", "y")
    plot.scatter("x", "y", source=point, size=14, line_width=2, name="curve_mark")
    return plot
