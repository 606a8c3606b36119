"""Installing a Debian package, where this process may."""

import os
import shutil

from web.tools.console import run


def can_install() -> bool:
    """Tell whether this is root on Debian or one of its children."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str) -> None:
    """Install a package and what it needs."""
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update", "-qq"], env=quiet)
    run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", package], env=quiet)
