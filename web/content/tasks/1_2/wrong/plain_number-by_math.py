"""minitorch/scalar.py"""


class Scalar:
    def exp(self):
        import math

        return math.exp(self.data)

    def __neg__(self):
        return -self.data
