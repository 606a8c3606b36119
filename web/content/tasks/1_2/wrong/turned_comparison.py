"""minitorch/scalar.py"""


class Scalar:
    def __gt__(self, b):
        return LT.apply(self, b)
