"""Our eye for what is not accessible sees what is not."""

from tests.browser.accessibility import broken_colours, broken_rules, fits

BAD = """<!doctype html><html lang="nb"><head><title>Prøve</title>
<style>p { color: #999; background: #fff } @media (prefers-color-scheme: dark) { p { color: #000 } } </style></head>
<body><main><h1>Prøve</h1><img src="data:,"><p>Grått</p></main></body></html>"""


def test_it_finds_a_picture_without_words_and_a_pale_text(page) -> None:
    page.set_content(BAD)
    assert {found.split(":")[0] for found in broken_rules(page)} == {"image-alt", "color-contrast"}
    assert [found.split(":")[0] for found in broken_colours(page)] == ["color-contrast"]
    page.emulate_media(color_scheme="dark")
    assert broken_colours(page) == []


def test_it_sees_what_is_wider_than_the_window(page) -> None:
    page.set_content(BAD)
    assert fits(page)
    page.set_content(BAD.replace("<h1>", '<h1 style="width: 4000px">'))
    assert not fits(page)
