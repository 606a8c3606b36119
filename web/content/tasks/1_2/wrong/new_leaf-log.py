"""minitorch/scalar.py"""


class Scalar:
    def log(self):
        return Scalar(Log.apply(self).data)
