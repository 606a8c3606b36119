#!/usr/bin/env python3
"""Everything about this project in one command.

    python3 build.py serve    build the site and serve it on this machine
    python3 build.py build    build the site into dist/
    python3 build.py test     build and check everything; arguments go to pytest
    python3 build.py gallery  train the datasets and write the README's logs and images
    python3 build.py bench    measure, beside another engine; exit status 1 if a target is missed

It needs Python 3.11 or newer and fetches the rest: its own .venv, and what web/ is made of.
The steps are in web/tools/.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit("build.py needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")

import argparse
import subprocess
from pathlib import Path

from web.tools import console, environment
from web.tools.console import Failure, say
from web.tools.paths import DIST, ROOT, TESTS


def serve(options: argparse.Namespace) -> int:
    """Build the site and serve it until Ctrl-C."""
    from web.tools import server, site

    with server.SiteServer(DIST, options.port) as running:
        site.build()
        say(f"Serving it at {running.url} (Ctrl-C stops)")
        running.serve_forever()
    return 0


def build(options: argparse.Namespace) -> int:
    """Build the site."""
    from web.tools import site

    site.build(options.out.resolve())
    return 0


def test(options: argparse.Namespace) -> int:
    """Check everything."""
    from web.tools import checks

    return checks.test(options.arguments)


def gallery(options: argparse.Namespace) -> int:
    """Write the README's training logs and images."""
    from web.tools.gallery import main

    return main()


def bench(options: argparse.Namespace) -> int:
    """Measure, with tests/bench/run.py."""
    program = TESTS / "bench" / "run.py"
    return subprocess.call([sys.executable, program, *options.arguments], cwd=ROOT)


COMMANDS = {"serve": serve, "build": build, "test": test, "gallery": gallery, "bench": bench}
TAKES_ARGUMENTS = {"test", "bench"}


def parse(words: list[str]) -> argparse.Namespace:
    """Read the command line; what follows `test` or `bench` is theirs, options included."""
    parser = argparse.ArgumentParser(
        prog="build.py", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    for name, function in COMMANDS.items():
        command = commands.add_parser(name, help=function.__doc__, description=function.__doc__)
        if name == "serve":
            command.add_argument("--port", type=int, default=8000, help="8000 unless told")
        if name == "build":
            command.add_argument("--out", type=Path, default=DIST, help="the folder; dist/")
    if words[:1] and words[0] in TAKES_ARGUMENTS:
        return argparse.Namespace(command=words[0], arguments=words[1:])
    return parser.parse_args(words)


def main() -> int:
    """Run one command; say what went wrong in words."""
    console.use_utf8()
    options = parse(sys.argv[1:])
    needs_only_build = options.command in ("serve", "build")
    try:
        environment.enter(environment.BUILD if needs_only_build else environment.TEST)
        return COMMANDS[options.command](options)
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print()
        return 0 if options.command == "serve" else 130


if __name__ == "__main__":
    sys.exit(main())
