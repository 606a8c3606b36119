"""minitorch/autodiff.py"""


def topological_sort(variable):
    order = []

    def visit(v):
        if v in order or v.is_constant():
            return
        for parent in v.parents:
            visit(parent)
        order.append(v)

    visit(variable)
    return order[::-1]
