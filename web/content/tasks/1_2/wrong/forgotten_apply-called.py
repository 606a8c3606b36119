"""minitorch/scalar.py"""


class Scalar:
    def relu(self):
        return ReLU(self)

    def sigmoid(self):
        return Sigmoid(self)
