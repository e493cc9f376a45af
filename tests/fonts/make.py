"""Makes the fonts of the tests, in which every letter is a box: `pip install fonttools brotli`, then run this here."""

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'-()éèàçêâîôû "
WIDTH = 600


def name_of(letter):
    return f"u{ord(letter):04X}"


def box(height):
    pen = TTGlyphPen(None)
    if height:
        corners = [(60, 0), (60, height), (WIDTH - 60, height), (WIDTH - 60, 0)]
        pen.moveTo(corners[0])
        for corner in corners[1:]:
            pen.lineTo(corner)
        pen.closePath()
    return pen.glyph()


def height_of(letter):
    if letter == " ":
        return 0
    return 700 if letter.isupper() or letter.isdigit() else 500


def font(weights=None):
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"] + [name_of(letter) for letter in LETTERS])
    builder.setupCharacterMap({ord(letter): name_of(letter) for letter in LETTERS})
    heights = {".notdef": 500} | {name_of(letter): height_of(letter) for letter in LETTERS}
    builder.setupGlyf({name: box(height) for name, height in heights.items()})
    builder.setupHorizontalMetrics({name: (WIDTH, 60 if height else 0) for name, height in heights.items()})
    builder.setupHorizontalHeader(ascent=900, descent=-300)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=900, sTypoDescender=-300, sTypoLineGap=0, usWinAscent=900, usWinDescent=300)
    builder.setupPost()
    if weights:
        builder.setupFvar([("wght", weights[0], 400, weights[1], "Weight")], [])
        builder.setupGvar({})
    builder.font.flavor = "woff2"
    return builder.font


font().save("boxes.woff2")
font(weights=(200, 800)).save("boxes-variable.woff2")
