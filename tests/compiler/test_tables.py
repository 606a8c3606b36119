"""Layout and tables: columns, levels, and the loops that come back."""

from programs import stages

from minitorch.compiler.layout import BLOCK, FLOAT


def test_the_number_of_kernels_does_not_grow_with_the_network() -> None:
    assert len(stages(6)[2]) == len(stages(40)[2]) <= 25


def test_a_layer_is_a_loop_again() -> None:
    """A sum of 40 terms takes a record as long as one of 5."""
    for small, large in zip(stages(6)[2], stages(40)[2], strict=True):
        assert small.kernel == large.kernel
        if small.kernel in ("sum", "pair"):
            words = (len(small.table) / small.count, len(large.table) / large.count)
            assert words[0] == words[1]


def test_most_sums_go_in_pairs() -> None:
    calls = stages(40)[2]
    pairs = sum(call.count for call in calls if call.kernel == "pair")
    singles = sum(call.count for call in calls if call.kernel == "sum")
    assert pairs == 40  # 20 for the second layer, 20 for its derivative
    assert singles < 100  # the first layer's sums have two terms


def test_a_layers_products_fill_their_tiles() -> None:
    program, _, calls = stages(40)
    products = len(program.gradients) + len(program.totals)
    room = sum(call.count * {"tile": 8, "row": 4}.get(call.kernel, 0) for call in calls)
    assert products <= room <= 1.1 * products


def test_chunks_hold_all_samples_and_few_more() -> None:
    for samples in (1, 10, 49, 50, 51, 100, 1_000, 10_000):
        _, layout, _ = stages(2, samples)
        room = layout.samples * layout.chunks
        assert samples <= room < samples + BLOCK * layout.chunks
        assert layout.column <= 50 * FLOAT


def test_what_a_relu_replaces_needs_no_column() -> None:
    program, layout, _ = stages(10)
    columns = {layout.addresses[i] for i, node in enumerate(program.nodes) if node[0] == "sum"}
    relus = [layout.addresses[i] for i, node in enumerate(program.nodes) if node[0] == "relu"]
    assert len(relus) == 20
    assert columns.issuperset(relus)


def test_columns_are_few_whatever_the_samples() -> None:
    assert stages(10, 10_000)[1].end == stages(10, 50)[1].end
