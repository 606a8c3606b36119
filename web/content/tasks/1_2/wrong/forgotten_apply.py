"""minitorch/scalar.py"""


class Scalar:
    def __add__(self, b):
        return Add.forward(Context(), self.data, b.data)
