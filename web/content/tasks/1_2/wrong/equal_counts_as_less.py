"""minitorch/scalar.py"""


class Scalar:
    def __gt__(self, b):
        return Add.apply(1.0, Neg.apply(LT.apply(self, b)))
