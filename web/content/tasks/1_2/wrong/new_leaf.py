"""minitorch/scalar.py"""


class Scalar:
    def __sub__(self, b):
        b = b if isinstance(b, Scalar) else Scalar(b)
        return Scalar(self.data - b.data)
