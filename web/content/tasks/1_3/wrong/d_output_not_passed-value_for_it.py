"""minitorch/scalar.py"""


class Scalar:
    def chain_rule(self, d_output):
        h = self.history
        pairs = zip(h.inputs, h.last_fn._backward(h.ctx, self.data), strict=True)
        return [(v, d) for v, d in pairs if not v.is_constant()]
