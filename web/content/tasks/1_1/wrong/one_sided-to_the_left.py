"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    below = vals[:arg] + (vals[arg] - epsilon,) + vals[arg + 1 :]
    return (f(*vals) - f(*below)) / epsilon
