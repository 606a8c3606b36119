"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    pending = {variable.unique_id: 1.0}
    for v in topological_sort(variable):
        if v.is_leaf():
            v.accumulate_derivative(pending[v.unique_id])
        else:
            for parent, d in v.chain_rule(pending[v.unique_id]):
                pending[parent.unique_id] = pending.get(parent.unique_id, 0.0) + d
