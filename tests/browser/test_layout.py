"""Nothing is cut or runs out of the page: narrow and wide, light and dark."""

from playwright.sync_api import Page, expect

from tests.browser.views import (
    address,
    button,
    field,
    open_expression,
    open_train,
    run_code,
    set_field,
    table,
    the_result,
    wait_for_columns,
    wait_for_python,
)

# Each finding is a sentence.
FIND_FLAWS = """() => {
  const found = [];
  const name = (e) => {
    const text = (e.ariaLabel ?? (e.textContent || e.id)).trim().slice(0, 30);
    return `${e.tagName.toLowerCase()}.${e.className} "${text}"`;
  };
  const isShown = (e) => e.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const scrolls = (e) => {
    for (let up = e; up && up !== document.body; up = up.parentElement) {
      if (["auto", "scroll"].includes(getComputedStyle(up).overflowX)) return true;
    }
    return false;
  };
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) {
    const widest = [...document.querySelectorAll("body *")].filter(
      (e) => e.getBoundingClientRect().right > innerWidth && !scrolls(e.parentElement),
    );
    const who = widest.slice(0, 8).map(name).join(", ");
    found.push(`the page is ${scrollWidth} wide, not ${innerWidth}: ${who}`);
  }

  const controls = [...document.querySelectorAll("button, input, select, textarea, nav a")];
  const shown = controls.filter((e) => isShown(e) && !e.closest("[popover], .skip"));
  for (const e of shown) {
    const box = e.getBoundingClientRect();
    if (box.left < 0 || box.right > innerWidth + 0.5) found.push(`${name(e)} leaves the page`);
    const card = e.closest(".card")?.getBoundingClientRect();
    if (card && (box.left < card.left || box.right > card.right + 0.5 || box.bottom > card.bottom))
      found.push(`${name(e)} leaves its card`);
    if (e.matches("button, a") && (e.scrollWidth > e.clientWidth + 1 && e.clientWidth))
      found.push(`${name(e)} is narrower than its text`);
  }
  shown.forEach((a, i) => {
    const one = a.getBoundingClientRect();
    for (const b of shown.slice(i + 1)) {
      const other = b.getBoundingClientRect();
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
      if (across > 1 && down > 1) found.push(`${name(a)} lies over ${name(b)}`);
    }
  });

  for (const e of document.querySelectorAll("h1, h2, h3, p, label, th, td, summary, .brand")) {
    if (!isShown(e) || e.closest("[popover], .skip") || scrolls(e)) continue;
    if (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== "inline")
      found.push(`${name(e)} is cut: ${e.scrollWidth} in ${e.clientWidth}`);
    if (e.getBoundingClientRect().right > innerWidth + 0.5)
      found.push(`${name(e)} leaves the page`);
  }
  return found;
}"""

SIZES = {
    "small phone": (320, 640),
    "phone": (375, 720),
    "tablet": (768, 1024),
    "desk": (1440, 900),
    "wall": (2560, 1300),
}


def assert_no_flaws_anywhere(page: Page) -> None:
    """Look at the page as it is in each size and in both colour schemes."""
    flaws = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            # Figures follow their frames a moment later; two frames of the screen are enough.
            page.evaluate(
                "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
            )
            found = page.evaluate(FIND_FLAWS)
            if found:
                flaws[f"{scheme}, {size}"] = found
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    assert flaws == {}


