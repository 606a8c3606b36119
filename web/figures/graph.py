"""A computation graph: boxes for its nodes, curves with arrow heads for its edges.

The page lays the graph out, scrolls it and makes it larger and smaller, its letters too; here is
only how it is drawn.  Sources: `edges` and `heads` (curves and the triangles at their ends),
`operations` and `leaves` (boxes and their texts) and `notes` (what flows back along an edge).
Colours and sizes of letters are columns.
"""

from bokeh.models import ColumnDataSource, Plot
from bokeh.plotting import figure as new_figure

from _style import FONT

MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"

RIM = 4

NODE_COLUMNS = [
    "x", "y", "width", "height",
    "left", "right", "title_y", "value_y", "derivative_y",
    "title", "kind", "value_label", "value", "derivative_label", "derivative",
    "fill", "line", "line_width", "ink", "muted", "accent", "large", "medium", "small",
]  # fmt: skip


def figure() -> Plot:
    plot = new_figure(
        name="graph_figure",
        width=640,
        height=400,
        x_range=(0, 640),
        y_range=(400, 0),
        tools="",
        toolbar_location=None,
        # Bokeh paints a pixel past its frame and never clears it: the page hides this rim.
        min_border=RIM,
        outline_line_color=None,
        background_fill_color=None,
        border_fill_color=None,
    )
    plot.axis.visible = False
    plot.grid.visible = False
    _draw_edges(plot)
    # Radii are one per glyph, so leaves (pills) and operations (boxes) are drawn apart.
    _draw_nodes(plot, "operations", radius=6)
    _draw_nodes(plot, "leaves", radius=22)
    _draw_notes(plot)
    return plot


def _empty(name: str, columns: list[str]) -> ColumnDataSource:
    return ColumnDataSource({column: [] for column in columns}, name=name)


def _draw_edges(plot: Plot) -> None:
    edges = _empty("edges", ["xs", "ys", "color", "width"])
    plot.multi_line(
        "xs", "ys", source=edges, line_color="color", line_width="width", line_cap="round"
    )
    heads = _empty("heads", ["xs", "ys", "color"])
    plot.patches("xs", "ys", source=heads, fill_color="color", line_color=None)


def _draw_nodes(plot: Plot, name: str, radius: int) -> None:
    source = _empty(name, NODE_COLUMNS)
    plot.rect(
        "x",
        "y",
        "width",
        "height",
        source=source,
        fill_color="fill",
        line_color="line",
        line_width="line_width",
        border_radius=radius,
    )

    def write(x: str, y: str, text: str, color: str, font: str, size: str) -> None:
        plot.text(
            x,
            y,
            text=text,
            source=source,
            text_color=color,
            text_font={"value": font},
            text_font_size={"field": size},
            text_align=x,
            text_baseline="middle",
        )

    write("left", "title_y", "title", "ink", FONT, "large")
    write("right", "title_y", "kind", "muted", FONT, "small")
    write("left", "value_y", "value_label", "muted", FONT, "small")
    write("right", "value_y", "value", "ink", MONO, "medium")
    write("left", "derivative_y", "derivative_label", "muted", FONT, "small")
    write("right", "derivative_y", "derivative", "accent", MONO, "medium")


def _draw_notes(plot: Plot) -> None:
    notes = _empty("notes", ["x", "y", "text", "color", "back", "small"])
    plot.text(
        "x",
        "y",
        text="text",
        source=notes,
        text_color="color",
        text_font={"value": MONO},
        text_font_size={"field": "small"},
        text_align="center",
        text_baseline="middle",
        background_fill_color="back",
        padding=3,
        border_radius=3,
    )
