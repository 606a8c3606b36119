"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    x, *others = vals
    return (f(x + epsilon, *others) - f(x - epsilon, *others)) / (2 * epsilon)
