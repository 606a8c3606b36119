"""minitorch/scalar_functions.py"""


class ReLU:
    @staticmethod
    def backward(ctx, d_output):
        return d_output
