"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    pending = {variable.unique_id: deriv}
    for v in topological_sort(variable):
        if v.is_leaf():
            v.accumulate_derivative(pending[v.unique_id])
        else:
            for parent, d in v.chain_rule(pending[v.unique_id]):
                if parent.is_leaf():
                    parent.accumulate_derivative(d)
                pending[parent.unique_id] = pending.get(parent.unique_id, 0.0) + d
