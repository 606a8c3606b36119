"""Links of any content are harmless: they show what they can, run nothing, and put nothing in."""

import json
import random
import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from tests.browser.views import (
    button,
    columns,
    editor_text,
    expect_idle,
    nodes,
    open_expression,
    open_train,
    region,
    run_code,
    set_field,
    show,
    the_result,
    train_to_the_end,
    wait_for_columns,
    without_python,
)

QUICK = {"dataset": "Simple", "points": 20, "hidden": 2, "rate": 0.5, "seed": 3}
MARKUP = "<img src=x onerror=alert(1)>"

NASTY = [
    *(MARKUP, "<script>alert(1)</script>", '"><svg onload=alert(1)>', "javascript:alert(1)"),
    *("__proto__", "constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__"),
    *("1e400", "-1e400", "0x10", "0b1", "١٢", "-0", "", " ", "NaN", "Infinity", "1e3", "1_000"),
    *("+5", "007", "5.0", "null", "undefined", "[object Object]", "2147483649", "9" * 500),
    *("\u202egnp.exe", "a\u200bb\ufeffc", "\0", "\x07\x1b[31m", "\ud800", "x\udfff", "\U0010ffff"),
    *("%", "%zz", "%E0%A4%A", "%00", "%ED%A0%80", "&&==", "a=b&a", "#", "##", "?", "../../etc"),
    *("x" * 5000, "\r\n\t", "{{7*7}}", "${alert(1)}", "$$\\LaTeX$$", "@{loss}", "😀" * 50),
]
KEYS = {
    "train": ["dataset", "points", "hidden", "rate", "epochs", "seed", "engine", "drawing"],
    "expression": ["x", "y", "z", "code"],
}
VALID = {
    "dataset": ["Simple", "Xor", "Spiral"],
    "points": ["1", "50", "1000"],
    "hidden": ["1", "10", "100"],
    "rate": ["0.01", "3"],
    "epochs": ["1", "10000"],
    "seed": ["0", "2147483648"],
    "engine": ["compiled", "eager"],
    "drawing": ["animated", "end"],
    **{key: ["0", "-1.5", "1e300", "5e-324"] for key in "xyz"},
    "code": ["x * y", "while True: pass", f"print('{MARKUP}')", "\n\n", "x\r\ny"],
}


