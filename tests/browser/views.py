"""The page as a test uses it: by the names that its readers see and hear."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Error, Locator, Page, Route, expect

from web.tools.paths import ROOT

LOADING_MS = 60_000  # for Python to load: a few seconds, but on a busy machine many more
TRAINING_MS = 60_000


def address(site: str, view: str, **settings: object) -> str:
    """Give the address of a view with some settings."""
    return f"{site}#/{view}?{urlencode(settings)}"


def show(page: Page, view: str) -> None:
    """Go to another view by the navigation."""
    page.get_by_role("navigation", name="Main").get_by_role("link", name=view).click()
    expect(page).to_have_title(f"{view} · MiniTorch")


def python_status(page: Page) -> Locator:
    """Find the line that says what Python is doing."""
    return page.get_by_role("status", name="Python", exact=True)


def wait_for_python(page: Page) -> None:
    """Wait until Python has been loaded."""
    expect(python_status(page)).to_have_text("Python ready", timeout=LOADING_MS)


def python_again(page: Page) -> None:
    """Wait for Python; where it has ended too often, the page asks first: press its button."""
    again = button(page, "Start again")
    ready = python_status(page).filter(has_text=re.compile("Python ready"))
    expect(again.or_(ready)).to_be_visible(timeout=LOADING_MS)
    if again.is_visible():
        with suppress(Error):
            again.click(timeout=2000)
    wait_for_python(page)


def button(page: Page, name: str) -> Locator:
    """Find a button."""
    return page.get_by_role("button", name=name, exact=True)


def field(page: Page, label: str) -> Locator:
    """Find a number field."""
    return page.get_by_role("spinbutton", name=label, exact=True)


def set_field(page: Page, label: str, value: object) -> None:
    """Fill a number field and leave it, as one does who goes on to the next."""
    field(page, label).fill(str(value))
    field(page, label).blur()


def choice(page: Page, label: str) -> Locator:
    """Find a combobox."""
    return page.get_by_role("combobox", name=label, exact=True)


def region(page: Page, name: str) -> Locator:
    """Find a titled part of a view."""
    return page.get_by_role("region", name=name, exact=True)


def table(page: Page, name: str) -> Locator:
    """Find a table."""
    return page.get_by_role("table", name=name, exact=True)


def rows(table: Locator) -> list[list[str]]:
    """Read the cells of a table's body."""
    return table.locator("tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )


def columns(page: Page, source: str) -> dict[str, list[object]]:
    """Read a data source of a figure, by the name it has in web/figures."""
    return page.evaluate(
        """name => {
          const found = Bokeh.documents.map((d) => d.get_model_by_name(name)).find(Boolean);
          const plain = (value) =>
            typeof value === "object" && value !== null ? Array.from(value, plain) : value;
          return Object.fromEntries(
            Object.entries(found.data).map(([key, column]) => [key, plain(column)]),
          );
        }""",
        source,
    )


def wait_for_columns(page: Page, source: str) -> None:
    """Wait until a figure is there and has rows in this data source."""
    has_rows = """name => window.Bokeh?.documents.some((d) => {
      const found = d.get_model_by_name(name);
      return found && Object.values(found.data).every((column) => column.length > 0);
    })"""
    wait_until(page, has_rows, source)


def wait_until(page: Page, condition: str, argument: object = None, patience: int = 30_000) -> None:
    """Wait until a JavaScript function gives true; `wait_for_function` would need eval."""
    page.evaluate(
        """async ([source, argument, patience]) => {
          const condition = CONDITION;
          const end = performance.now() + patience;
          while (!condition(argument)) {
            if (performance.now() > end) throw new Error(`Waited in vain for: ${source}`);
            await new Promise((resume) => setTimeout(resume, 20));
          }
        }""".replace("CONDITION", condition),
        [condition, argument, patience],
    )


# ----------------------------------------------------------------------------------------- Python


def without_python(page: Page) -> None:
    """Let Python never arrive: for tests that can do without it, and are quicker then."""
    page.route("**/worker-*.js", lambda route: None)


def change_training(page: Page, built: Path, addition: str) -> None:
    """Let Python in the page have some more lines at the end of `bridge/training/session.py`."""
    (archive,) = (built / "assets").glob("python-*.wasm")
    changed = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            # Python compiles the changed source.
            if name == "bridge/training/session.pyc":
                source = (ROOT / "web" / name.removesuffix("c")).read_text(encoding="utf-8")
                new.writestr(name.removesuffix("c"), source + addition)
            else:
                new.writestr(name, old.read(name))
    body = changed.getvalue()
    change_file(page, f"assets/{archive.name}", lambda _: body)


def change_file(page: Page, path: str, change: Callable[[bytes], bytes]) -> None:
    """Let a file of the site be another one, of which the page knows no hash."""

    # What a page still asks for when its test is over can't be answered any more; were it to
    # raise, another test would hear of it.
    def answer(route: Route) -> None:
        with suppress(Error):
            response = route.fetch()
            route.fulfill(response=response, body=change(response.body()))

    def forget(route: Route) -> None:
        known = re.compile(rf'("{re.escape(path)}": )"sha256-[^"]*"')
        with suppress(Error):
            response = route.fetch()
            route.fulfill(response=response, body=known.sub(r'\1""', response.text()))

    page.route(f"**/{path}", answer)
    page.route(re.compile(r"/some/project/$"), forget)


def watch_workers(page: Page) -> None:
    """Let `kill` find the workers of the page; call before it is opened."""
    page.add_init_script(
        """window.workersOfTest = [];
        window.killed = window.ended = 0;
        window.Worker = class extends Worker {
          constructor(...given) {
            super(...given);
            window.workersOfTest.push(this);
          }
          postMessage(message) {
            this.isUsed ||= "name" in message && !["start", "beat"].includes(message.name);
            super.postMessage(message);
          }
          terminate() {
            window.ended += 1;
            window.workersOfTest = window.workersOfTest.filter((one) => one !== this);
            super.terminate();
          }
        };"""
    )


def kill(page: Page) -> None:
    """End Python as a browser does that needs the memory: it tells nobody.

    That is each Python in use, or the one that has yet to start; not one that stands by.
    """
    page.evaluate(
        """() => {
          const used = workersOfTest.filter(({ isUsed }) => isUsed);
          const all = used.length ? used : [workersOfTest[0]];
          killed += all.length;
          for (const one of all) one.terminate();
        }"""
    )


def wait_for_spare(page: Page) -> None:
    """Wait until another Python stands by."""
    wait_until(page, "() => minitorch.hasSpare()")


# ------------------------------------------------------------------------------------------ Train

TRAINED = re.compile(
    r"^Epoch (?P<epoch>[\d,]+) of (?P<goal>[\d,]+) · loss (?P<loss>\d[\d.e+-]*)"
    r" · (?P<correct>[\d,]+) of (?P<points>[\d,]+) correct"
    r"(?: · held out: .* correct)?(?: · about .* left)?$"
)


def training_status(page: Page) -> Locator:
    """Find the line that says how far the training is."""
    return page.get_by_role("status", name="Training", exact=True)


def trained(page: Page) -> dict[str, str]:
    """Read the status "Training", which has to be that of a trained model."""
    text = training_status(page).inner_text()
    match = TRAINED.match(text)
    assert match, text
    return match.groupdict("")


def epoch(page: Page) -> int:
    """Read the number of epochs done."""
    match = re.match(r"Epoch ([\d,]+) of", training_status(page).inner_text())
    return int(match[1].replace(",", "")) if match else 0


def open_train(page: Page, site: str, **settings: object) -> None:
    """Go to the Train view with these settings and an untrained model."""
    labels = {
        "points": "Points",
        "hidden": "Hidden size",
        "epochs": "Epochs",
        "seed": "Seed",
        "heldOut": "Held-out",
        "noise": "Noise",
        "dataset": "Dataset",
        "rate": "Learning rate",
        "engine": "Engine",
        "drawing": "Drawing",
    }
    before = _model(page.url)
    if before is not None and training_status(page).inner_text().endswith("not trained yet"):
        # So that "not trained yet" tells of the new model, and not still of this one.
        button(page, "Step").click()
        expect(training_status(page)).to_have_text(re.compile("^Epoch 1 of"))
    page.goto(address(site, "train", **settings))
    for name, value in settings.items():
        find = choice if name in ("dataset", "rate", "engine", "drawing") else field
        expect(find(page, labels[name])).to_have_value(str(value))
    wait_for_python(page)
    untrained = training_status(page).inner_text().endswith("not trained yet")
    if _model(page.url) == before or not untrained:
        button(page, "Reset").click()
    expect(training_status(page)).to_have_text(
        re.compile(r"^Epoch 0 of [\d,]+ · not trained yet$"), timeout=LOADING_MS
    )


def _model(url: str) -> dict[str, list[str]] | None:
    """Read the settings in an address that make one model differ from another."""
    path, _, query = urlsplit(url).fragment.partition("?")
    if path != "/train":
        return None
    others = ("epochs", "engine", "drawing")
    return {name: value for name, value in parse_qs(query).items() if name not in others}


def train_to_the_end(page: Page, epochs: int) -> dict[str, str]:
    """Press Train and wait for the last epoch."""
    button(page, "Train").click()
    count = f"{epochs:,}"
    expect(training_status(page)).to_have_text(
        re.compile(rf"^Epoch {count} of {count} · .* correct$"), timeout=TRAINING_MS
    )
    # Not sooner is the plane drawn that tells the last loss.
    expect(button(page, "Train")).to_be_enabled()
    return trained(page)


def expect_trained(page: Page, done: int, goal: int) -> None:
    """Wait until the page shows a model that has been trained so far and waits for more."""
    expect(training_status(page)).to_have_text(
        re.compile(rf"^Epoch {done:,} of {goal:,} · loss .* correct$"), timeout=LOADING_MS
    )
    expect(button(page, "Train")).to_be_enabled()


def losses(page: Page) -> list[float]:
    """Read the exact loss of each epoch from the file that the page offers."""
    with page.expect_download() as started:
        button(page, "Download CSV").click()
    text = started.value.path().read_text(encoding="utf-8")
    return [float(row["loss"]) for row in csv.DictReader(io.StringIO(text))]


# ------------------------------------------------------------------------------------- Expression


def editor(page: Page) -> Locator:
    """Find the editor: at first a plain text area, soon CodeMirror."""
    return page.get_by_role("textbox", name="Expression", exact=True)


def enter_editor(page: Page) -> None:
    """Put the cursor into the editor, at which CodeMirror takes over if it has not yet."""
    editor(page).focus()
    expect(editor(page)).to_have_attribute("contenteditable", "true")


def editor_text(page: Page) -> str:
    """Read the editor, line by line."""
    enter_editor(page)
    return "\n".join(editor(page).locator(".cm-line").all_text_contents())


def paste_code(page: Page, code: str) -> None:
    """Replace the text of the Expression view's editor."""
    enter_editor(page)
    paste_into(editor(page), code)


def paste_into(box: Locator, text: str) -> None:
    """Replace an editor's text as one does who pastes; `fill` does what nobody's keys do."""
    box.press("Control+a")
    box.press("Delete")
    box.page.keyboard.insert_text(text)


def type_code(page: Page, code: str) -> None:
    """Replace the editor's text, and see that it is there."""
    paste_code(page, code)
    assert editor_text(page).split("\n") == code.split("\n")


def open_expression(page: Page, site: str, code: str | None = None, **inputs: float) -> None:
    """Go to the Expression view, with this code and these inputs."""
    given = {"x": 2, "y": 3, "z": 1} | inputs | ({} if code is None else {"code": code})
    page.goto(address(site, "expression", **given))
    for name in ("x", "y", "z"):
        expect(field(page, name)).to_have_value(str(given[name]))
    wait_for_python(page)
    if code is not None:
        assert editor_text(page).split("\n") == code.split("\n")


def run_code(page: Page, code: str) -> None:
    """Type code, press Run, and wait until it has run."""
    type_code(page, code)
    button(page, "Run").click()
    expect_idle(page)


def expect_idle(page: Page) -> None:
    """Wait until nothing runs; what is imported for the first time takes a busy machine a while."""
    expect(button(page, "Stop")).to_be_disabled(timeout=30_000)


def derivatives(page: Page) -> dict[str, list[str]]:
    """Read the table of derivatives: value, derivative, central difference by variable."""
    return {name: numbers for name, *numbers in rows(table(page, "Derivatives"))}


def the_result(page: Page) -> Locator:
    """Find the sentence that gives the expression's value."""
    return page.get_by_text(re.compile(r"The result is [^.]+\S*\."))


def nodes(page: Page) -> list[list[str]]:
    """Read the graph's nodes from the table that says the same as the drawing."""
    folded = region(page, "Computation graph").locator("details table")
    return rows(folded)
