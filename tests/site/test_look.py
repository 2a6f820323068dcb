"""The look keeps its promises: contrast, open zeros, no inline style, nothing fetched from elsewhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from tests.settings import BASE_DIR

STATIC = BASE_DIR / "mktnorge" / "static" / "mktnorge"
TEMPLATES = BASE_DIR / "templates"
SHEETS = sorted(STATIC.glob("*.css"))
PAGES = sorted(TEMPLATES.rglob("*.html"))
FONTS = sorted((STATIC / "fonts").glob("*.woff2"))
GROUNDS = ["paper", "shade", "mist"]

# What a colour is used for decides what WCAG 2.2 asks of it: 1.4.3 for text, 1.4.11 for controls and focus.
TEXT = ["ink", "ink-soft", "spruce", "spruce-deep", "rust", "ochre"]
EDGES = ["line-strong"]
OTHER_PAIRS = [
    ("on-spruce", "spruce", 4.5),
    ("on-spruce", "spruce-deep", 4.5),
    ("ink", "rust-pale", 4.5),
    ("rust", "rust-pale", 4.5),
    ("ink", "ochre-pale", 4.5),
    ("ochre", "ochre-pale", 4.5),
]


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def stated(css: str) -> dict[str, list[float]]:
    """The three figures in the comment behind each colour that has them."""
    lines = re.findall(r"--([\w-]+): #[0-9a-f]{6};\s*/\* ([\d.]+) / ([\d.]+) / ([\d.]+)", css)
    return {name: [float(figure) for figure in figures] for name, *figures in lines}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance of sRGB."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def sections() -> dict[str, str]:
    """The CSS of each theme: light, dark by the device, dark by the admin's switch."""
    dark = (STATIC / "screen.css").read_text()
    device, switch = dark.split(':root[data-theme="dark"]')
    return {
        "light": (STATIC / "tokens.css").read_text(),
        "dark": device.split('data-theme="light"')[1],
        "switched dark": switch,
    }


THEMES = {name: colours(css) for name, css in sections().items()}


