"""minitorch/scalar.py"""


class Scalar:
    def __lt__(self, b):
        return self.data < b.data
