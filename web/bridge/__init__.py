"""Python in the worker: the one place that knows both `minitorch` and the browser.

Its functions take and give plain data, in the shapes of `web/src/protocol`. Of `minitorch` they
use only what a learner's own edition has as well, or what ours adds to it: see `workspace.py`.
"""
