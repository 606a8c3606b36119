"""minitorch/autodiff.py"""


def topological_sort(variable):
    seen, order = set(), []

    def visit(v):
        if not v.is_constant() and v.unique_id not in seen:
            seen.add(v.unique_id)
            for parent in v.parents:
                visit(parent)
            order.insert(0, v)

    visit(variable)
