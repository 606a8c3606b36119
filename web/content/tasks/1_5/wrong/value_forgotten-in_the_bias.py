"""project/run_scalar.py"""


class Linear:
    def forward(self, inputs):
        outputs = []
        for j, bias in enumerate(self.bias):
            total = 0.0
            for i, x in enumerate(inputs):
                total = x * self.weights[i][j].value + total
            outputs.append(total + bias)
        return outputs
