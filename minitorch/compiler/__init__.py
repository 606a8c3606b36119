"""The compiler: scalar graphs at the speed of C.

A file for each stage, in the order data flows; each is a function from one plain data structure
to the next, and `verify` checks in between.

    trace          a function of Scalars       → a tape of operations (tape.py)
    merge          the results for each label  → one set of results
    lower          the tape                    → few, large operations (ir.py)
    differentiate  these                       → these with their derivatives
    layout         that                        → addresses, levels
    tables         that                        → which kernels, with which tables of addresses
    image          that, and the samples       → memory as the kernels find it

The kernels are always the same: kernels.py writes them, elementary.py has exp and log, module.py
makes the one WebAssembly module of them, and wasm.py is its assembler.

`pipeline` puts the stages together; `run_wasm` and `run_python` run what comes out; `guard`
compares that with the function; `compiled` is what to call.

The function is only looked at, and other threads may be at work: `lending` gives the parameters
other values in this thread alone, and `undone` puts back what a call leaves behind.
"""

from .compiled import Compiled, compile
from .errors import NotCompilable
from .points import Points
from .run_wasm import Instance, use

__all__ = ["Compiled", "Instance", "NotCompilable", "Points", "compile", "use"]
