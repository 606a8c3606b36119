"""Python in the worker: the one place that knows both `minitorch` and the browser.

Each function takes and gives plain data, in the shapes of `web/src/protocol`.
"""
