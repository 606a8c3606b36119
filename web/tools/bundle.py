"""TypeScript and CSS, bundled by esbuild: the page with its chunks, and each worker alone."""

from pathlib import Path

from web.tools import node
from web.tools.cache import cached
from web.tools.paths import WEB

_SOURCES = ["src", "styles", "package-lock.json", "tsconfig.base.json"]

_OPTIONS = [
    "--bundle",
    "--format=esm",
    "--target=es2022",
    "--minify",
    "--sourcemap=linked",
    "--charset=utf8",
    "--legal-comments=none",
    "--jsx=automatic",
    "--jsx-import-source=preact",
    "--entry-names=[name]-[hash]",
    "--chunk-names=[name]-[hash]",
    "--asset-names=[name]-[hash]",
    "--log-level=warning",
    "--color=false",
]

# The first browsers that know ES2022 don't know nested styles, and esbuild goes by their versions.
_WITHOUT_NESTING = "--target=chrome94,firefox93,safari16.4"


def build() -> Path:
    """Bundle everything; return a part of the site."""
    inputs = [*(WEB / name for name in _SOURCES), Path(__file__)]
    return cached("TypeScript and CSS", inputs, _make)


def _make(output: Path) -> None:
    assets = f"--outdir={output / 'assets'}"
    node.tool("esbuild", "src/main.tsx", "--splitting", assets, *_OPTIONS)
    node.tool("esbuild", "src/worker/worker.ts", assets, *_OPTIONS)
    node.tool("esbuild", "src/offline/sw.ts", assets, *_OPTIONS, "--format=iife")
    node.tool("esbuild", "styles/main.css", assets, *_OPTIONS, _WITHOUT_NESTING)
