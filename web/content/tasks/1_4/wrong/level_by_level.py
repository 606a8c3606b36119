"""minitorch/autodiff.py"""


def topological_sort(variable):
    order, seen = [variable], {variable.unique_id}
    for v in order:
        for parent in v.parents:
            if parent.unique_id not in seen and not parent.is_constant():
                seen.add(parent.unique_id)
                order.append(parent)
    return order


def backpropagate(variable, deriv):
    pending = {variable.unique_id: deriv}
    for v in topological_sort(variable):
        d_output = pending[v.unique_id]
        if v.is_leaf():
            v.accumulate_derivative(d_output)
        else:
            for parent, d in v.chain_rule(d_output):
                pending[parent.unique_id] = pending.get(parent.unique_id, 0.0) + d
