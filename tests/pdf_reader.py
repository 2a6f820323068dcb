"""Reads a tagged PDF the way a screen reader does: through its structure tree, in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

import pikepdf


@dataclass
class Element:
    """A node of the structure tree, with the text of everything under it."""

    tag: str
    alternative: str = ""
    children: list["Element"] = field(default_factory=list)
    own_text: str = ""

    @property
    def text(self) -> str:
        parts = [self.own_text, *(child.text for child in self.children)]
        return " ".join(" ".join(parts).split())

    def walk(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.walk()

    def all(self, *tags: str) -> list["Element"]:
        return [element for element in self.walk() if element.tag in tags]


class TaggedPdf:
    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(content))
        self._pages = [_marked_text(page) for page in self.pdf.pages]
        self._numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self.root = Element("Root", children=self._kids(self.pdf.Root.StructTreeRoot.K, None))

    @property
    def text(self) -> str:
        """All of the text that is tagged, in reading order. Running heads and feet are not."""
        return self.root.text

    @property
    def headings(self) -> list[tuple[int, str]]:
        return [
            (int(element.tag[1]), element.text) for element in self.root.walk() if re.fullmatch(r"H[1-6]", element.tag)
        ]

    @property
    def outline(self) -> list[str]:
        with self.pdf.open_outline() as outline:
            return [item.title for item in outline.root]

    @property
    def fonts(self) -> list[pikepdf.Dictionary]:
        found = {}
        for page in self.pdf.pages:
            for name, font in page.get("/Resources", {}).get("/Font", {}).items():
                found[str(font.get("/BaseFont", name))] = font
        return list(found.values())

    def section(self, title: str) -> str:
        """The text from the heading of level 2 that reads `title` to the next one."""
        for section in self.root.all("Sect"):
            heads = [element for element in section.walk() if element.tag in {"H1", "H2"}]
            if heads and heads[0].text == title:
                return self._whole_section(title)
        raise AssertionError(f"No section {title!r} among {[text for _level, text in self.headings]}")

    def _whole_section(self, title: str) -> str:
        """A section that goes over pages is one element a page: gather until the next heading of level 2."""
        texts, inside = [], False
        for section in self.root.all("Sect"):
            heads = [element.text for element in section.walk() if element.tag in {"H1", "H2"}]
            if heads:
                inside = heads[0] == title
            if inside:
                texts.append(section.text)
        return " ".join(texts)

    def _kids(self, kids: pikepdf.Object, page: pikepdf.Object | None) -> list[Element]:
        return [self._element(kid, page) for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])]

    def _element(self, node: pikepdf.Object, page: pikepdf.Object | None) -> Element:
        if isinstance(node, int):
            assert page is not None
            return Element("Text", own_text=self._pages[self._numbers[page.objgen]].get(int(node), ""))
        if node.get("/Type") == "/OBJR":
            return Element("Object")
        here = node.get("/Pg", page)
        alternative = str(node.get("/Alt", ""))
        kids = self._kids(node.K, here) if "/K" in node else []
        return Element(str(node.S)[1:], alternative=alternative, children=kids)


def _marked_text(page: pikepdf.Page) -> dict[int, str]:
    """The text of each piece of marked content on the page, by its number."""
    found: dict[int, str] = {}
    _read_stream(page, page.get("/Resources", pikepdf.Dictionary()), [], found)
    return found


def _read_stream(stream: object, resources: pikepdf.Object, marks: list[int | None], found: dict[int, str]) -> None:
    decode: dict[int, str] = {}
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "BDC":
                properties = operands[1]
                number = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
                marks.append(int(number) if number is not None else None)
            case "BMC":
                marks.append(None)
            case "EMC":
                marks.pop()
            case "Tf":
                decode = _to_unicode(resources.Font[str(operands[0])])
            case "Tj" | "TJ":
                pieces = operands[0] if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                text = "".join(_decoded(bytes(piece), decode) for piece in pieces if isinstance(piece, pikepdf.String))
                number = next((mark for mark in reversed(marks) if mark is not None), None)
                if number is not None:
                    found[number] = f"{found[number]} {text}" if number in found else text
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == "/Form":
                    _read_stream(form, form.get("/Resources", resources), marks, found)


def _decoded(codes: bytes, decode: dict[int, str]) -> str:
    return "".join(decode.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd") for at in range(0, len(codes), 2))


def _to_unicode(font: pikepdf.Object) -> dict[int, str]:
    """What each code of the font stands for, as its own map says."""
    table = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    found = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.S):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found
