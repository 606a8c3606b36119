"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    left = right = list(vals)
    left[arg] -= epsilon / 2
    right[arg] += epsilon / 2
    return (f(*right) - f(*left)) / epsilon
