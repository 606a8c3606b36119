"""The Assignment view: from the first click to a network that trains on the learner's own code."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.axe import assert_accessible
from tests.browser.views import button, region, wait_for_python
from web.tools import content

COURSE = content.manifest()
TASKS = {task["id"]: task for task in COURSE["tasks"]}
TESTING_MS = 60_000  # for a task's tests to run: seconds, but on a busy machine many more


def open_task(page: Page, site: str, task: str, **query: str) -> None:
    """Open a task; wait until its files can be edited."""
    asked = "?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else ""
    page.goto(f"{site}#/assignment/{task}{asked}")
    expect(page.get_by_role("heading", name=f"Task {task}:")).to_be_visible()
    expect(page.get_by_role("textbox", name="Code")).to_be_visible()


def status(page: Page) -> Locator:
    """Find the line that says how the tests are doing."""
    return page.get_by_role("status", name="Tests", exact=True)


def code(page: Page) -> Locator:
    """Find the editor, once it is more than a plain text area."""
    return page.locator(".cm-content[aria-label=Code]")


def tab(page: Page, path: str) -> Locator:
    """Find the tab of a file."""
    name = path.removeprefix("minitorch/")
    return page.get_by_role("tablist", name="Files").get_by_role("tab", name=name, exact=True)


def write(page: Page, path: str, text: str) -> None:
    """Type a file anew."""
    tab(page, path).click()
    expect(code(page)).to_be_visible()
    code(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def written(page: Page) -> str:
    """Read the open file; CodeMirror renders only what is in sight, so it is asked for it."""
    return page.evaluate(
        "document.querySelector('.cm-content').cmTile?.view.state.doc.toString()"
        " ?? document.querySelector('.cm-content').cmView.view.state.doc.toString()"
    )


def run(page: Page, expected: str) -> None:
    """Run the task's tests, and wait for how they end."""
    button(page, "Run tests").click()
    expect(status(page)).to_have_text(re.compile(expected), timeout=TESTING_MS)


def solve(page: Page, task: str) -> None:
    """Write the solution of a task into its files."""
    for path, text in TASKS[task]["solution"].items():
        write(page, path, text)


def break_at(path: str, old: str, new: str, task: str = "1.4") -> str:
    """The solution of a file, with one mistake."""
    text = TASKS[task]["solution"][path]
    assert text.count(old) == 1, (path, old)
    return text.replace(old, new)


def test_all_tasks_from_the_skeleton_to_a_zip_and_a_portrait(
    page: Page, site: str, tmp_path: Path
) -> None:
    """One goes through the tasks; what is exported passes the tests natively too."""
    open_task(page, site, "1.5")
    is_to_do(page, "1.2")
    for task in TASKS:
        open_task(page, site, task)
        if task == "1.1":
            run(page, r"^0 of \d+ passed$")
            expect(region(page, "Results")).to_contain_text("Need to implement for Task 1.1")
            # All stop at the same place: it is said once, and the line is in sight.
            expect(page.locator(".result.failed")).to_have_count(1)
            expect(page.locator(".cm-problemLine")).to_be_in_viewport()
        if task == "1.5":
            is_to_do(page, "1.5")
        solve(page, task)
        run(page, r"^(\d+) of \1 passed$")
        link = page.get_by_role("navigation", name="Tasks").get_by_role("link", name=f"Task {task}")
        expect(link).to_contain_text(re.compile(r"all \d+ tests passed"))
        if task != "1.5":
            expect(page.get_by_role("link", name=re.compile("^go on with task"))).to_be_visible()
    archive = download(page, "Export", tmp_path / "project.zip")
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(tmp_path)
    (project,) = (path for path in tmp_path.iterdir() if path.is_dir())
    outcome = subprocess.run(
        [sys.executable, "-m", "pytest", "-q"], cwd=project, capture_output=True, text=True
    )
    assert outcome.returncode == 0, outcome.stdout
    assert " failed" not in outcome.stdout
    a_portrait_is_trained_and_taken_away(page, tmp_path)


def is_to_do(page: Page, task: str) -> None:
    """Train before all is written: what is missing is said with its task."""
    button(page, "Train: Simple").click()
    alert = region(page, "Simple").get_by_role("alert")
    expect(alert).to_contain_text(f"Need to implement for Task {task}", timeout=TESTING_MS)


