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


class Workbook:
    def __init__(self, path):
        self.sheets, self.formulas, self.panes = {}, {}, {}
        with zipfile.ZipFile(path) as archive:
            texts = [
                "".join(node.text or "" for node in item.iter(MAIN + "t"))
                for item in tree.fromstring(archive.read("xl/sharedStrings.xml")).iter(MAIN + "si")
            ]
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
            if value is not None:
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
