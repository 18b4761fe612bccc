"""Random tables as bureaus and people write them, whose meaning is known, and damaged ones.

    exports.py COUNT [SEED]        BAOGAN names the command; prints TAP

COUNT tables are right: past years (`history.csv`) and units (`settle --table`), with titles, units of money in
the title, the headings or the cells, headings in both languages, case, blanks and full width, columns in any order,
remarks, totals, notes, encodings, separators, ends of lines, and some in workbooks. Each must be read, and mean what
it means. COUNT more are damaged: a heading misspelt, a total or a year off, a cell empty or no number, a row twice,
a number with two readings, bytes that are no text. What is accepted all the same must mean what it means.
"""
import os
import random
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor

sys.dont_write_bytecode = True  # of the next
import workbook  # noqa: E402

BAOGAN = os.environ["BAOGAN"]
HISTORY = {
    "year": ["year", "年度", "年份"], "scheme": ["scheme", "险种", "参保类型"], "line": ["line", "项目", "医疗类别"],
    "cases": ["cases", "人次", "就诊人次"], "cost": ["cost", "医疗总费用", "医疗费用"],
    "paid": ["paid", "统筹基金支付", "基金支出", "医保基金支付"],
}
TABLE = {
    "year": ["year", "年度", "清算年度"], "budget": ["budget", "年度总额", "年度付费总额"],
    "expense": ["expense", "统筹基金支出", "基金支付"], "patients": ["patients", "个人支付金额"],
    "prepaid": ["prepaid", "已预拨金额"], "score": ["score", "绩效考核得分", "年度考核得分"],
}
SCHEMES = {"residents": ["residents", "居民", "城乡居民", "城乡居民医保"], "employees": ["employees", "职工", "城镇职工"]}
SERVICES = {"inpatient": ["住院", "inpatient"], "outpatient": ["门诊", "普通门诊"], "chronic": ["门诊慢特病"]}
UNITS = {"元": 100, "万元": 1000000, "亿元": 10**10}
TOTALS = ["合计", "合　计", "总计", "Total", "小计："]
WIDE = {chr(c): chr(c + 0xFEE0) for c in range(0x21, 0x7F)}
RULE = """schema: 1
budget: {funds: {}}
settlement: [{share_overspend: {bands: {rest: {by_score: {60: 50%, 0: 100%}}}, payer: pool}}, {clear: {}}]
table: {keep: [unit], write: [balance, result, clearing, account.patients]}
"""


class Draw:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def one(self, choices):
        return self.random.choice(list(choices))

    def maybe(self, chance):
        return self.random.random() < chance


