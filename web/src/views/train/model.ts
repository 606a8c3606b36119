/** The model as the editor first has it: what `minitorch/nn.py` does, in as few lines as teach it. */
export const MODEL = `import random

from minitorch import Module, Scalar


class Linear(Module):
    """out_j = the sum of x_i * weight_i_j over all i, + bias_j"""

    def __init__(self, in_size, out_size):
        super().__init__()
        self.weights = [
            [self.start(f"weight_{i}_{j}") for j in range(out_size)] for i in range(in_size)
        ]
        self.bias = [self.start(f"bias_{j}") for j in range(out_size)]

    def start(self, name):
        return self.add_parameter(name, Scalar(2 * (random.random() - 0.5)))

    def forward(self, inputs):
        outputs = []
        for j, bias in enumerate(self.bias):
            total = bias.value
            for x, weights in zip(inputs, self.weights):
                total = total + x * weights[j].value
            outputs.append(total)
        return outputs


class Network(Module):
    """2 inputs, two hidden layers, 1 output: the probability of label 1"""

    def __init__(self, hidden):
        super().__init__()
        self.layer1 = Linear(2, hidden)
        self.layer2 = Linear(hidden, hidden)
        self.layer3 = Linear(hidden, 1)

    def forward(self, x):
        middle = [h.relu() for h in self.layer1(x)]
        end = [h.relu() for h in self.layer2(middle)]
        return self.layer3(end)[0].sigmoid()
`;
