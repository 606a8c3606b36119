"""The compiler: scalar graphs at the speed of C.

A file for each stage, in the order data flows; each is a function from one plain data structure
to the next, and `verify` checks in between.

    trace          a function of Scalars     → a tape of operations
    merge          the tapes of all labels   → one
    lower          the tape                  → few, large operations
    differentiate  these                     → these with their derivatives
    layout         that                      → addresses, levels
    tables         that                      → which kernel, with which table of addresses
    kernels        nothing                   → the kernels (elementary has exp and log)
    module         these                     → the one WebAssembly module there is (wasm assembles)

`pipeline` puts them together; `run_wasm` and `run_python` run what comes out; `compiled` is what
to call.
"""

from .compiled import Compiled, Points, compile
from .errors import NotCompilable
from .plan import Total
from .run_wasm import Instance, use

__all__ = ["Compiled", "Instance", "NotCompilable", "Points", "Total", "compile", "use"]