def a_portrait_is_trained_and_taken_away(page: Page, folder: Path) -> None:
    """On the learner's own code; what was trained survives a reload."""
    card = region(page, "Simple")
    card.get_by_role("spinbutton", name="Epochs").fill("12")
    button(page, "Train: Simple").click()
    told = page.get_by_role("status", name="Training Simple")
    expect(told).to_have_text(
        re.compile(r"^12 epochs · loss [\d.]+ · \d+ of 50 correct$"), timeout=TESTING_MS
    )
    expect(card.get_by_role("alert")).to_have_count(0)
    reached = told.inner_text()
    page.wait_for_timeout(500)
    page.reload()
    expect(told).to_have_text(reached)
    with zipfile.ZipFile(download(page, "Download for the README", folder / "p.zip")) as packed:
        files = {Path(name).name: packed.read(name) for name in packed.namelist()}
    assert files.keys() == {"README-part.md", "simple.png", "simple.txt"}
    assert files["simple.png"].startswith(b"\x89PNG")
    log = files["simple.txt"].decode()
    assert re.fullmatch(r"(Epoch (10|12)  loss \d+\.\d{6}  correct \d+\n){2}", log)
    assert f"```text\n{log}```" in files["README-part.md"].decode()


def download(page: Page, name: str, target: Path) -> Path:
    """Press a button that gives a file, and keep the file."""
    with page.expect_download() as given:
        button(page, name).click()
    given.value.save_as(target)
    return target


def test_a_mistake_is_shown_where_it_is_and_named(page: Page, site: str) -> None:
    """What came out, what was expected, the file and line, and what others did wrong like this."""
    path = "minitorch/scalar_functions.py"
    open_task(page, site, "1.4")
    solve(page, "1.4")
    wrong = TASKS["1.4"]["solution"][path]
    place = re.search(r"return d_output \* (\w+ \* \(1(?:\.0)? - \w+\))", wrong)
    assert place, "the textbook's Sigmoid is written in another way"
    write(page, path, wrong.replace(place[0], f"return {place[1]}"))
    run(page, r"^\d+ of \d+ passed$")
    results = page.get_by_role("list", name="Test results")
    failed = results.locator(".failed").first
    expect(failed).to_contain_text("expected")
    expect(failed).to_contain_text("came out")
    expect(region(page, "What it may be")).to_contain_text("d_output")
    expect(failed.get_by_role("link", name="Look at its graph")).to_be_visible()
    assert_accessible(page)
    # Both lead to the paragraph that explains it; the way back is to the same results.
    part = "Autodifferentiation: Each function knows its own slope"
    expect(region(page, "What it may be").get_by_role("link", name=part)).to_be_visible()
    failed.get_by_role("link", name="Read Autodifferentiation: The functions and their").click()
    expect(page.get_by_role("heading", name="The functions and their slopes")).to_be_in_viewport()
    page.go_back()
    expect(region(page, "What it may be")).to_contain_text("d_output")


def test_what_is_overwritten_comes_back(page: Page, site: str) -> None:
    """Solution, skeleton, undo, redo, and a reload in between."""
    open_task(page, site, "1.1")
    write(page, "minitorch/autodiff.py", "mine = 1\n")
    button(page, "Solution").click()
    button(page, "Show the solution").click()
    changes = page.get_by_role("group", name="Changes in minitorch/autodiff.py")
    expect(changes.locator("del")).to_contain_text(["mine = 1"])
    expect(changes.locator("ins").first).to_be_visible()
    assert_accessible(page)
    button(page, "Take it over").click()
    assert written(page) == TASKS["1.1"]["solution"]["minitorch/autodiff.py"]
    button(page, "Back to the skeleton").click()
    assert "Need to implement for Task 1.1" in written(page)
    page.wait_for_timeout(500)  # what is typed is kept when it pauses
    page.reload()
    expect(code(page)).to_be_visible()
    button(page, "Undo").click()
    assert written(page) == TASKS["1.1"]["solution"]["minitorch/autodiff.py"]
    button(page, "Undo").click()
    assert written(page) == "mine = 1\n"
    button(page, "Redo").click()
    assert written(page) == TASKS["1.1"]["solution"]["minitorch/autodiff.py"]


def test_hints_come_one_by_one_and_a_link_can_hide_them(page: Page, site: str) -> None:
    """A teacher's link hides hints and solutions; nothing in it runs by itself."""
    open_task(page, site, "1.2")
    for i in range(1, len(TASKS["1.2"]["hints"]) + 1):
        page.get_by_role("button", name="Hint").click()
        expect(region(page, "Hints").get_by_role("listitem")).to_have_count(i)
    expect(page.get_by_role("button", name="Hint")).to_be_disabled()
    open_task(page, site, "1.3", hide="both")
    expect(page.get_by_role("button", name="Hint")).to_have_count(0)
    expect(button(page, "Solution")).to_have_count(0)
    expect(status(page)).to_have_text("Not run yet")


