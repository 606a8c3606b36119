"""minitorch/scalar_functions.py"""


class Sigmoid:
    @staticmethod
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return operators.sigmoid(a)

    @staticmethod
    def backward(ctx, d_output):
        (a,) = ctx.saved_values
        return a * (1.0 - a) * d_output
