"""The loss, epoch after epoch.

Sources: `loss` with the columns `epoch` and `loss`, and `loss_now` with the last of them only.
The page sets both ranges, so that the line grows from left to right and the axes stay still.
"""

from bokeh.models import ColumnDataSource, HoverTool, Plot
from bokeh.plotting import figure as new_figure

from _style import ACCENT, quiet_axes


def figure() -> Plot:
    plot = new_figure(
        name="loss_figure",
        width=480,
        height=240,
        sizing_mode="stretch_both",
        x_range=(0, 500),
        y_range=(0, 40),
        tools="",
        toolbar_location=None,
        # Room for the labels is kept from the start, so that the frame never jumps.
        min_border_left=58,
        min_border_bottom=44,
        min_border_right=16,
        min_border_top=10,
        x_axis_label="epoch",
        y_axis_label="loss",
    )
    quiet_axes(plot)
    plot.xgrid.visible = False
    plot.outline_line_color = None
    for axis in plot.axis:
        axis.ticker.desired_num_ticks = 5
        axis.ticker.num_minor_ticks = 0
        axis.formatter.use_scientific = False

    source = ColumnDataSource({"epoch": [], "loss": []}, name="loss")
    line = plot.line(
        "epoch", "loss", source=source, line_color=ACCENT, line_width=2, name="loss_line"
    )
    now = ColumnDataSource({"epoch": [], "loss": []}, name="loss_now")
    plot.scatter("epoch", "loss", source=now, size=7, line_color=None, name="loss_dot")
    plot.add_tools(
        HoverTool(
            renderers=[line],
            mode="vline",
            line_policy="nearest",
            tooltips="epoch @epoch · loss @loss{0.000}",
        )
    )
    return plot
