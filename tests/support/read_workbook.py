"""Reads a workbook with nothing but the library of Python: values and formulas as they were saved.

    from read_workbook import Workbook
    book = Workbook("a.xlsx")
    book.sheets              # {name: {"A1": value}}: text, or a number as its digits
    book.formulas            # {name: {"A1": "SUM(B1:B2)"}}
"""
import re
import xml.etree.ElementTree as tree
import zipfile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def text_of(node):
    return "".join(part.text or "" for part in node.iter(MAIN + "t"))


class Workbook:
    def __init__(self, path):
        self.sheets, self.formulas, self.panes = {}, {}, {}
        with zipfile.ZipFile(path) as archive:
            shared = "xl/sharedStrings.xml"
            items = tree.fromstring(archive.read(shared)).iter(MAIN + "si") if shared in archive.namelist() else ()
            texts = [text_of(item) for item in items]
            targets = {
                item.get("Id"): item.get("Target")
                for item in tree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
            }
            for sheet in tree.fromstring(archive.read("xl/workbook.xml")).iter(MAIN + "sheet"):
                target = targets[sheet.get(OFFICE + "id")].lstrip("/")
                target = target if target.startswith("xl/") else "xl/" + target
                self._read(sheet.get("name"), tree.fromstring(archive.read(target)), texts)

    def _read(self, name, root, texts):
        values, formulas = {}, {}
        for cell in root.iter(MAIN + "c"):
            value, formula = cell.find(MAIN + "v"), cell.find(MAIN + "f")
            if formula is not None:
                formulas[cell.get("r")] = formula.text
            if cell.get("t") == "inlineStr":
                values[cell.get("r")] = text_of(cell)
            elif value is not None:
                values[cell.get("r")] = texts[int(value.text)] if cell.get("t") == "s" else value.text
        self.sheets[name], self.formulas[name] = values, formulas
        self.panes[name] = root.find(f".//{MAIN}pane") is not None

    def rows(self, name):
        """The rows of a sheet as lists of (column, value), by row number."""
        rows = {}
        for place, value in self.sheets[name].items():
            column, row = re.fullmatch(r"([A-Z]+)(\d+)", place).groups()
            rows.setdefault(int(row), {})[column] = value
        return rows
