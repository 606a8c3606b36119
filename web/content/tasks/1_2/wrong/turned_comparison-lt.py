"""minitorch/scalar_functions.py"""


class LT:
    @staticmethod
    def forward(ctx, a, b):
        return 1.0 if a > b else 0.0
