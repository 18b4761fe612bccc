# Figures of the table in ../README.md, each as [value, margin at 95 %], out of what the program writes: result.json of a
# run (of an area those of its communities by name), comparison.json of a comparison, the answer of `solve --json`. Money is in
# wan yuan.
#
#   baogan run scenarios/reforms/tiered_care.yaml --out out/tiered
#   jq -L scenarios/reforms 'include "figures"; change("down"; 2030; "expense")' out/tiered/result.json

def wan($mean; $se): [$mean / 1e6, 1.96 * $se / 1e6];
def times($k): [.[0] * $k, .[1] * ($k | fabs)];
def plus($other): [.[0] + $other[0], .[1] + $other[1]];
def share_of($whole):
  (100 / $whole[0]) as $k | [.[0] * $k, .[1] * $k + (.[0] * $whole[1] / $whole[0] * $k | fabs)];

# Of a run: an outcome of a unit and year, the ends of its 80 % interval, the chance of an event in per cent.
def of_year($unit; $year): .projection[] | select(.unit == $unit) | .years[] | select(.year == $year);
def outcome($unit; $year; $name): of_year($unit; $year).outcomes[$name] | wan(.mean_fen; .mean_se_fen);
def bound($unit; $year; $name; $level):
  of_year($unit; $year).outcomes[$name].quantiles[] | select(.level == $level)
  | [.value_fen / 1e6, (.high_fen - .low_fen) / 2e6];
def chance($unit; $year; $event): of_year($unit; $year).probabilities[$event] | [100 * .estimate, 50 * (.high - .low)];

# What a measure, incident or change of benefits does, all schemes together; `together` is all of them.
def change($name; $year; $outcome):
  [.contributions[] | select(.change == $name and .year == $year and .outcome == $outcome)]
  | (map(select(.unit == "all")) + .)[0] | wan(.mean_fen; .se_fen);

# The pooled fund in a year: what it has left of it, and the months that its balance lasts in the middle future.
def pool_year($unit; $year): .pool[] | select(.unit == $unit and .year == $year);
def pool_surplus($unit; $year): pool_year($unit; $year) | wan(.surplus_fen; .surplus_se_fen);
def months($unit; $year):
  .replications as $n | pool_year($unit; $year)
  | [.months_q50, 1.96 * 1.25 * (.months_q90 - .months_q10) / 2.56 / ($n | sqrt)];

# The part of the next yuan saved that the community keeps, in per cent.
def kept($unit; $year): .incentive[] | select(.unit == $unit and .year == ($year | tostring)) | [100 * .marginal, 196 * .marginal_se];

# What providers do in a year.
def response($scheme; $year): .response[] | select(.scheme == $scheme and .year == $year);

# Of a comparison: a mean of either side, and the difference.
def compared($unit; $year; $name): .units[] | select(.unit == $unit and .year == $year) | .outcomes[$name].mean_fen;
def difference($unit; $year; $name): compared($unit; $year; $name) | [.difference / 1e6, .margin / 1e6];
# By how many points a year the reform grows faster between two years.
def faster($unit; $from; $to; $name):
  compared($unit; $from; $name) as $a | compared($unit; $to; $name) as $b | (1 / ($to - $from)) as $p
  | [100 * (pow($b.reform / $a.reform; $p) - pow($b.base / $a.base; $p)), 100 * $p * $b.margin / $b.base];

# Of `solve`: where the target is met, in per cent.
def crossing: .crossings[0] | [100 * .value, 50 * (.high - .low)];
