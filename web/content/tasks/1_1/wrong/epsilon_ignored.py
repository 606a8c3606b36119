"""minitorch/autodiff.py"""


def central_difference(f, *vals, arg=0, epsilon=1e-6):
    above, below = list(vals), list(vals)
    above[arg] += 1e-6
    below[arg] -= 1e-6
    return (f(*above) - f(*below)) / 2e-6
