"""What programs leave behind in their Python, by accident or not.

The guard mends what is `MENDED`, as soon as the program has ended. What is `SEEN` costs Python its
life: the next program runs in another one.
"""

MENDED = {
    "a finder of modules": (
        "import sys\nclass F:\n  def find_spec(self, *_): pass\nsys.meta_path.insert(0, F())"
    ),
    "a function of the standard library": "import linecache\nlinecache.getline = lambda *_: ''",
    "threading's hook": "import threading\nthreading.excepthook = print",
    "codecs' search": "import codecs\ncodecs.lookup = None",
    "a member of a class of ours": (
        "import minitorch\nminitorch.Scalar.__slots__ += ()\nminitorch.autodiff.Variable.extra = 3"
    ),
    "the bridge": "import bridge.expression as e\ne.Output.text = lambda self: 'forged'",
    "a builtin": "import builtins\nbuiltins.len = lambda _: 3",
    "a class of ours": "minitorch.Scalar.__add__ = minitorch.Scalar.__sub__",
    "a module of ours": "minitorch.operators.mul = None",
    "what has been found of an archive": (
        "import zipimport\nzipimport._zip_directory_cache['/lib/python314.zip'] = {}"
    ),
    "a finder of a path": (
        "import sys\nfor one in sys.path_importer_cache.values():\n"
        "  if one: one.find_spec = lambda *_: None"
    ),
    "a filter of warnings": "import warnings\nwarnings.simplefilter('error')",
    "a handler of logging": "import logging\nlogging.basicConfig(level=1)",
    "a trace function": "import sys\nsys.settrace(lambda *_: None)",
}

SEEN = {
    "another code in a function": (
        "def f(ctx, d): return 7.0, 8.0\n"
        "minitorch.scalar_functions.Mul.backward.__code__ = f.__code__"
    ),
    "another code in the standard library": (
        "import textwrap\ntextwrap.dedent.__code__ = (lambda text: 'x').__code__"
    ),
    "other defaults": (
        "import minitorch.autodiff as a\na.central_difference.__defaults__ = (9.0,)"
    ),
    "a callback of the garbage collector": "import gc\ngc.callbacks.append(lambda *_: None)",
    "a threshold of the garbage collector": "import gc\ngc.set_threshold(1)",
    "a function at the exit": "import atexit\natexit.register(print)",
    "an audit hook": "import sys\nsys.addaudithook(lambda *_: None)",
    "a tracing tool": "import sys\nsys.monitoring.use_tool_id(3, 'mine')",
    "a class of the standard library": "import random\nrandom.Random.uniform = lambda *_: 0.5",
    "an object of the standard library": "import reprlib\nreprlib.aRepr.maxother = 3",
    "a list of the standard library": "import string\nimport keyword\nkeyword.kwlist.append('x')",
    "the environment": "import os\nos.environ['HOME'] = '/'",
    "the working directory": "import os\nos.chdir('/tmp')",
    "a file": "open('/dev/null', 'w').close()",
    "a handler of errors": (
        "import codecs\ncodecs.register_error('backslashreplace', lambda e: ('', e.end))"
    ),
    "a handler of a signal": "import signal\nsignal.signal(signal.SIGTERM, lambda *_: None)",
    "a reduction": "import copyreg\ncopyreg.pickle(complex, lambda c: (complex, ()))",
    "a virtual subclass": (
        "from collections.abc import Mapping\nclass M: pass\nMapping.register(M)"
    ),
    "a context": "import contextvars\ncontextvars.ContextVar('mine').set(3)",
    "a finaliser": "import weakref\nclass A: pass\nweakref.finalize(A, print)",
    "a module of its own": "import statistics\nstatistics.mean = None",
    "a submodule": (
        "import sys, types\nm = types.ModuleType('minitorch.extra')\n"
        "m.__spec__ = 3\nsys.modules['minitorch.extra'] = m"
    ),
    "memory": "import ctypes\nctypes.string_at(id(3), 1)",
    "objects of all": "import gc\ngc.get_objects()",
    "asyncgen hooks": "import sys\nsys.set_asyncgen_hooks(print)",
    "an object freed later": (
        "class A:\n  def __del__(self):\n    import random\n    random.Random.late = 3\n"
        "a = A()\na.a = a"
    ),
    "a digit limit": "import sys\nsys.set_int_max_str_digits(0)",
    "no defaults": "import minitorch.autodiff as a\ndel a.central_difference.__defaults__",
    "other defaults by name": (
        "import dataclasses\ndataclasses.dataclass.__kwdefaults__['frozen'] = True"
    ),
    "a logger": "import logging\nlogging.getLogger('asyncio').setLevel(10)",
    "logging": "import logging\nlogging.disable()",
    "a way to find codecs": "import codecs\ncodecs.register(lambda name: None)",
    "an open file": "import os\nos.dup(0)",
    "a closed file": "import os\nos.close(0)",
    "another owner": "import os\nos.chown('.', -1, -1)",
    "the C library's own environment": "import os\nos.putenv('TZ', 'XYZ+5')",
}
