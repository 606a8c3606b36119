"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    moved = list(vals)
    moved[arg] += epsilon
    return (f(*moved) - f(*vals)) / epsilon
