"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    vals[arg] += epsilon / 2
    right = f(*vals)
    vals[arg] -= epsilon
    return (right - f(*vals)) / epsilon
