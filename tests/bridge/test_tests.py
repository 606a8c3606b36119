"""Running pytest on files that exist only in memory."""

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import json, sys
sys.path.insert(0, sys.argv[1])
from bridge.tests import run_tests
good = "import pytest\\n@pytest.mark.task1_1\\ndef test_one(): print('seen')\\n"
bad = "def test_one(): assert 1 == 2, 'no luck'\\n"
first = run_tests({"test_a.py": good, "sub/test_b.py": bad}, [])
second = run_tests({"test_a.py": bad}, [])
broken = run_tests({"test_c.py": "import nothing_of_that_name"}, [])
marked = run_tests({"test_a.py": good, "test_b.py": bad}, ["-m", "task1_1"])
rows = [[r.status, r.passed, r.failed, [f.text for f in r.failures]] for r in
        (first, second, broken, marked)]
print(json.dumps(rows))
"""


def test_it_counts_reports_and_forgets() -> None:
    import json

    # In a process of its own: a pytest inside pytest shares its plugins.
    web = Path(__file__).resolve().parents[2] / "web"
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, web], capture_output=True, text=True, check=True
    )
    first, second, broken, marked = json.loads(done.stdout)
    assert first[:3] == [1, 1, 1]
    assert "no luck" in first[3][0]
    assert second[:3] == [1, 0, 1]  # the edited file, not the one remembered
    assert broken[2] == 1
    assert "nothing_of_that_name" in broken[3][0]
    assert marked[:3] == [0, 1, 0]
