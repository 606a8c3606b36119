"""Points in the unit square with labels, to train on: `datasets["Xor"](50)`."""

import math
import random
from dataclasses import dataclass


@dataclass
class Graph:
    """N points `X` and their labels `y`, each 0 or 1."""

    N: int
    X: list[tuple[float, float]]
    y: list[int]


def make_pts(N: int) -> list[tuple[float, float]]:
    """N points anywhere in the unit square"""
    return [(random.random(), random.random()) for _ in range(N)]


def simple(N: int) -> Graph:
    """1 in the left half"""
    X = make_pts(N)
    return Graph(N, X, [1 if x1 < 0.5 else 0 for x1, x2 in X])


def diag(N: int) -> Graph:
    """1 in a corner, below a diagonal"""
    X = make_pts(N)
    return Graph(N, X, [1 if x1 + x2 < 0.5 else 0 for x1, x2 in X])


def split(N: int) -> Graph:
    """1 on the left and on the right, 0 between"""
    X = make_pts(N)
    return Graph(N, X, [1 if x1 < 0.2 or x1 > 0.8 else 0 for x1, x2 in X])


def xor(N: int) -> Graph:
    """1 in two opposite quarters"""
    X = make_pts(N)
    return Graph(N, X, [1 if (x1 < 0.5) != (x2 < 0.5) else 0 for x1, x2 in X])


def circle(N: int) -> Graph:
    """1 outside a circle"""
    X = make_pts(N)
    return Graph(N, X, [1 if (x1 - 0.5) ** 2 + (x2 - 0.5) ** 2 > 0.1 else 0 for x1, x2 in X])


def spiral(N: int) -> Graph:
    """Two arms around each other: 0 on the one, 1 on the other"""
    X, y = [], []
    for i in range(N):
        label = i % 2
        t = 10.0 * (i // 2) / max(1, (N + 1) // 2)  # how far along the arm
        angle = t + math.pi * label
        X.append((0.5 + t * math.cos(angle) / 20.0, 0.5 + t * math.sin(angle) / 20.0))
        y.append(label)
    return Graph(N, X, y)


datasets = {
    "Simple": simple,
    "Diag": diag,
    "Split": split,
    "Xor": xor,
    "Circle": circle,
    "Spiral": spiral,
}
