"""minitorch/scalar_functions.py"""


class Mul:
    def forward(ctx, a, b):
        operators.mul(a, b)
