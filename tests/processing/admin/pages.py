"""Pages as a browser sees them: what a form would send, and the words a person reads."""

import re
from html.parser import HTMLParser

# Words of the stock admin and of the history library that no Norwegian text holds.
ENGLISH = re.compile(
    r"\b(Add|another|Save|Delete|Home|History|Change|Changes|View|Remove|Select|Start typing|Show|Today|Recent|"
    r"actions|None|Please|This field|Search|Yes|Log|out|Welcome|Unknown|Currently|Toggle|Skip|Hide|Breadcrumbs|"
    r"Sidebar|Close|Comment|Object|entry|entries|successfully|All|By|Clear|Go|Filter by|Required|Objects)\b"
)


def fields_of(html: str, form_id: str) -> dict[str, str]:
    """Return what the browser would post for the form with `form_id`, without any button.

    The empty row that the stock script copies is left out, since nobody has filled it in.
    """
    reader = _FormReader(form_id)
    reader.feed(html)
    return {name: value for name, value in reader.values.items() if "__prefix__" not in name}


def words_of(html: str) -> str:
    """Return everything a person can read or hear on the page, one piece a line."""
    reader = _WordReader()
    reader.feed(html)
    return "\n".join(reader.words)


class _FormReader(HTMLParser):
    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.inside = False
        self.values: dict[str, str] = {}
        self.select = ""
        self.textarea = ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "form":
            self.inside = found.get("id") == self.form_id
        elif not self.inside:
            return
        elif tag == "input" and found.get("type") not in ("submit", "button"):
            if found.get("type") not in ("checkbox", "radio") or "checked" in found:
                self.values[found["name"]] = found.get("value", "on" if found.get("type") == "checkbox" else "")
        elif tag == "select":
            self.select = found["name"]
            self.values[self.select] = ""
        elif tag == "option" and "selected" in found:
            self.values[self.select] = found.get("value", "")
        elif tag == "textarea":
            self.textarea = found["name"]
            self.values[self.textarea] = ""

    def handle_data(self, data):
        if self.inside and self.textarea:
            self.values[self.textarea] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = False
        elif tag == "textarea" and self.textarea:
            # A browser drops the line break after the tag and sends the others as CRLF.
            text = self.values[self.textarea].removeprefix("\r\n").removeprefix("\n")
            self.values[self.textarea] = text.replace("\r\n", "\n").replace("\n", "\r\n")
            self.textarea = ""


class _WordReader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag in ("script", "style"):
            self.silent = tag
        self.words += [found[name] for name in ("title", "aria-label", "placeholder", "alt") if found.get(name)]
        self.words += [found["data-inline-formset"]] if found.get("data-inline-formset") else []
        if tag == "input" and found.get("type") == "submit":
            self.words.append(found.get("value", ""))

    def handle_endtag(self, tag):
        if tag == self.silent:
            self.silent = ""

    def handle_data(self, data):
        if not self.silent and data.strip():
            self.words.append(data.strip())
