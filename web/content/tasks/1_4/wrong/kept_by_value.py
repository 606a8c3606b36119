"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    arrived = {variable.data: deriv}
    for v in topological_sort(variable):
        d = arrived[v.data]
        if v.is_leaf():
            v.accumulate_derivative(d)
        else:
            for parent, more in v.chain_rule(d):
                arrived[parent.data] = arrived.get(parent.data, 0.0) + more
