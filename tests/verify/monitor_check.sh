#!/bin/sh
# The national fund of 2014 and 2015, watched at the end of March, June and September from what was known then.
#
# Data: monthly figures of the Ministry of Human Resources and Social Security, 2013-2016, and the fund by year. They are not
# part of this tree: BAOGAN_VERIFY_DATA names a directory with china/monthly_2013_2016.csv (year,month,…,expenditure_month) and
# china/fund_annual_1998_2020.csv (year,…,expenditure).
#
# Of a year Y the scenario knows: expense of the three years before; a trend of 10 % +-10 %, as if there were nothing to learn
# one from; the standard deviation of the growth of the five years before as that of a year; the shares of months of the years
# before, from 2013 on; and the noise of months: of one year before that of April to November about their own straight line, of
# two the standard deviation of the months' growth beside the year's over the root of 2, either with what the season of so few
# years lacks (times the root of 1 + 1/n).
set -u
: "${BAOGAN:?the path of the binary}"
data=${BAOGAN_VERIFY_DATA:-}/china
if [ ! -r "$data/monthly_2013_2016.csv" ] || [ ! -r "$data/fund_annual_1998_2020.csv" ]; then
    echo "ok - the national fund watched # SKIP no data: BAOGAN_VERIFY_DATA names no directory with china/monthly_2013_2016.csv"
    exit 0
fi
exec python3 - "$BAOGAN" "$data" <<'END'
import csv, json, math, pathlib, statistics, subprocess, sys, tempfile

baogan, data = sys.argv[1], pathlib.Path(sys.argv[2])
months = {(int(r["year"]), int(r["month"])): int(r["expenditure_month"])
          for r in csv.DictReader(open(data / "monthly_2013_2016.csv"))}
annual = {int(r["year"]): float(r["expenditure"]) for r in csv.DictReader(open(data / "fund_annual_1998_2020.csv"))}
total = {y: sum(months[y, m] for m in range(1, 13)) for y in (2013, 2014, 2015)}
work = pathlib.Path(tempfile.mkdtemp())


def season(year):
    shares = [[12 * months[y, m] / total[y] for m in range(1, 13)] for y in range(2013, year)]
    return [statistics.mean(column) for column in zip(*shares)]


def noise(year):
    known = range(2013, year)
    if len(known) == 1:
        logs = [math.log(months[2013, m]) for m in range(4, 12)]
        line = statistics.linear_regression(range(8), logs)
        rest = [y - line.intercept - line.slope * x for x, y in enumerate(logs)]
        one = math.sqrt(sum(r * r for r in rest) / 6)
    else:
        growth = [math.log(months[year - 1, m] / total[year - 1] * total[year - 2] / months[year - 2, m])
                  for m in range(1, 13)]
        one = statistics.stdev(growth) / math.sqrt(2)
    return one * math.sqrt(1 + 1 / len(known))


def watch(year, known):
    growth = [math.log(annual[y] / annual[y - 1]) for y in range(year - 5, year)]
    scenario = work / f"fund-{year}.yaml"
    scenario.write_text(f"""
history: {{{", ".join(f"{y}: {annual[y]:.0f}" for y in range(year - 3, year))}}}
people: {{residents: {{count: 570000000, growth: 0%, growth_sd: 0%}}}}
demand:
  trend: {{prior: 10%, prior_sd: 10%, as_of: 2024}}
  volatility: {{total: {100 * statistics.stdev(growth):.3f}%}}
  season: [{", ".join(f"{s:.5f}" for s in season(year))}]
monitor: {{month_noise: {100 * noise(year):.3f}%}}
simulation: {{years: 1}}
""")
    table = work / "months.csv"
    table.write_text("year,month,paid_in_month\n" + "".join(f"{year},{m},{months[year, m]}\n" for m in range(1, known + 1)))
    answer = subprocess.run([baogan, "monitor", scenario, "--actual", table, "--json", "--quiet", "--no-charts", "--out",
                             work / f"{year}-{known}"], capture_output=True, text=True)
    if answer.returncode:
        sys.exit(answer.stderr)
    return json.loads(answer.stdout)


held = {80: 0, 95: 0}
for year in (2014, 2015):
    for known in (3, 6, 9):
        found = watch(year, known)
        unit = found["units"][0]
        in80 = unit["q10_fen"] <= 100 * total[year] <= unit["q90_fen"]
        in95 = unit["q025_fen"] <= 100 * total[year] <= unit["q975_fen"]
        held[80] += in80
        held[95] += in95
        print(f"# {year}-{known:02}: {unit['q50_fen'] / 1e10:.0f} [{unit['q10_fen'] / 1e10:.0f}, {unit['q90_fen'] / 1e10:.0f}]"
              f" [{unit['q025_fen'] / 1e10:.0f}, {unit['q975_fen'] / 1e10:.0f}], was {total[year] / 1e8:.0f};"
              f" noise {100 * found['month_noise']:.1f} %, carried {100 * unit['carried']:.0f} %")
        print(f"{'ok' if in95 else 'not ok'} - the year {year} lies in the 95 % interval at the end of month {known}")
print(f"{'ok' if held[80] >= 4 else 'not ok'} - and in the 80 % one {held[80]} times of 6")
sys.exit(held[95] < 6 or held[80] < 4)
END
