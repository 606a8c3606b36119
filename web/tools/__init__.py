"""The steps of `build.py`, one idea a file.

`console`, `cache`, `environment`, `node` and `apt` run on a bare Python, before there is a
`.venv`: they import the standard library only.
"""
