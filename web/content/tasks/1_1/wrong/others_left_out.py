"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    x = vals[arg]
    return (f(x + epsilon) - f(x - epsilon)) / (2 * epsilon)
