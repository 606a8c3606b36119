"""The loss, epoch after epoch, with a logarithmic axis; its sources are those of `loss`."""

from bokeh.models import Plot

import loss as linear


def figure() -> Plot:
    return linear.figure("log")