class Table:
    """Rows of cells by column, and how they are written."""

    def __init__(self, draw, columns):
        self.draw, self.columns, self.rows = draw, columns, []
        self.separator = draw.one([",", ",", ",", "\t", ";"])
        self.title_unit = draw.one([None, None, *UNITS])
        self.units = {}      # by column of amounts: the unit of its heading
        self.headings = {}
        self.with_suffix = draw.maybe(0.15)
        self.remarks = draw.one([None, None, "备注", "remark"])
        self.order = list(columns)
        draw.random.shuffle(self.order)
        self.bad_heading = None
        self.tail = []

    def default_unit(self):
        return UNITS[self.title_unit] if self.title_unit else 100

    def heading(self, column, words, money):
        text = self.draw.one(words)
        if self.draw.maybe(0.2):
            text = "".join(self.draw.one([c, c.upper()]) for c in text)
        if self.draw.maybe(0.15):
            text = "".join(WIDE.get(c, c) for c in text)
        if self.draw.maybe(0.15):
            at = self.draw.random.randrange(len(text) + 1)
            text = text[:at] + self.draw.one([" ", "\u00a0", "\u3000"]) + text[at:]
        if money and self.draw.maybe(0.2):
            self.units[column] = self.draw.one(UNITS)
            text += self.draw.one(["（{}）", "({})", "（单位：{}）"]).format(self.units[column])
        return text

    def unit_of(self, column):
        return UNITS[self.units[column]] if column in self.units else self.default_unit()

    def amount(self, column, fen):
        """The fen as people write them; exact in every unit."""
        suffix, unit = "", self.unit_of(column)
        if self.with_suffix or self.draw.maybe(0.05):
            suffix = self.draw.one(["元", "万元", "万", "亿元"])
            unit = UNITS.get(suffix, 1000000)
        text = decimal(fen, unit)
        whole, _, places = text.partition(".")
        if self.separator == ";" and len(places) == 3 and len(whole.lstrip("-")) <= 3:
            places += "0"
        grouped = f"{int(whole):,}"
        if self.draw.maybe(0.3) and not (self.separator == ";" and grouped.count(",") == 1 and not places):
            whole = grouped
        text = whole + ("." + places if places else self.draw.one(["", "", ".00"]))
        if self.draw.maybe(0.25):
            text = self.draw.one(["¥", "￥", "¥ "]) + text
        if self.draw.maybe(0.1):
            text = "".join(WIDE.get(c, c) for c in text)
        text += suffix
        return self.draw.one(["", "", " ", "\u00a0"]) + text + self.draw.one(["", "", " ", "\u3000"])

    def year(self, year):
        text = str(year)
        if self.draw.maybe(0.1):
            text = "".join(WIDE[c] for c in text)
        return text + self.draw.one(["", "", "年", "年度"])

    def cells(self, row):
        return [row.get(c, "") for c in self.order] + ([row.get("remarks", "")] if self.remarks else [])

    def lines(self):
        titles = []
        if self.title_unit:
            titles = [["某某县基金支出情况表"]] if self.draw.maybe(0.5) else []
            titles.append([self.draw.one(["单位：{}", "金额单位：人民币{}", "（单位：{}）"]).format(self.title_unit)])
        elif self.draw.maybe(0.2):
            titles = [["某某县基金支出情况表"], []][:self.draw.one([1, 2])]
        width = len(self.order) + bool(self.remarks)
        if self.draw.maybe(0.5):
            titles = [t + [""] * (width - len(t)) for t in titles]
        head = [self.headings[c] for c in self.order] + ([self.remarks] if self.remarks else [])
        return titles + [head] + [self.cells(r) for r in self.rows] + self.tail

    def text(self):
        end = self.draw.one(["\n", "\n", "\r\n", "\r"])
        first = f"sep={self.separator}{end}" if self.draw.maybe(0.1) else ""
        return first + end.join(self.separator.join(quoted(c, self.separator) for c in line)
                                for line in self.lines()) + self.draw.one(["", end])

    def bytes(self):
        text = self.text()
        encoding = self.draw.one(["utf-8", "utf-8", "utf-8-sig", "gb18030"])
        return text.encode(encoding)

    def name(self, stem):
        return stem + ".csv"

    def write(self, folder, stem, data=None):
        with open(os.path.join(folder, self.name(stem)), "wb") as out:
            out.write(self.bytes() if data is None else data)


def quoted(cell, separator):
    spaced = cell != cell.strip(" \t")
    return '"' + cell.replace('"', '""') + '"' if spaced or any(c in cell for c in separator + '"\r\n') else cell


def decimal(value, unit):
    """Exactly value / unit, where unit is a power of ten."""
    places = len(str(unit)) - 1
    digits = f"{value:0{places + 1}d}"
    return (digits[:-places] + "." + digits[-places:].rstrip("0")).rstrip(".")


def fen_of(text):
    return round(float(text.replace(",", "")) * 100)


# ---- past years ----


def history(draw):
    years = sorted(draw.random.sample([[2024, 2025], [2023, 2024, 2025]], 1)[0])
    schemes = draw.one([["residents"], ["residents", "employees"]])
    lines = draw.one([None, None, list(SERVICES)[:2], list(SERVICES)])
    columns = ["year", "scheme"] + (["line"] if lines else []) + draw.one([[], ["cost"], ["cases", "cost"]]) + ["paid"]
    table = Table(draw, columns)
    table.headings = {c: table.heading(c, HISTORY[c], c in ("cost", "paid")) for c in columns}
    meaning, sums = {}, {}
    for year in years:
        for scheme in schemes:
            for line in lines or [None]:
                paid = draw.random.randrange(10**8, 10**12)
                values = {"paid": paid, "cost": paid + draw.random.randrange(10**11), "cases": draw.random.randrange(1, 10**6)}
                meaning[scheme, year] = meaning.get((scheme, year), 0) + paid
                row = {"year": table.year(year), "scheme": draw.one(SCHEMES[scheme]),
                       "cases": str(values["cases"]), "line": draw.one(SERVICES[line]) if line else ""}
                row.update({c: table.amount(c, values[c]) for c in ("cost", "paid") if c in columns})
                for c in ("cost", "paid", "cases"):
                    sums[c] = sums.get(c, 0) + values[c]
                row["remarks"] = draw.one(["", "", "含补缴", "预清算数"])
                table.rows.append(row)
    draw.random.shuffle(table.rows)
    table.sums = sums
    add_total(table, "year", sums, [c for c in ("cost", "paid") if c in columns])
    add_note(table)
    return table, meaning


def add_total(table, label, sums, amounts):
    table.total = None
    if table.draw.maybe(0.5):
        table.total = {label: table.draw.one(TOTALS), **{c: table.amount(c, sums[c]) for c in amounts}}
        if "cases" in table.columns:
            table.total["cases"] = str(sums["cases"])
        table.rows.insert(table.draw.one([0, len(table.rows)]), table.total)


