"""minitorch/autodiff.py"""


def topological_sort(variable):
    order = [variable]
    for v in order:
        order.extend(parent for parent in v.parents if not parent.is_constant())
    return order
