"""minitorch/autodiff.py"""


def backpropagate(variable, deriv):
    if variable.is_leaf():
        variable.accumulate_derivative(deriv)
    else:
        for parent, d in variable.chain_rule(deriv):
            backpropagate(parent, d)
