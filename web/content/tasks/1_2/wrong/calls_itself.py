"""minitorch/scalar.py"""


class Scalar:
    def __neg__(self):
        return -self
