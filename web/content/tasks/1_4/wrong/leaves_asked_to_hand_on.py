"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    arrived = {variable.unique_id: deriv}
    for v in topological_sort(variable):
        d = arrived[v.unique_id]
        if v.is_leaf():
            v.accumulate_derivative(d)
        for parent, more in v.chain_rule(d):
            arrived[parent.unique_id] = arrived.get(parent.unique_id, 0.0) + more
