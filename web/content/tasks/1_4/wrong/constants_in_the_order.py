"""minitorch/autodiff.py"""


def topological_sort(variable):
    order, seen = [], set()

    def visit(v):
        if v.unique_id in seen:
            return
        seen.add(v.unique_id)
        for parent in () if v.is_constant() else v.parents:
            visit(parent)
        order.append(v)

    visit(variable)
    return order[::-1]