def add_note(table):
    if table.draw.maybe(0.4):
        table.tail.append([table.draw.one(["注：数据来自医保信息平台", "说明：含异地就医", "制表人：张三"])]
                          + [""] * table.draw.one([0, len(table.columns) - 1]))


def read_history(folder, name):
    """What the program takes the table for, None where it refuses; and what it says."""
    path = os.path.join(folder, "scenario.yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(f'history: {{csv: "{name}"}}\npeople: {{residents: 500000, employees: 60000}}\n')
    done = subprocess.run([BAOGAN, "budget", path, "--explain", "--lang", "en"], capture_output=True, check=False)
    said = done.stderr.decode()
    if done.returncode not in (0, 3):
        raise AssertionError(f"exit status {done.returncode}: {said}")
    if done.returncode:
        return None, said
    meaning, scheme = {}, None
    for line in done.stdout.decode().splitlines():
        head = re.match(r"(Residents|Employees)' scheme:", line)
        scheme = head[1].lower() if head else scheme
        found = re.match(r" +(\d{4})  Expense of \d{4} +([\d,.]+)", line)
        if found:
            meaning[scheme, int(found[1])] = fen_of(found[2])
    return meaning, said


# ---- units ----


def units(draw):
    columns = ["unit", "year", "budget", "expense"] + draw.one([[], ["patients"], ["patients", "prepaid", "score"]])
    table = Table(draw, columns)
    money = [c for c in columns if c not in ("unit", "year", "score")]
    table.headings = {c: table.heading(c, TABLE[c], c in money) for c in columns if c != "unit"}
    table.headings["unit"] = "unit"
    meaning, sums = {}, dict.fromkeys(money, 0)
    for i in range(draw.one([1, 3, 8])):
        unit, year = f"医共体{i}", draw.one([2024, 2025])
        values = {"budget": draw.random.randrange(10**9, 10**11)}
        values["expense"] = values["budget"] * draw.random.randrange(700, 1300) // 1000
        values["patients"] = draw.random.randrange(10**9)
        values["prepaid"] = draw.random.randrange(10**9)
        score = draw.random.randrange(0, 101)
        row = {"unit": unit, "year": table.year(year), "score": str(score), "remarks": draw.one(["", "", "含补缴"])}
        row.update({c: table.amount(c, values[c]) for c in money})
        table.rows.append(row)
        for c in money:
            sums[c] += values[c]
        meaning[unit] = settle(values, score if "score" in columns else 100, columns)
    table.sums = sums
    add_total(table, "unit", sums, money)
    add_note(table)
    return table, meaning


def settle(values, score, columns):
    """Balance, result, clearing and the patients' account by the rule above, in fen; a half is rounded away from 0."""
    balance = values["budget"] - values["expense"]
    borne = balance if balance >= 0 or score < 60 else -((-balance + 1) // 2)
    prepaid = values["prepaid"] if "prepaid" in columns else values["budget"]
    patients = values["patients"] if "patients" in columns else 0
    return (balance, borne, values["expense"] + borne - prepaid, -patients)


def read_units(folder, name):
    path = os.path.join(folder, "rule.yaml")
    with open(path, "w", encoding="utf-8") as out:
        out.write(RULE)
    done = subprocess.run([BAOGAN, "settle", path, "--table", os.path.join(folder, name), "--lang", "en"],
                          capture_output=True, check=False)
    said = done.stderr.decode()
    if done.returncode not in (0, 3):
        raise AssertionError(f"exit status {done.returncode}: {said}")
    if done.returncode:
        return None, said
    rows = [line.split(",") for line in done.stdout.decode().splitlines()[1:]]
    return {row[0]: tuple(fen_of(cell) for cell in row[1:]) for row in rows}, said


# ---- damage ----


def misspell(table):
    """A letter too many, too few or another one, in a heading long enough to tell."""
    known = [c for c in table.order if c != "unit" and len(re.sub(r"\W", "", table.headings[c])) >= 5]
    if not known:
        return False
    column = table.draw.one(known)
    word = table.headings[column]
    core = re.match(r"\w+", word)[0] if re.match(r"\w+", word) else ""
    if len(core) < 5:
        return False
    at = table.draw.random.randrange(1, len(core) - 1)
    letter = "x" if core.isascii() else "某"
    table.headings[column] = table.draw.one([word[:at] + word[at + 1:], word[:at] + letter + word[at:],
                                             word[:at] + letter + word[at + 1:]])
    return True


def amounts(table):
    return [c for c in table.order if c in ("budget", "expense", "paid", "cost", "patients", "prepaid")]


def wrong_total(table):
    if not table.total:
        return False
    column = table.draw.one(amounts(table))
    off = 20 * table.unit_of(column) + 2 * 10**6
    table.total[column] = decimal(table.sums[column] + off, 100) + "元"
    return True


def parts(table):
    return [row for row in table.rows if row is not table.total]


def empty_cell(table):
    row = table.draw.one(parts(table))
    row[table.draw.one([c for c in table.order if c not in ("unit", "cost", "cases")])] = table.draw.one(["", " "])
    return True


def no_number(table):
    row = table.draw.one(parts(table))
    row[table.draw.one(amounts(table))] = table.draw.one(["暂无", "-", "1O0", "12万万", "1.2.3", "5美元", "#REF!"])
    return True


def wrong_year(table):
    table.draw.one(parts(table))["year"] = table.draw.one(["20025", "0", "205", "1899", "二〇二五", "2025.5"])
    return True


def row_twice(table):
    table.rows.append(dict(table.draw.one(parts(table))))
    return True


def two_readings(table):
    table.separator = ";"
    table.draw.one(parts(table))[table.draw.one(amounts(table))] = table.draw.one(["494,125", "49.400", "¥1,234万元"])
    return True


def column_twice(table):
    column = table.draw.one(amounts(table))
    table.order.append(column)
    return True


def open_quote(table):
    row = table.draw.one(parts(table))
    column = table.draw.one(amounts(table))
    row[column] = row[column].strip() + '"'
    return True


DAMAGES = [misspell, wrong_total, empty_cell, no_number, wrong_year, row_twice, two_readings, column_twice, open_quote]
REFUSED = [wrong_total, empty_cell, no_number, wrong_year, row_twice, two_readings, column_twice]


def damage_bytes(draw, data):
    at = draw.random.randrange(len(data))
    return data[:at] + bytes([draw.one([0, 0xFF, 0x80])]) + data[at:]


# ---- the tests ----


def write_workbook(table, folder, stem):
    rows = [[cell if cell else None for cell in line] for line in table.lines()]
    for row in rows:
        for i, cell in enumerate(row):
            if cell and re.fullmatch(r"\d+(\.\d+)?", cell) and len(cell) < 15:
                row[i] = workbook.Number(cell, table.draw.one([workbook.GENERAL, workbook.TWO_DECIMALS, workbook.YUAN]))
    workbook.write(os.path.join(folder, stem + ".xlsx"), {"表": rows, "空": [["x"]]})
    return stem + table.draw.one([".xlsx", ".xlsx#表"])


def one_table(seed):
    draw = Draw(seed)
    make, read = draw.one([(history, read_history), (units, read_units)])
    table, meaning = make(draw)
    return draw, table, meaning, read


def show(seed, folder, name, why):
    with open(os.path.join(folder, name.split("#")[0]), "rb") as file:
        data = file.read()
    return f"seed {seed}: {why}\n{data!r}" if name.endswith("csv") else f"seed {seed}: {why}"


def check_good(seed):
    """None, or what is wrong and how to see it again."""
    draw, table, meaning, read = one_table(seed)
    with tempfile.TemporaryDirectory() as folder:
        name = table.name("t")
        if seed % 25 == 0:
            name = write_workbook(table, folder, "t")
        else:
            table.write(folder, "t")
        found, said = read(folder, name)
        if found != meaning:
            return show(seed, folder, name, f"{found} instead of {meaning}: {said}")
    return None


def check_damaged(seed):
    draw, table, meaning, read = one_table(seed)
    with tempfile.TemporaryDirectory() as folder:
        damage = DAMAGES[seed % (len(DAMAGES) + 1)] if seed % (len(DAMAGES) + 1) < len(DAMAGES) else None
        done = damage(table) if damage else True
        if not done:
            return None
        table.write(folder, "t", None if damage else damage_bytes(draw, table.bytes()))
        found, said = read(folder, "t.csv")
        if found is not None and (damage in REFUSED or found != meaning):
            named = damage is misspell and "not read: " in said
            if not named:
                return show(seed, folder, "t.csv", f"{damage.__name__ if damage else 'bytes'} gives {found}, "
                                                   f"not {meaning}: {said}")
    return None


def run(pool, check, seeds, what):
    wrong = [text for text in pool.map(check, seeds, chunksize=8) if text]
    for text in wrong[:3]:
        print("\n".join("# " + line for line in text.splitlines()))
    print(f"{'not ok' if wrong else 'ok'} - {len(seeds)} {what}" + (f"; {len(wrong)} are not" if wrong else ""))
    return bool(wrong)


def main():
    count = int(sys.argv[1])
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    with ProcessPoolExecutor(2) as pool:
        wrong = run(pool, check_good, range(seed, seed + count), "tables of known meaning are read as they mean")
        wrong |= run(pool, check_damaged, range(seed, seed + count), "damaged tables are refused, or read as they mean")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
