"""minitorch/autodiff.py"""


def topological_sort(variable):
    order = []

    def visit(v):
        if v.is_constant():
            return
        for parent in v.parents:
            visit(parent)
        order.insert(0, v)

    visit(variable)
    return order
