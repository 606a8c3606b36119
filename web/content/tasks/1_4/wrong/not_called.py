"""minitorch/autodiff.py"""


def topological_sort(variable):
    seen, order = set(), []

    def visit(v):
        if v.is_constant or v.unique_id in seen:
            return
        seen.add(v.unique_id)
        for parent in v.parents:
            visit(parent)
        order.insert(0, v)

    visit(variable)
    return order
