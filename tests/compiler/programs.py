"""A network's program after every stage, for the tests of the later ones."""

from typing import Any

from minitorch.compiler.differentiate import differentiate
from minitorch.compiler.ir import Program
from minitorch.compiler.layout import Layout, lay_out
from minitorch.compiler.lending import holding, lending
from minitorch.compiler.lower import lower
from minitorch.compiler.tables import Call, make_tables
from minitorch.compiler.tape import Tape
from minitorch.compiler.trace import Trace
from minitorch.compiler.verify import check_layout, check_program, check_tables
from minitorch.nn import Network

Stages = tuple[Program, Layout, list[Call]]


def stages(hidden: int, samples: int = 50) -> Stages:
    """A network's program, its layout and its tables."""
    model, tape = Network(hidden, seed=0), Tape()
    trace, parameters = Trace(tape), model.parameters()
    inputs = [trace.symbol("input", i) for i in range(2)]
    held = {id(p): trace.symbol("parameter", i) for i, p in enumerate(parameters)}

    def loss(x: Any) -> Any:
        return -model(x).log()

    with lending(parameters), holding(held):
        results = trace.call(loss, inputs)
    program = differentiate(lower(tape.nodes, results), samples)
    check_program(program)
    layout = lay_out(program, samples, 2, len(parameters))
    check_layout(program, layout)
    calls = make_tables(program, layout)
    check_tables(layout, calls)
    return program, layout, calls
