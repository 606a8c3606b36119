"""The loss, epoch after epoch.

Sources: `loss` with the columns `epoch` and `loss`, `loss_now` with the last of them only, `held`
with the losses of the points that are held out, and `looked` with the epoch that is looked at.
The page sets both ranges, so that the line grows from left to right and the axes stay still.
"""

from bokeh.models import ColumnDataSource, HoverTool, Plot
from bokeh.plotting import figure as new_figure

from _style import ACCENT, INK, quiet_axes


def figure(y_axis_type: str = "linear") -> Plot:
    plot = new_figure(
        name="loss_figure",
        width=480,
        height=240,
        sizing_mode="stretch_both",
        x_range=(0, 500),
        y_range=(0, 40) if y_axis_type == "linear" else (0.1, 40),
        y_axis_type=y_axis_type,
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
    plot.xaxis.formatter.use_scientific = False
    if y_axis_type == "linear":
        plot.yaxis.formatter.use_scientific = False

    source = ColumnDataSource({"epoch": [], "loss": []}, name="loss")
    line = plot.line(
        "epoch", "loss", source=source, line_color=ACCENT, line_width=2, name="loss_line"
    )
    now = ColumnDataSource({"epoch": [], "loss": []}, name="loss_now")
    plot.scatter("epoch", "loss", source=now, size=7, line_color=None, name="loss_dot")
    held = ColumnDataSource({"epoch": [], "loss": []}, name="held")
    plot.line(
        "epoch",
        "loss",
        source=held,
        line_color=INK,
        line_width=2,
        name="held_line",
    )
    looked = ColumnDataSource({"epoch": [], "loss": []}, name="looked")
    plot.scatter(
        "epoch", "loss", source=looked, size=11, fill_color=None, line_width=2, name="looked_ring"
    )
    plot.add_tools(
        HoverTool(
            renderers=[line],
            mode="vline",
            line_policy="nearest",
            tooltips="epoch @epoch · loss @loss{0.000}",
        )
    )
    return plot