TROUBLE = {
    "a loop without end": ("while True:\n    pass\n", "without coming to an end"),
    "the end of Python": (
        "import sys\nsys.exit(3)\n",
        "ends Python when it is imported: it calls exit with 3",
    ),
    "recursion without end": ("def f():\n    return f()\nf()\n", "maximum recursion depth"),
    "a syntax error": ("def f(:\n", "SyntaxError: invalid syntax"),
    "more memory than there is": ("x = bytearray(10**11)\n", "cannot fit"),
    "100,000 lines": ("for i in range(100_000):\n    print(i)\n", "without coming to an end"),
}


SOLUTION = TASKS["1.1"]["solution"]["minitorch/autodiff.py"]


@pytest.mark.parametrize("case", TROUBLE)
def test_code_that_goes_wrong_is_survived(case: str, kept_page: Page, site: str) -> None:
    """It is said what is wrong; the page, the text and Python live on to be told the next."""
    page, (trouble, said) = kept_page, TROUBLE[case]
    open_task(page, site, "1.1")
    write(page, "minitorch/autodiff.py", SOLUTION + "\n" + trouble)
    run(page, "^The tests could not run$")
    expect(region(page, "Results")).to_contain_text(said)
    assert written(page) == SOLUTION + "\n" + trouble


def test_stop_ends_what_counts_no_lines(kept_page: Page, site: str) -> None:
    """One long call runs no lines that could be counted: there, Stop is the way out."""
    page = kept_page
    open_task(page, site, "1.1")
    endless = "import time\ntime.sleep(1000)\n"
    write(page, "minitorch/autodiff.py", endless)
    button(page, "Run tests").click()
    page.wait_for_timeout(500)  # most likely, it sleeps by now; wherever it is, Stop ends it
    button(page, "Stop").click()
    expect(status(page)).to_have_text("Stopped", timeout=TESTING_MS)
    assert written(page) == endless
    # After this and all the trouble before, what is right passes.
    write(page, "minitorch/autodiff.py", SOLUTION)
    run(page, r"^(\d+) of \1 passed$")


def test_a_students_project_can_be_brought(page: Page, site: str, tmp_path: Path) -> None:
    """As students of 2022 and later have it: in a folder of its own, importing what is not here."""
    solved = content.project(content.up_to("1.4"))
    archive = tmp_path / "Module-1-someone.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path, text in solved.items():
            if path.startswith("minitorch/scalar"):
                text = text.replace(
                    "from __future__ import annotations\n",
                    "from __future__ import annotations\n\nimport numpy as np\n"
                    "from typing_extensions import Protocol\n",
                )
            packed.writestr(f"Module-1-someone-main/{path}", text)
        packed.writestr("Module-1-someone-main/minitorch/tensor_data.py", "import numba\n")
    open_task(page, site, "1.4")
    with page.expect_file_chooser() as chooser:
        button(page, "Import").click()
    chooser.value.set_files(archive)
    expect(page.get_by_role("status", name="Import")).to_contain_text("minitorch/scalar.py")
    run(page, r"^(\d+) of \1 passed$")


def test_two_tabs_do_not_destroy_each_others_work(context: BrowserContext, site: str) -> None:
    """What one tab writes, the other shows."""
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        open_task(page, site, "1.1")
        tab(page, "minitorch/autodiff.py").click()
        expect(code(page)).to_be_visible()
    write(first, "minitorch/autodiff.py", "# from the first tab\n")
    expect(code(second)).to_contain_text("from the first tab")
    write(second, "minitorch/autodiff.py", "# from the second tab\n")
    expect(code(first)).to_contain_text("from the second tab")


def test_all_of_it_fits_and_is_accessible(page: Page, site: str) -> None:
    """On a phone, task and code are two panels, chosen by tabs."""
    page.set_viewport_size({"width": 375, "height": 800})
    page.goto(f"{site}#/assignment/1.2")
    expect(page.get_by_role("heading", name="Task 1.2:")).to_be_visible()
    page.get_by_role("tab", name="Code", exact=True).click()
    wait_for_python(page)
    for width in (375, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        expect(button(page, "Run tests")).to_be_visible()
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
        assert_accessible(page)
