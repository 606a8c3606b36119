"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    variable.derivative = deriv
    for v in topological_sort(variable):
        if not v.is_leaf():
            for parent, d in v.chain_rule(v.derivative):
                parent.derivative = (parent.derivative or 0.0) + d
