"""project/run_scalar.py"""


class Network:
    def forward(self, x):
        for layer in (self.layer1, self.layer2, self.layer3):
            x = [h.relu() for h in layer.forward(x)]
        return x[0].sigmoid()
