"""minitorch/scalar.py"""


class Scalar:
    def __neg__(self):
        return 0 - self
