"""minitorch/scalar_functions.py"""


class EQ:
    @staticmethod
    def forward(ctx, a, b):
        return 1.0 if operators.is_close(a, b) else 0.0
