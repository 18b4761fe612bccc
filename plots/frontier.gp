# The frontier between two keys: the value of one at which a target is just met, over the other.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; term='svg'" plots/frontier.gp
#
# Reads charts/data/frontier-<unit>.csv of the directory of a goal seek; options: see plots/common.gp.

chart = 'frontier'
if (!exists('unit')) { unit = 'all' }
load ARG0[:strlen(ARG0) - strlen('frontier.gp')].'common.gp'
file = table(chart)

key = ''; other_key = ''; target = ''; rows = 0; unit_y = ''; unit_x = ''
stats file using (key = strcol('key'), other_key = strcol('other_key'), target = strcol('target'), \
    unit_y = strcol('unit'), unit_x = strcol('other_unit'), \
    rows = column('value') == column('value') ? rows + 1 : rows, 0) nooutput
least = 1e300; most = -1e300
stats file using (least = less(least, column('low')), most = greater(most, column('high')), 0) nooutput
if (rows == 0) { least = 0; most = 1 }
edge = most > least ? 0.08 * (most - least) : greater(abs(most), 1) * 0.05

set label 9 L('Where the target is just met: ', '恰好达标的边界：').target."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(rows == 0 ? L('The target is met everywhere or nowhere.', '目标处处满足或处处不满足。') \
    : L('Band: what Monte Carlo error leaves (95 %). Gaps: met everywhere or nowhere.', '色带：抽样误差所致区间（95%）；空缺处为处处满足或处处不满足。')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
in_unit(u) = u eq 'rate' ? ' (%)' : u eq 'yuan' ? L(', ', '，').money_of(scale_of(0)) : ''
size(u) = u eq 'rate' ? 0.01 : u eq 'yuan' ? scale_of(0) : 1
set xlabel other_key.in_unit(unit_x)
set ylabel key.in_unit(unit_y)
set yrange [(least - edge) / size(unit_y) : (most + edge) / size(unit_y)]
set format x '%.6g'
set format y '%.6g'
unset key
set bmargin 6
# An empty cell breaks the line.
there(name) = strcol(name) eq '' ? NaN : column(name) / size(unit_y)
plot file using (column('other') / size(unit_x)):(there('low')):(there('high')) with filledcurves linecolor rgb word(tint, 2) notitle, \
     file using (column('other') / size(unit_x)):(there('value')) with linespoints pointtype 7 pointsize 1.2 * dot linewidth 2.5 linecolor rgb navy notitle
