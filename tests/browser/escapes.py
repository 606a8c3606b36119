"""Tries at reaching out of the worker: each ends in a value, `got`, or in an error."""

FOREIGN = "https://example.org/taken"

OUT = {
    # The global object, by its names.
    "fetch": "got = js.fetch(FOREIGN)",
    "self": "got = js.self",
    "globalThis": "got = js.globalThis",
    "XMLHttpRequest": "got = js.XMLHttpRequest.new()",
    "WebSocket": "got = js.WebSocket.new('wss://example.org')",
    "importScripts": "got = js.importScripts(FOREIGN)",
    "postMessage": "got = js.postMessage('taken')",
    "BroadcastChannel": "got = js.BroadcastChannel.new('taken')",
    "indexedDB": "got = js.indexedDB.open('taken')",
    "caches": "got = js.caches.open('taken')",
    "a worker": "got = js.Worker.new('data:text/javascript,')",
    "a listener": "got = js.addEventListener('message', print)",
    "a handler": "js.onmessage = print\ngot = True",
    "a timer": "got = js.setTimeout(create_proxy(print), 0)",
    "a microtask": "got = js.queueMicrotask(create_proxy(print))",
    "navigator": "got = js.navigator.locks",
    "a decision's own names": "js.Request = js.Object\ngot = True",
    # A program made of a text.
    "eval": "got = js.eval('self')",
    "run_js": "from pyodide.code import run_js\ngot = run_js('self')",
    "Function": "got = js.Function.new('return self')",
    "the constructor of Object": "got = js.Object.constructor('return self')()",
    "a value's constructor": "got = to_js({}).constructor.constructor('return self')()",
    "the constructor of a proxy": "got = create_proxy([]).constructor.constructor('return 1')()",
    "the constructor of our own function": "got = worker.note.constructor('return self')()",
    "the constructor of an async function": "got = create_proxy(waiting).constructor('return 1')()",
    "the constructor of a class": "got = js.TextDecoder.constructor('return self')()",
    "Reflect.construct": "got = js.Reflect.construct(js.Object.constructor, to_js(['return 1']))",
    # Pyodide's own insides.
    "pyodide_js": "import pyodide_js\ngot = pyodide_js._module",
    "pyodide_js in the table of modules": "got = sys.modules['pyodide_js']",
    "Pyodide's API": "from pyodide_js._api import config\ngot = config",
    "the finder's proxies": (
        "finders = [f for f in sys.meta_path if hasattr(f, 'jsproxies')]\n"
        "got = finders[0].jsproxies['pyodide_js']"
    ),
    "a proxy in any module": (
        "got = [v for m in list(sys.modules.values()) if not isinstance(m, JsProxy)\n"
        "       for v in list(vars(m).values()) if isinstance(v, JsProxy)\n"
        "       and (hasattr(v, 'fetch') or hasattr(v, '_module') or hasattr(v, 'postMessage'))]"
    ),
    "a proxy in all objects": (
        "import gc\n"
        "got = [v for v in gc.get_objects() if isinstance(v, JsProxy) and hasattr(v, 'FS')]"
    ),
    "the event loop's clock": (
        "import importlib, pyodide.webloop\n"
        "got = importlib.reload(pyodide.webloop).scheduleCallback"
    ),
    "the event loop": "import asyncio\ngot = asyncio.get_event_loop().call_later(0, print)",
    "a task": "import asyncio\ngot = asyncio.ensure_future(waiting())",
    "a coroutine as a promise": "create_proxy(waiting()).then(create_proxy(escape))\ngot = None",
    "a call that waits for its turn": "create_proxy(escape).callPromising()\ngot = None",
    "a constructor that all inherit": "js.Object.prototype.constructor = print\ngot = True",
    "run_sync": "from pyodide.ffi import run_sync\ngot = run_sync(waiting()) or True",
    "a wrapped timer": "from pyodide.ffi.wrappers import set_timeout\ngot = set_timeout(print, 0)",
    "a package": "import micropip\ngot = micropip.install(FOREIGN).send(None) or True",
    "what fetches packages": "import worker\ngot = worker.wheel(FOREIGN) or True",
    # Python's own ways to the network.
    "pyfetch": "from pyodide.http import pyfetch\ngot = pyfetch(FOREIGN).send(None)",
    "open_url": "from pyodide.http import open_url\ngot = open_url(FOREIGN)",
    "urllib": "import urllib.request\ngot = urllib.request.urlopen(FOREIGN, timeout=1)",
    "a socket": "import socket\ngot = socket.create_connection(('example.org', 80), 1)",
    "webbrowser": "import webbrowser\ngot = webbrowser.open(FOREIGN)",
    "a process": "import subprocess\ngot = subprocess.run(['curl', FOREIGN])",
    # What our own program uses.
    "Object.prototype": "js.Object.prototype.problem = 'taken'\ngot = True",
    "Array.prototype": "js.Array.prototype.map = print\ngot = True",
    "Map.prototype.get": "js.Map.prototype.get = print\ngot = True",
    "String.prototype.startsWith": "js.String.prototype.startsWith = print\ngot = True",
    "a getter on Object.prototype": (
        "got = js.Object.defineProperty(js.Object.prototype, 'call', to_js({'value': 1}))"
    ),
    "a new prototype": "got = js.Object.setPrototypeOf(js.Array.prototype, None)",
    "the prototype of Python's objects": (
        "pair = js.Array.of(create_proxy(sys)).map(js.Object.getPrototypeOf)\n"
        "pair.push(js.Object.fromEntries(to_js([['call', 1]])))\n"
        "js.Array.of(pair).forEach(js.Object.assign.apply.bind(js.Object.assign, None))\n"
        "got = True"
    ),
    "the prototype of iterators' helpers": (
        "one = js.Object.getPrototypeOf(js.Array.of(1).values().map(create_proxy(print)))\n"
        "one.taken = 1\ngot = True"
    ),
    "the prototype of wrapped iterators": (
        "one = js.Array.of(1).values().constructor.from_(js.Object.new())\n"
        "js.Object.getPrototypeOf(one).taken = 1\ngot = True"
    ),
    "the prototype of segments": (
        "js.Object.getPrototypeOf(js.Intl.Segmenter.new().segment('a')).taken = 1\ngot = True"
    ),
    "AsyncFunction": (
        "async def numbers(): yield 1\n"
        "got = js.Object.getPrototypeOf(create_proxy(numbers()).next).constructor('return 1')()"
    ),
    "an error's constructors": (
        "try: js.JSON.parse('{')\n"
        "except Exception as error: got = error.js_error.constructor.constructor('return 1')()"
    ),
    "what is asked to convert": (
        "to_js(object(), default_converter=lambda value, convert, _: found.append(convert) or 1)\n"
        "got = found[0].constructor('return 1')()"
    ),
    "another process": "import os\ngot = os.fork()",
    "a thread": "import threading\nthreading.Thread(target=print).start()\ngot = True",
    "the terminal": "got = open('/dev/tty').read(1)",
    "prepareStackTrace": "js.Error.prepareStackTrace = print\ngot = True",
    "the object that Python is given": "js.taken = 1\ngot = True",
    "WebAssembly's table": "js.WebAssembly.Instance = print\ngot = True",
}

