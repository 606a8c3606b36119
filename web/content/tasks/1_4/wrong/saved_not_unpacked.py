"""minitorch/scalar_functions.py"""


class Inv:
    def forward(ctx, a):
        ctx.save_for_backward(a)
        return operators.inv(a)

    def backward(ctx, d_output):
        a = ctx.saved_values
        return -d_output / a**2
