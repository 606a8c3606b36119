"""minitorch/scalar_functions.py"""


class Inv:
    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return d_output / (a * a)
