"""minitorch/scalar_functions.py"""


class LT:
    def backward(ctx, d_output):
        return 0.0
