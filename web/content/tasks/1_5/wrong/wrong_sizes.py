"""project/run_scalar.py"""


class Network:
    def __init__(self, hidden_layers):
        super().__init__()
        self.layer1 = Linear(2, hidden_layers)
        self.layer2 = Linear(hidden_layers, 1)
        self.layer3 = Linear(1, 1)
