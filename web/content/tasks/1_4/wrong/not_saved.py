"""minitorch/scalar_functions.py"""


class Mul:
    @staticmethod
    def forward(ctx, a, b):
        return a * b