def test_train_fits(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(
        page, site, dataset="Circle", points=1000, hidden=1, rate=0.03, seed=1, epochs=10_000
    )
    assert_no_flaws_anywhere(page)
    # The longest numbers there are.
    button(page, "Step").click()
    expect(page.get_by_role("status", name="Training")).to_contain_text("Epoch 1 of 10,000")
    wait_for_columns(page, "loss")
    assert_no_flaws_anywhere(page)
    set_field(page, "Seed", 1.5)
    expect(page.get_by_role("alert")).to_have_count(1)
    assert_no_flaws_anywhere(page)


def test_what_ran_fits(kept_page: Page, site: str) -> None:
    page = kept_page
    open_train(page, site, dataset="Xor", points=1000, hidden=7, rate=0.5, seed=2, epochs=2)
    button(page, "Train").click()
    expect(page.get_by_role("status", name="Training")).to_contain_text("Epoch 2 of 2")
    button(page, "Compare the engines").click()
    answer = page.get_by_role("status", name="Comparison")
    expect(answer).to_contain_text("times as fast", timeout=60_000)
    page.get_by_text("The program, as Python").click()
    expect(page.get_by_role("group", name="The program")).to_contain_text("for ")
    assert_no_flaws_anywhere(page)


def test_expression_fits(kept_page: Page, site: str) -> None:
    page = kept_page
    open_expression(page, site, x=-12345.678, y=0.00012345, z=99999999)
    assert_no_flaws_anywhere(page)
    run_code(page, "print('a long line ' * 40)\n(x * x) * y + 10.0 * x + z * z * z + x.exp()")
    expect(the_result(page)).to_be_visible()
    wait_for_columns(page, "operations")
    assert_no_flaws_anywhere(page)
    button(page, "Next").click()
    page.get_by_text("The same as a table").click()
    assert_no_flaws_anywhere(page)
    run_code(page, "a_name_that_is_rather_long_and_has_not_been_assigned_to_anything_at_all * x")
    expect(page.get_by_role("alert")).to_have_count(1)
    page.get_by_role("alert").get_by_text("What Python said").click()
    assert_no_flaws_anywhere(page)


def test_functions_fits(kept_page: Page, site: str) -> None:
    page = kept_page
    for function, row in (("cube", ["x", "1.0", "3.0"]), ("div2", ["x", "1.0", "0.6666667"])):
        page.goto(address(site, "functions", function=function))
        wait_for_python(page)
        first = table(page, "At the point").locator("tbody tr").first
        expect(first).to_contain_text("".join(row))
        assert_no_flaws_anywhere(page)


def test_what_a_form_says_moves_nothing_and_comes_after_its_controls(
    kept_page: Page, site: str
) -> None:
    """Train is few stops of the keyboard away, and stays where it is; plots are no stops."""
    page = kept_page
    page.goto(address(site, "train", dataset="Simple"))
    wait_for_python(page)
    wait_for_columns(page, "points_0")
    before = button(page, "Train").bounding_box()
    field(page, "Points").fill("many")
    field(page, "Points").blur()
    expect(page.get_by_role("alert")).to_contain_text("Needs a whole number")
    assert button(page, "Train").bounding_box() == before
    field(page, "Points").fill("50")
    field(page, "Points").blur()
    expect(page.get_by_role("button", name="About Points", exact=True)).to_be_visible()

    page.reload()
    wait_for_python(page)
    wait_for_columns(page, "points_0")
    stops: list[str] = []
    while not stops or (len(stops) < 60 and stops[-1] != "BODY"):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUSED))
    controls = stops[stops.index("Dataset") : stops.index("Train", 9) + 1]
    assert not [name for name in controls if name.startswith("About")]
    assert len(controls) <= 12
    assert "" not in stops


# The accessible name of what has the focus, as far as these controls need it.
FOCUSED = """() => {
  let e = document.activeElement;
  while (e.shadowRoot?.activeElement) e = e.shadowRoot.activeElement;
  if (e === document.body) return "BODY";
  const by = (e.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
  const text = (one) => one?.getAttribute("aria-label") ?? one?.textContent ?? "";
  const named = by.map((id) => text(document.getElementById(id))).join(" ");
  return (named || e.getAttribute("aria-label") || text(e.labels?.[0]) || e.textContent).trim();
}"""


def test_forced_colours_keep_what_is_chosen_and_paper_all_of_it(kept_page: Page, site: str) -> None:
    page = kept_page
    page.goto(address(site, "train", dataset="Simple"))
    page.emulate_media(forced_colors="active")
    style = "e => [getComputedStyle(e).outlineStyle, getComputedStyle(e).borderBottomColor]"
    links = page.get_by_role("navigation", name="Main").get_by_role("link")
    here, other = links.filter(has_text="Train"), links.filter(has_text="Expression")
    assert here.evaluate(style)[0] == "solid"
    assert other.evaluate(style)[0] == "none"
    ground = "e => getComputedStyle(e).borderTopStyle"
    assert page.get_by_role("progressbar").first.evaluate(ground) == "solid"
    page.emulate_media(forced_colors="none")

    page.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate("() => getComputedStyle(document.body).width") == "1280px"
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    page.emulate_media(media="screen")


def test_text_stands_out_in_both_colour_schemes(kept_page: Page, site: str) -> None:
    page = kept_page
    page.goto(site)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        ink, paper = page.evaluate(
            """() => ["color", "background-color"].map((property) => {
              const [r, g, b] =
                getComputedStyle(document.body)[property].match(/[\\d.]+/g).map(Number);
              return (0.3 * r + 0.6 * g + 0.1 * b) / 255;
            })"""
        )
        assert abs(ink - paper) > 0.6
        assert (paper > ink) == (scheme == "light")
    page.emulate_media(color_scheme="light")
