"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    left, right = list(vals), list(vals)
    left[arg] -= epsilon
    right[arg] += epsilon
    return (f(*right) - f(*left)) / 2 * epsilon
