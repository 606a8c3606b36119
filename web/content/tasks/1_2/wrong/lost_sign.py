"""minitorch/scalar_functions.py"""


class Neg:
    @staticmethod
    def forward(ctx, a):
        return a
