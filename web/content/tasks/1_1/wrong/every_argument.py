"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    above = [v + epsilon for v in vals]
    below = [v - epsilon for v in vals]
    return (f(*above) - f(*below)) / (2 * epsilon)
