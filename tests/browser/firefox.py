"""Firefox, spoken to over WebDriver BiDi, the protocol that it brings along.

Enough of it for a few tests: nodes are found by role and name, as readers of the screen find them,
clicked and typed into by the browser's own input, and asked in JavaScript.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from websockets.sync.client import ClientConnection, connect

_NAMES = ["firefox-esr", "firefox"]
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_KEYS = {"Control": "\ue009", "Delete": "\ue017", "Enter": "\ue007"}
_SLOW = 60.0  # seconds: for Python to load on a busy machine
_PATIENCE = 15.0

Node = dict[str, str]


def find() -> str:
    """Find a Firefox, or skip: unlike Chromium none is installed for the tests."""
    named = os.environ.get("FIREFOX")
    found = named or next((path for name in _NAMES if (path := shutil.which(name))), None)
    if not found:
        pytest.skip("no Firefox here (FIREFOX=/path/to/firefox names one)")
    return found


@contextmanager
def launch(**preferences: int) -> Iterator["Firefox"]:
    """Start Firefox with a profile of its own, for as long as the `with` lasts."""
    program = find()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        profile = Path(folder)
        lines = [f"user_pref({json.dumps(k)}, {v});" for k, v in preferences.items()]
        (profile / "user.js").write_text("\n".join(lines))
        log = profile / "said.txt"
        command = [program, "--headless", "--no-remote", "--remote-debugging-port=0"]
        with log.open("w") as said:
            process = subprocess.Popen(
                [*command, "--profile", folder, "about:blank"], stdout=said, stderr=said
            )
        try:
            with connect(f"{_address(process, log)}/session", max_size=None) as connection:
                yield Firefox(connection)
        finally:
            process.terminate()
            process.wait()


def _address(process: "subprocess.Popen[bytes]", log: Path) -> str:
    """Wait until Firefox says where it listens."""
    end = time.monotonic() + _SLOW
    while time.monotonic() < end and process.poll() is None:
        if found := _LISTENING.search(log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.05)
    # A snap's Firefox, say, may not see our profile: that is as good as none.
    message = f"Firefox is here, but doesn't start: {log.read_text(errors='replace')[-300:]}"
    if "FIREFOX" in os.environ:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


class Firefox:
    """One tab of one Firefox.

    Attributes:
        problems: errors of scripts, errors on the console and requests to other origins than
            those of the pages, as sentences.
    """

    def __init__(self, connection: ClientConnection):
        self._connection = connection
        self._last = 0
        self._origins: set[str] = set()
        self.problems: list[str] = []
        self._send("session.new", capabilities={})
        self._send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]

    def _send(self, method: str, **params: Any) -> dict[str, Any]:
        """Give a command, and wait for what it returns."""
        self._last += 1
        self._connection.send(json.dumps({"id": self._last, "method": method, "params": params}))
        while True:
            message = json.loads(self._connection.recv(timeout=_SLOW))
            if message["type"] == "event":
                self._note(message["method"], message["params"])
            elif message["id"] == self._last:
                assert message["type"] == "success", f"{method}: {message.get('message')}"
                result: dict[str, Any] = message["result"]
                return result

    def _note(self, event: str, about: dict[str, Any]) -> None:
        if event == "log.entryAdded" and about["level"] == "error":
            self.problems.append(f"{about['type']} error: {about['text']}")
        elif event == "network.beforeRequestSent":
            parts = urlsplit(about["request"]["url"])
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc not in self._origins:
                self.problems.append(f"request to another origin: {parts.geturl()}")

    def goto(self, url: str) -> None:
        """Go to an address; from then on its origin may be asked, and those of earlier ones."""
        self._origins.add(urlsplit(url).netloc)
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="interactive")

    def reload(self) -> None:
        """Load the page anew."""
        self._send("browsingContext.reload", context=self._tab, wait="interactive")

    def resize(self, width: int, height: int) -> None:
        """Set the size of what one sees of the page."""
        size = {"width": width, "height": height}
        self._send("browsingContext.setViewport", context=self._tab, viewport=size)

    def screenshot(self, target: Path) -> None:
        """Keep how the whole page looks."""
        whole = {"context": self._tab, "origin": "document"}
        taken = self._send("browsingContext.captureScreenshot", **whole)
        target.write_bytes(base64.b64decode(taken["data"]))

    def evaluate(self, function: str, *nodes: Node) -> Any:
        """Call a JavaScript function with nodes, or with none; it returns what JSON can say."""
        done = self._send(
            "script.callFunction",
            functionDeclaration=f"async (...nodes) => JSON.stringify(await ({function})(...nodes))",
            arguments=[{"sharedId": node["sharedId"]} for node in nodes],
            target={"context": self._tab},
            awaitPromise=True,
            userActivation=True,
        )
        assert done["type"] == "success", done["exceptionDetails"]["text"]
        return json.loads(done["result"].get("value", "null"))

    def find_all(self, role: str, name: str | None = None) -> list[Node]:
        """Find nodes by role, and by name if one is given."""
        described = {"role": role} | ({} if name is None else {"name": name})
        wanted = {"type": "accessibility", "value": described}
        found = self._send("browsingContext.locateNodes", context=self._tab, locator=wanted)
        nodes: list[Node] = found["nodes"]
        return nodes

    def find(self, role: str, name: str) -> Node:
        """Wait for the one node of a role and name."""
        end = time.monotonic() + _PATIENCE
        while len(found := self.find_all(role, name)) != 1:
            assert time.monotonic() < end, f"{len(found)} of role {role} named {name}"
            time.sleep(0.05)
        return found[0]

    def text(self, role: str, name: str) -> str:
        """Read what a node shows."""
        return str(self.evaluate("node => node.innerText.trim()", self.find(role, name)))

    def wait_for_text(self, role: str, name: str, pattern: str, patience: float = _SLOW) -> str:
        """Wait until a node shows something that a regular expression fits."""
        end = time.monotonic() + patience
        while not re.search(pattern, text := self.text(role, name)):
            assert time.monotonic() < end, f"The {role} {name} shows {text!r}, not {pattern!r}"
            time.sleep(0.05)
        return text

    def wait_until(self, condition: str, patience: float = _SLOW) -> None:
        """Wait until a JavaScript function gives true."""
        end = time.monotonic() + patience
        while not self.evaluate(condition):
            assert time.monotonic() < end, f"Waited in vain for: {condition}"
            time.sleep(0.05)

    def click(self, role: str, name: str) -> None:
        """Click a node, with the mouse, once it can be clicked."""
        node = self.find(role, name)
        end = time.monotonic() + _PATIENCE
        while self.evaluate("node => node.disabled === true", node):
            assert time.monotonic() < end, f"The {role} {name} stays disabled"
            time.sleep(0.05)
        self.evaluate("node => node.scrollIntoView({ block: 'center' })", node)
        onto = {"type": "element", "element": {"sharedId": node["sharedId"]}}
        self._act(
            "pointer",
            {"type": "pointerMove", "x": 0, "y": 0, "origin": onto},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def press(self, *keys: str) -> None:
        """Press keys together, such as Control and a."""
        values = [_KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._act("key", *down, *up)

    def type(self, text: str) -> None:
        """Type a text, key by key."""
        for key in text.replace("\n", _KEYS["Enter"]):
            self._act("key", {"type": "keyDown", "value": key}, {"type": "keyUp", "value": key})

    def _act(self, device: str, *actions: dict[str, Any]) -> None:
        done = {"type": device, "id": device, "actions": list(actions)}
        self._send("input.performActions", context=self._tab, actions=[done])