def hashes(count: int) -> list[str]:
    """Make up links: nonsense, hostile ones, and some that are as they should be."""
    pick = random.Random(4)

    def anything() -> str:
        kind = pick.random()
        if kind < 0.6:
            return pick.choice(NASTY)
        return "".join(chr(pick.randrange(0x10FFFF)) for _ in range(pick.randrange(30)))

    def written(text: str) -> str:
        """Percent-encode it, or not, or badly."""
        if pick.random() < 0.3:
            return text
        encoded = quote(text.encode("utf-8", "surrogatepass"), safe="")
        return encoded if pick.random() < 0.9 else encoded[: pick.randrange(len(encoded) + 1)]

    def link(view: str) -> str:
        pairs = []
        for _ in range(pick.randrange(8)):
            key = pick.choice([*KEYS[view]] * 3 + NASTY)
            good = key in VALID and pick.random() < 0.5
            pairs.append((key, pick.choice(VALID[key]) if good else anything()))
        query = "&".join(f"{written(key)}={written(value)}" for key, value in pairs)
        path = f"/{view}" if pick.random() < 0.9 else written(anything())
        return f"#{path}{pick.choice(['?', '?', '?', '', '/?', '??'])}{query}"

    # In stretches of one view, which is quicker to show than to be changed each time.
    views = [view for _ in range(5) for view in KEYS for _ in range(count // 10)]
    long = [
        "#/train?" + "&".join(f"nonsense{i}={i}" for i in range(3000)),
        "#/train?hidden=" + "7" * 10**6,
        "#/" + "%" * 10**6,
        "#/expression?x=1&code=" + "%0A" * 10**5,
        "#/expression?code=" + quote("é" * 3999),
    ]
    return [link(view) for view in views] + long


# Goes to one link after another, and tells of each that does more than it should. `kept` is the
# text that stays in the editor when a link brings none.
FOLLOW = """async () => {
  const hashes = HASHES;
  const bounds = {
    Points: [1, 1000], "Hidden size": [1, 100], Epochs: [1, 10_000], Seed: [0, 2 ** 31],
  };
  const all = (selector) => [...document.querySelectorAll(selector)];
  const turn = () => new Promise((resume) => setTimeout(resume));
  const found = [];
  let kept = KEPT;
  for (const hash of hashes) {
    const arrived = new Promise((resume) => {
      addEventListener("hashchange", resume, { once: true });
      setTimeout(resume, 100); // the same link twice is no change
    });
    location.hash = hash;
    await arrived;
    await turn();
    for (const problem of [...look(), ...(await read(hash))]) {
      found.push(`${problem}: ${hash.slice(0, 200)}`);
    }
  }
  return found;

  function* look() {
    const strange = [
      ...all("body :is(img, iframe, object, embed, base, link, meta, script, style, audio, video)"),
      ...all("head > script:not([src]):not(#assets):not([type=importmap]), a[href^=javascript]"),
      ...all("*").filter((one) => one.getAttributeNames().some((name) => /^on/i.test(name))),
    ];
    if (strange.length > 0) yield `there is ${strange[0].outerHTML.slice(0, 200)}`;
    for (const input of all("input[type=number]")) {
      const label = document.querySelector(`label[for="${input.id}"]`).textContent;
      const [low, high] = bounds[label] ?? [-Number.MAX_VALUE, Number.MAX_VALUE];
      const value = input.valueAsNumber;
      if (!(low <= value && value <= high)) yield `${label} is ${input.value}`;
    }
    const sentences = all("[aria-label=Notice] p").map((one) => one.innerText);
    if (sentences.length > 6 || sentences.join().length > 1500) yield "the notice is long";
    if (all("h1").length !== 1) yield "there is no view";
    const told = all(".output, [role=alert]").map((one) => one.innerText);
    if (told.length > 0) yield `something ran: ${told[0].slice(0, 200)}`;
    const training = all("[aria-label=Training]").map((one) => one.innerText).join();
    if (!/^(|Epoch 10 of .*|Epoch 0 of .* not trained yet)$/.test(training)) yield training;
    for (const _ in {}) yield "there is something new in every object";
  }

  async function read(hash) {
    // An address has no line breaks: browsers leave them out.
    const [path, query = ""] = hash.replace(/[\\t\\r\\n]/g, "").split(/\\?(.*)/s);
    if (path.replace(/\\/$/, "") !== "#/expression" || hash.length > 100_000) return [];
    while (!document.querySelector(".cm-content")) await turn();
    const { code } = Object.fromEntries(new URLSearchParams(query));
    const isGiven = code !== undefined && code.length <= 4000;
    const wanted = isGiven ? code.replace(/\\r\\n?/g, "\\n") : kept;
    const text = all(".cm-line").map((one) => one.textContent).join("\\n");
    kept = text;
    return text === wanted ? [] : [`the editor has ${JSON.stringify(text.slice(0, 200))}`];
  }
}"""


def follow(page: Page, links: list[str], kept: str) -> list[str]:
    """Go to links, as one who edits the address; in a script, half characters can be written."""
    script = FOLLOW.replace("HASHES", json.dumps(links)).replace("KEPT", json.dumps(kept))
    return page.evaluate(script)


def test_links_of_any_content(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK, epochs=10, drawing="end")
    train_to_the_end(page, 10)
    # Where links lead that can't be read: once it has been fetched, it is there at once.
    show(page, "Start")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    open_expression(page, site, "x * z")
    assert editor_text(page) == "x * z"
    assert follow(page, hashes(100), "x * z") == []

    # Nothing has been lost on the way, and everything answers.
    run_code(page, "x * y")
    expect_idle(page)
    expect(the_result(page)).to_have_text("The result is 6.0.")
    open_train(page, site, **QUICK, epochs=20, drawing="end")
    train_to_the_end(page, 20)


def test_a_few_links_followed_from_elsewhere(kept_page: Page, site: str) -> None:
    page = kept_page.context.new_page()
    without_python(page)
    for link in (
        f"#/{quote(MARKUP)}",
        f"#/expression?code={quote(MARKUP)}&x=1e400&__proto__={quote(MARKUP)}",
        "#/train?" + "&".join(f"nonsense{i}={MARKUP}" for i in range(300)),
        "#/train?hidden=" + "7" * 10**6,
    ):
        page.goto("about:blank")
        page.goto(site + link)
        notice = page.get_by_role("status", name="Notice")
        expect(notice).to_be_visible()
        assert len(notice.inner_text()) < 1000
        assert page.locator("body :is(img, script)").count() == 0
    page.goto("about:blank")
    page.goto(f"{site}#/train?" + "&".join(f"nonsense{i}={i}" for i in range(300)))
    expect(notice.locator("p")).to_have_count(6)
    expect(notice.locator("p").last).to_have_text("And 295 more like these.")
    page.close()


def test_an_address_that_may_not_be_changed_follows_later(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, **QUICK)
    refuse = """() => {
      history.replaceState = () => { throw new DOMException("Too often.", "SecurityError"); };
    }"""
    page.evaluate(refuse)
    before = page.url
    set_field(page, "Points", 21)
    expect(page.get_by_role("img", name=re.compile("points with label"))).to_be_visible()
    assert page.url == before
    page.evaluate("() => { delete history.replaceState; }")
    expect(page).to_have_url(re.compile("points=21"))


NAMES = [MARKUP, "$$x^2$$", "@{title}", "a\\nb", "\\u202egnp", "${x}", "&lt;"]


def test_names_messages_and_output_are_text(kept_page: Page, site: str) -> None:
    page = kept_page
    open_expression(page, site)
    names = ", ".join(f'"{name}"' for name in NAMES)
    run_code(
        page,
        f"names = [{names}]\n"
        "class Odd(ScalarFunction):\n"
        "    forward = staticmethod(lambda ctx, a: a)\n"
        "    backward = staticmethod(lambda ctx, d: d)\n"
        "Odd.__name__ = Odd.__qualname__ = names[0]\n"
        "print(*names, sep='|')\n"
        "result = x\n"
        "for name in names:\n    result = Odd.apply(result * Scalar(2.0, name=name))\n"
        "    result.name = name\n"
        "result",
    )
    expect_idle(page)
    expect(the_result(page)).to_have_text("The result is 256.0.")
    written = [name.encode().decode("unicode_escape") for name in NAMES]
    expect(page.get_by_role("group", name="Printed")).to_have_text("|".join(written) + "\n")
    listed = {row[0] for row in nodes(page)}
    assert {MARKUP, "$$x^2$$", "@{title}", "&lt;"} <= listed
    wait_for_columns(page, "operations")
    # What the canvas shows is drawn by the letter, so no TeX is set, and none is fetched.
    assert "$$x^2$$" in columns(page, "leaves")["title"]
    button(page, "Last").click()
    for _ in range(3):
        button(page, "Back").click()
    expect(region(page, "Computation graph").locator(".walk-words")).not_to_be_empty()

    run_code(
        page,
        f"class Odd(Exception): pass\nOdd.__name__ = {MARKUP!r}\nraise Odd({MARKUP!r}, '$$x$$')\nx",
    )
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text(f"('{MARKUP}', '$$x$$')")
    assert page.locator("body :is(img, script, object)").count() == 0
    assert page.evaluate("() => typeof MathJax") == "undefined"
