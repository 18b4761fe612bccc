"""Writes an .xlsx workbook with nothing but the library of Python.

    from workbook import write, Number, Formula
    write(path, {"Sheet": [["text", Number("1.5"), Formula("A1", "2"), None]]})
"""
import zipfile
from typing import NamedTuple, Optional
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
HEAD = '<?xml version="1.0" encoding="UTF-8"?>'

GENERAL, TWO_DECIMALS, PERCENT, YUAN, DAY = range(5)  # styles


class Number(NamedTuple):
    digits: str
    style: int = GENERAL


class Formula(NamedTuple):
    text: str
    value: Optional[str]  # saved without one: None


def cell(name, value):
    if value is None:
        return ""
    if isinstance(value, Number):
        return f'<c r="{name}" s="{value.style}"><v>{value.digits}</v></c>'
    if isinstance(value, Formula):
        saved = "" if value.value is None else f"<v>{value.value}</v>"
        return f'<c r="{name}"><f>{escape(value.text)}</f>{saved}</c>'
    return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'


def sheet(rows):
    text = "".join(
        f'<row r="{r}">' + "".join(cell(f"{chr(64 + c)}{r}", value) for c, value in enumerate(row, 1))
        + "</row>" for r, row in enumerate(rows, 1))
    return f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{text}</sheetData></worksheet>'


def styles():
    formats = "".join(f'<xf numFmtId="{number}" applyNumberFormat="1"/>' for number in (0, 2, 9, 164, 14))
    return (f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="1"><numFmt numFmtId="164" '
            'formatCode="&quot;¥&quot;#,##0.00"/></numFmts><fonts count="1"><font/></fonts>'
            '<fills count="1"><fill/></fills><borders count="1"><border/></borders>'
            f'<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5">{formats}</cellXfs></styleSheet>')


def relations(entries):
    return (f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
            + "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                      for i, (kind, target) in enumerate(entries, 1)) + "</Relationships>")


def write(path, sheets):
    """`sheets`: rows of cells by the sheet's name, in order; a cell is a text, Number, Formula or None."""
    names = list(sheets)
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(names) + 1)]
    types = "".join(f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in parts)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml",
                      f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
                      f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>')
        book.writestr("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")]))
        book.writestr("xl/workbook.xml",
                      f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
                      + "".join(f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="r{i}"/>'
                                for i, name in enumerate(names, 1)) + "</sheets></workbook>")
        book.writestr("xl/_rels/workbook.xml.rels",
                      relations([("worksheet", f"worksheets/sheet{i}.xml") for i in range(1, len(names) + 1)]
                                + [("styles", "styles.xml")]))
        book.writestr("xl/styles.xml", styles())
        for i, name in enumerate(names, 1):
            book.writestr(f"xl/worksheets/sheet{i}.xml", sheet(sheets[name]))
