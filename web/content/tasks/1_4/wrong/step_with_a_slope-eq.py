"""minitorch/scalar_functions.py"""


class EQ:
    @staticmethod
    def backward(ctx, d_output):
        return d_output, d_output
