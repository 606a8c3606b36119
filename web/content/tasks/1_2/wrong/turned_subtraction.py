"""minitorch/scalar.py"""


class Scalar:
    def __sub__(self, b):
        return Add.apply(Neg.apply(self), b)