# The same through C, which ends Python at best.
THROUGH_C = {
    "emscripten_run_script": "ctypes.CDLL(None).emscripten_run_script(b'self.taken = 1')",
    "emscripten_run_script_int": "ctypes.CDLL(None).emscripten_run_script_int(b'self.taken = 1')",
    "emscripten_create_worker": f"ctypes.CDLL(None).emscripten_create_worker(b'{FOREIGN}')",
    "emscripten_set_timeout": "ctypes.CDLL(None).emscripten_set_timeout(1, ctypes.c_double(1), 1)",
    "emscripten_async_wget": (
        f"ctypes.CDLL(None).emscripten_async_wget(b'{FOREIGN}', b'/taken', None, None)"
    ),
    "emscripten_async_call": "ctypes.CDLL(None).emscripten_async_call(1, None, 1)",
    "emscripten_websocket_new": "ctypes.CDLL(None).emscripten_websocket_new(None) + 1",
}

# Runs all of them, and prints the names of those that reached something.
TRIED = f"""
OUT, FOREIGN = {OUT!r}, {FOREIGN!r}
import js, sys, worker
from pyodide.ffi import JsProxy, create_proxy, to_js
async def waiting(): pass
def escape():
    while True: pass
found = []
given = {{name: globals()[name] for name in
         "js sys worker JsProxy create_proxy to_js waiting escape found FOREIGN".split()}}
reached = []
for name, text in OUT.items():
    names = dict(given)
    try:
        exec(text, names)
    except Exception as error:
        continue
    if names["got"]:
        reached.append(name)
print("reached:", reached)
x
"""
