"""minitorch/autodiff.py"""


def topological_sort(variable):
    visited, order = [], []

    def visit(v):
        if v.is_constant() or v in visited:
            return
        visited.append(v)
        for parent in v.parents:
            visit(parent)
        order.insert(0, v)

    visit(variable)
    return order
