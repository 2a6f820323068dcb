"""Derive the helping voice's fonts: Atkinson Hyperlegible Next with an open zero.

The family draws 0 with a slash and has no feature to take it away. In Norwegian text a slashed zero reads as Ø
(«0162 Oslo», «2026»), and in a code an open one reads as O. So the shipped fonts have both: open by default, and the
family's own slashed zero behind the OpenType feature `zero`, which CSS asks for with `slashed-zero`.

The open zero is the family's own drawing: the outer contour is untouched, and the counter is the lower left quarter
of the slashed glyph's counter, which the slash does not cross, mirrored to the other three quarters.

    npm pack @fontsource/atkinson-hyperlegible-next@5.3.0 && tar xzf fontsource-atkinson-*.tgz
    .venv/bin/python docs/open_zero.py package/files mktnorge/static/mktnorge/fonts

fontTools and brotli are in the environment already: WeasyPrint uses them.
"""

import sys
from pathlib import Path

from fontTools.otlLib.builder import buildLookup, buildSingleSubstSubtable
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import GlyphCoordinates

FAMILY = "Hyperlegible Open Zero"
STYLES = {400: "Regular", 600: "SemiBold"}


def derive(source: Path, target: Path, weight: int) -> None:
    """Write the derived font to `target`. Raises ValueError when the zero is not drawn as expected."""
    # The date in the font's head stays the original's: the same input gives the same bytes.
    font = TTFont(source, recalcTimestamp=False)
    keep_slashed_zero(font)
    open_zero(font)
    add_zero_feature(font)
    rename(font, STYLES[weight])
    font.flavor = "woff2"
    font.save(target)


def keep_slashed_zero(font: TTFont) -> None:
    """Copy the slashed zero, proportional and tabular, to glyphs of their own."""
    glyf, metrics = font["glyf"], font["hmtx"].metrics
    order = font.getGlyphOrder()
    for name in ("zero", "zero.tf"):
        pen = TTGlyphPen(font.getGlyphSet())
        font.getGlyphSet()[name].draw(pen)
        glyph = pen.glyph()
        if glyph.isComposite():
            glyph.components[0].glyphName = "zero.slash"
        new_name = f"{name}.slash"
        order = [*order, new_name]
        font.setGlyphOrder(order)
        glyf[new_name] = glyph
        metrics[new_name] = metrics[name]
        if "GDEF" in font and font["GDEF"].table.GlyphClassDef:
            font["GDEF"].table.GlyphClassDef.classDefs[new_name] = 1


def open_zero(font: TTFont) -> None:
    """Redraw `zero` with one counter. `zero.tf` is a composite of it and follows."""
    glyf = font["glyf"]
    glyph = glyf["zero"]
    if glyph.numberOfContours != 3:
        raise ValueError("The zero is not an outer contour and two half counters.")
    points, ends, on_curve = glyph.getCoordinates(glyf)
    outer = list(zip(points, on_curve, strict=True))[: ends[0] + 1]
    left = list(zip(points, on_curve, strict=True))[ends[0] + 1 : ends[1] + 1]
    top = max(y for x, y in points[ends[1] + 1 :])
    # The left half begins at the bottom of the counter; its last stretch climbs down from the left side to there.
    bottom_x, bottom_y = left[0][0]
    side = next(i for i in reversed(range(len(left))) if left[i][1] and i > 0)
    quarter = [*left[side:], left[0]]
    curve = [point for point, on in quarter if not on]
    side_x, side_y = quarter[0][0]

    def right(point):
        return 2 * bottom_x - point[0], point[1]

    def up(point):
        return point[0], bottom_y + top - point[1]

    counter = [
        ((bottom_x, bottom_y), 1),
        *((point, 0) for point in reversed(curve)),
        ((side_x, side_y), 1),
        *((up(point), 0) for point in curve),
        ((bottom_x, top), 1),
        *((up(right(point)), 0) for point in reversed(curve)),
        (right((side_x, side_y)), 1),
        *((right(point), 0) for point in curve),
    ]
    # Counters turn the other way than the outer contour.
    if area([point for point, _ in outer]) * area([point for point, _ in counter]) > 0:
        counter.reverse()
    drawn = outer + counter
    glyph.coordinates = GlyphCoordinates([point for point, _ in drawn])
    glyph.flags = bytearray(on for _, on in drawn)
    glyph.endPtsOfContours = [len(outer) - 1, len(drawn) - 1]
    glyph.numberOfContours = 2
    glyph.program.fromBytecode(b"")
    glyph.recalcBounds(glyf)


def area(points: list[tuple[int, int]]) -> float:
    following = points[1:] + points[:1]
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, following, strict=True)) / 2


def add_zero_feature(font: TTFont) -> None:
    """Let `zero` turn the open zero into the slashed one, after figure widths have been chosen."""
    table = font["GSUB"].table
    mapping = {"zero": "zero.slash", "zero.tf": "zero.tf.slash"}
    table.LookupList.Lookup.append(buildLookup([buildSingleSubstSubtable(mapping)]))
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    feature = otTables.Feature()
    feature.FeatureParams = None
    feature.LookupListIndex = [table.LookupList.LookupCount - 1]
    feature.LookupCount = 1
    record = otTables.FeatureRecord()
    record.FeatureTag, record.Feature = "zero", feature
    # "zero" sorts last among the tags, as the format wants.
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    for script in table.ScriptList.ScriptRecord:
        systems = [script.Script.DefaultLangSys, *(s.LangSys for s in script.Script.LangSysRecord)]
        for system in systems:
            system.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
            system.FeatureCount = len(system.FeatureIndex)


def rename(font: TTFont, style: str) -> None:
    """Give the derived family its own name, so that nobody takes it for the original."""
    names = font["name"]
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    full = f"{FAMILY} {style}"
    values = {1: full if style != "Regular" else FAMILY, 2: "Regular", 3: f"2.001;{postscript}", 4: full, 6: postscript}
    if style != "Regular":
        values |= {16: FAMILY, 17: style}
    values[10] = "Atkinson Hyperlegible Next 2.001 with an open zero; the slashed zero is the feature 'zero'."
    for name_id, value in values.items():
        names.setName(value, name_id, 3, 1, 0x409)


if __name__ == "__main__":
    files, folder = Path(sys.argv[1]), Path(sys.argv[2])
    for weight in STYLES:
        derive(
            files / f"atkinson-hyperlegible-next-latin-{weight}-normal.woff2",
            folder / f"hyperlegible-open-zero-latin-{weight}-normal.woff2",
            weight,
        )
