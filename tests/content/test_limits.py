"""What the assignment's tests do with code that has no end, and with what is not installed."""

from pathlib import Path

import pytest
from projects import Files, Outcome, Runner, edited, file_of_tests, replaced, solved, write

AUTODIFF, FUNCTIONS = "minitorch/autodiff.py", "minitorch/scalar_functions.py"
SCALAR = "minitorch/scalar.py"


def failed(runner: Runner, files: Files, folder: Path, task: str, *options: str) -> Outcome:
    outcome = runner.run(write(files, folder), file_of_tests(task), *options)
    assert outcome.status == 1, outcome.text
    return outcome


ENDLESS = {
    "a loop": """
        def topological_sort(variable):
            while True:
                pass
        """,
    "a loop that holds on to its errors": """
        def topological_sort(variable):
            while True:
                try:
                    variable.no_such_thing
                except Exception:
                    pass
        """,
    "an iterator": """
        def topological_sort(variable):
            while True:
                yield variable
        """,
    "every path, level by level": """
        def topological_sort(variable):
            order, level = [], [variable]
            while level:
                order += level
                level = [p for v in level for p in v.parents if not p.is_constant()]
            return order
        """,
}


@pytest.mark.parametrize("kind", ENDLESS)
def test_what_has_no_end_is_ended_with_a_sentence(
    kind: str, runner: Runner, tmp_path: Path
) -> None:
    files = replaced(solved(), AUTODIFF, ENDLESS[kind])
    outcome = failed(runner, files, tmp_path, "1.4", "-k", "along_every_path")
    told = ("without coming to an end; it was in topological_sort, line", "goes along every path")
    assert any(sentence in outcome.text for sentence in told)
    assert "INTERNALERROR" not in outcome.text


def test_an_import_that_never_ends_is_ended(runner: Runner, tmp_path: Path) -> None:
    loop = "while True:\n    pass\n\n\nclass Variable("
    files = edited(solved(), AUTODIFF, ("class Variable(", loop))
    outcome = runner.run(write(files, tmp_path), file_of_tests("1.1"))
    assert outcome.status == 2
    assert "without coming to an end" in outcome.text


def test_a_failure_tells_what_came_out_and_what_was_expected(
    runner: Runner, tmp_path: Path
) -> None:
    code = """
        class Sigmoid:
            @staticmethod
            def backward(ctx, d_output):
                (result,) = ctx.saved_values
                return result * (1.0 - result)
        """
    outcome = failed(runner, replaced(solved(), FUNCTIONS, code), tmp_path, "1.4")
    by_name = {f["test"].partition("::")[2]: f for f in outcome.failures}
    failure = by_name["test_backward[Sigmoid]"]
    details = failure["details"]
    assert details["what"] == "Sigmoid.backward"
    assert details["came out"] != details["expected"]
    assert details["expression"]["code"] == "x.sigmoid()"
    assert set(details["expression"]["inputs"]) == {"x"}
    for text in ("Sigmoid.backward", "with ", "came out", "expected"):
        assert text in failure["text"]
    whole = by_name["test_derivatives[(x + y).sigmoid() * (x - y).relu()]"]["details"]
    assert whole["expression"]["code"] == "(x + y).sigmoid() * (x - y).relu()"
    assert set(whole["expression"]["inputs"]) == {"x", "y"}


def test_an_error_in_the_learner_s_code_comes_with_its_expression(
    runner: Runner, tmp_path: Path
) -> None:
    code = "class Scalar:\n    def chain_rule(self, d_output):\n        return self.no_such_thing\n"
    outcome = failed(runner, replaced(solved(), SCALAR, code), tmp_path, "1.3")
    for failure in outcome.failures:
        assert "no attribute 'no_such_thing'" in failure["text"]
        assert 'minitorch/scalar.py"' in failure["text"]
    expressions = [f["details"].get("expression") for f in outcome.failures]
    codes = [e["code"] for e in expressions if e is not None]
    # Of the result itself the derivative is 1: something has to come after what is tested.
    shown = "\n\nresult = Product.apply(x, y)\nProduct.apply(result, 5.0)"
    assert any(code.endswith(shown) for code in codes)
    for code in codes:
        compile(code, "expression", "exec")


def test_a_numpy_that_is_used_is_named(runner: Runner, tmp_path: Path) -> None:
    imports = "import itertools\n\nimport numpy as np\n"
    files = edited(solved(), SCALAR, ("import itertools\n", imports))
    assert runner.run(write(files, tmp_path / "unused"), file_of_tests("1.3")).status == 0
    code = "class Scalar:\n    def exp(self):\n        return np.exp(self.data)\n"
    files = replaced(files, SCALAR, code)
    text = failed(runner, files, tmp_path / "used", "1.2", "-k", "exp").text
    assert "numpy is not installed here, and this code uses its 'exp'" in text


def test_a_broken_project_does_not_stand_in_the_way(runner: Runner, tmp_path: Path) -> None:
    """What 1.5 is about may be broken while 1.3 is worked on."""
    files = {**solved(), "project/run_scalar.py": "import nonsense\n"}
    assert runner.run(write(files, tmp_path), "-m", "task1_3").status == 0