def test_contrast_of_black_on_white_is_21():
    """The yardstick itself: WCAG gives 21:1 for black on white, and 4.54:1 for #767676."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(("names", "needed"), [(TEXT, 4.5), (EDGES, 3.0)])
def test_colours_reach_their_contrast(theme, ground, names, needed):
    palette = THEMES[theme]
    for name in names:
        assert contrast(palette[name], palette[ground]) >= needed, (theme, name, ground)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("front", "back", "needed"), OTHER_PAIRS)
def test_pairs_reach_their_contrast(theme, front, back, needed):
    assert contrast(THEMES[theme][front], THEMES[theme][back]) >= needed


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_stated_figures_are_true(theme):
    figures = stated(sections()[theme])
    assert {*TEXT, *EDGES, "cloudberry"} <= figures.keys()
    for name, three in figures.items():
        actual = [contrast(THEMES[theme][name], THEMES[theme][ground]) for ground in GROUNDS]
        assert three == pytest.approx(actual, abs=0.051), (name, actual)


def test_both_ways_to_dark_are_the_same():
    assert THEMES["dark"] == THEMES["switched dark"]
    assert THEMES["dark"].keys() == THEMES["light"].keys()


def test_colours_are_named_once():
    """Everywhere else a colour goes by its name, or dark would be forgotten. Paper is its own world."""
    for sheet in SHEETS:
        if sheet.name not in {"tokens.css", "screen.css", "print.css", "paper.css"}:
            assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*})", sheet.read_text()), sheet.name


def test_every_custom_property_exists():
    known = set()
    for sheet in SHEETS:
        known |= set(re.findall(r"(?:^|[{\s;])(--[\w-]+):", sheet.read_text()))
    for sheet in SHEETS:
        asked = set(re.findall(r"var\((--[\w-]+)\)", sheet.read_text()))
        assert asked <= known, (sheet.name, asked - known)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_sheets_fetch_only_what_is_shipped(sheet):
    for address in re.findall(r"url\(\"?([^\")]+)\"?\)", sheet.read_text()):
        assert (sheet.parent / address).is_file(), address
    assert "http" not in re.sub(r"/\*.*?\*/|\[href\^=\"http\"\]", "", sheet.read_text(), flags=re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_pages_carry_nothing_inline(page):
    """The content security policy would drop it silently. PDF templates are held to the same."""
    markup = page.read_text()
    assert not re.search(r"\sstyle\s*=", markup)
    assert not re.search(r"<style\b", markup)
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", markup)
    assert not re.search(r"<[^>{]*\son[a-z]+\s*=", markup)
    assert not re.search(r"(?:src|srcset|action)=[\"']https?:", markup)
    assert not re.search(r"<link[^>]*href=[\"']https?:", markup)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_static_files_of_pages_exist(page):
    for name in re.findall(r"{% static [\"']([^\"']+)[\"'] %}", page.read_text()):
        assert finders.find(name), name


def test_every_sign_can_be_drawn():
    from mktnorge.templatetags.look import SIGN_OF_KIND, SIGNS, icon

    for name in SIGNS:
        assert icon(name).startswith("<svg")
        assert 'aria-hidden="true"' in icon(name)
    assert set(SIGN_OF_KIND.values()) <= SIGNS.keys()
    with pytest.raises(KeyError):
        icon("unknown")


def faces() -> list[dict[str, str]]:
    blocks = re.findall(r"@font-face {(.*?)}", (STATIC / "fonts.css").read_text(), re.DOTALL)
    return [dict(re.findall(r"([\w-]+): ([^;]+);", block)) for block in blocks]


def test_no_two_faces_share_family_weight_and_style():
    """WeasyPrint 70 takes two such files for one, and prints the letters of one with the shapes of the other."""
    keys = [(face["font-family"], face["font-weight"], face["font-style"]) for face in faces()]
    assert len(keys) == len(set(keys))


def test_every_font_is_used_and_licensed():
    used = {re.search(r"fonts/([^\"]+)", face["src"])[1] for face in faces()}
    assert used == {font.name for font in FONTS}
    for licence in ["literata", "atkinson-hyperlegible-next"]:
        assert "SIL OPEN FONT LICENSE" in (STATIC / "fonts" / f"LICENSE-{licence}.txt").read_text()
    readme = (STATIC / "fonts" / "README.md").read_text()
    for font in FONTS:
        stem = font.name.split("-latin")[0]
        assert stem in readme


@pytest.mark.parametrize("weight", [400, 600])
def test_zero_is_open_and_slashed_on_demand(weight):
    font = TTFont(STATIC / "fonts" / f"hyperlegible-open-zero-latin-{weight}-normal.woff2")
    glyphs = font["glyf"]
    # Outer contour and one counter; the slash would make it two counters.
    assert glyphs["zero"].numberOfContours == 2
    assert glyphs["zero.tf"].components[0].glyphName == "zero"
    assert glyphs["zero.slash"].numberOfContours == 3
    table = font["GSUB"].table
    lookups = [r.Feature.LookupListIndex for r in table.FeatureList.FeatureRecord if r.FeatureTag == "zero"]
    mapping = table.LookupList.Lookup[lookups[0][0]].SubTable[0].mapping
    assert mapping == {"zero": "zero.slash", "zero.tf": "zero.tf.slash"}
    # The slash goes one way only, and the opened counter is as symmetric as the outer contour.
    points, ends, _ = glyphs["zero"].getCoordinates(glyphs)
    counter = points[ends[0] + 1 :]
    middle = min(x for x, _ in counter) + max(x for x, _ in counter)
    assert {(middle - x, y) for x, y in counter} == set(counter)


def test_only_the_code_has_a_slashed_zero():
    holders = [sheet.name for sheet in SHEETS if "slashed-zero" in sheet.read_text()]
    assert holders == ["case.css", "print.css"]
    rules = [
        rule for name in holders for rule in re.findall(r"([^\n}]+) {[^}]*slashed-zero", (STATIC / name).read_text())
    ]
    assert rules == [".code", ".facts .receipt-code"]


def test_pdf_shows_the_right_letters(tmp_path):
    """Sámi letters, open zeros and the slashed zero of a code, embedded from our own files."""
    weasyprint = pytest.importorskip("weasyprint")
    html = f"""<html lang="nb"><link rel="stylesheet" href="{(STATIC / "print.css").as_uri()}">
      <p class="meta">0162 Oslo, Šáddá, Łukasz</p><p>Čáhci, Đorđe 2026</p></html>"""
    target = tmp_path / "letters.pdf"
    weasyprint.HTML(string=html).write_pdf(target)
    import pikepdf

    with pikepdf.open(target) as pdf:
        names = {
            str(thing.FontName).split("+")[1]
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }
    assert names == {"Literata", "Literata-Extended", "Hyperlegible-Open-Zero", "Hyperlegible-Extended"}


def test_static_files_collect_under_hashed_names(tmp_path):
    """As production does it: every url() and @import must resolve, or collecting fails."""
    code = (
        "import os, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'\n"
        "from django.conf import settings\n"
        "from mktnorge import settings as site\n"
        "settings.STORAGES = site.STORAGES\n"
        f"settings.STATIC_ROOT = {str(tmp_path)!r}\n"
        "django.setup()\n"
        "from django.core.management import call_command\n"
        "call_command('collectstatic', interactive=False, verbosity=0)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=BASE_DIR)
    hashed = next((tmp_path / "mktnorge").glob("fonts.*.css")).read_text()
    for address in re.findall(r"url\(\"([^\"]+)\"\)", hashed):
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", address)
        assert (tmp_path / "mktnorge" / address).is_file()


def test_admin_loads_the_look_last():
    markup = (Path(settings.BASE_DIR) / "templates" / "admin" / "base_site.html").read_text()
    block = markup.split("{% block responsive %}")[1]
    assert block.index("block.super") < block.index("tokens.css") < block.index("admin.css")
