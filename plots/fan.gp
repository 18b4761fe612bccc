# Expense against the totals, small, for the brief: what is agreed and how likely it is overspent stand in it.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/fan.gp
#
# Reads charts/data/expense-UNIT.csv of the run directory; options: see plots/common.gp.

chart = 'fan'
load ARG0[:strlen(ARG0) - strlen('fan.gp')].'common.gp'
file = table('expense')

first = 1e9; last = 0; base = 0; most = 0; start = 0; total = 0; known = 0; chances = ''
stats file using ( \
    ahead = strcol('kind') eq 'projected', \
    first = less(first, column('year')), last = greater(last, column('year')), \
    base = ahead ? base : column('year'), known = ahead ? known : column('expense'), \
    start = ahead && start == 0 ? column('year') : start, \
    total = ahead && total == 0 ? column('budget') : total, \
    chances = ahead ? chances.' '.strcol('p_overspend') : chances, \
    most = greater(most, column('q90')), most = greater(most, column('budget')), 0) nooutput
scale = scale_of(most)
money(name) = column(name) / scale
future(name) = column('year') >= base ? money(name) : NaN
shown(amount) = amount >= 1000 ? grouped(int(amount + 0.5)) : sprintf('%.1f', amount)
bar = 0.42 # half the width of a year's total

if (term eq 'svg') { set terminal svg noenhanced size 800,470 dynamic font points(23) background '#ffffff' }
if (term eq 'png') { set terminal pngcairo noenhanced size 800,470 font points(23) background '#ffffff' }
small = points(20)
set tmargin at screen 0.79
set bmargin at screen 0.25
set lmargin at screen 0.13
set rmargin at screen 0.98
set label 9 unit_name at screen 0.01, 0.96 left font points(25) textcolor rgb ink
set key at screen 0.97, 0.87 right center horizontal maxrows 1 maxcols 5 samplen 0.9 width -1 font small
set offsets 0, 0, graph 0.14, 0 # for what is written above the last point and the first total
set xrange [first - 0.6 : last + 0.6]
set xtics year_step(last - first + 1) format '%.0f' font small
set ytics font small
# What is known last, and what is agreed for the first year.
set label 1 shown(known / scale) at base, known / scale offset 0, 0.9 right front font small textcolor rgb ink
set label 2 L('total ', '总额').shown(total / scale) at start - bar, total / scale offset 0, 1.0 left front font points(22) \
    textcolor rgb ink
# How likely each year is overspent, under the year.
set label 3 L('chance of an overspend', '超支可能性') at screen 0.01, 0.04 left font small textcolor rgb ink
do for [i = 1:words(chances)] {
    set label 10 + i sprintf('%.0f%%', 100 * word(chances, i)) at start + i - 1, screen 0.04 center font points(22) \
        textcolor rgb orange
}

plot file using 'year':(future('q10')):(future('q90')) with filledcurves linecolor rgb '#dde9f4' \
         title L('8 in 10', '八成情形'), \
     file using 'year':(future('q25')):(future('q75')) with filledcurves linecolor rgb '#a9c6e2' \
         title L('half', '半数情形'), \
     file using 'year':(future('q50')) with lines linewidth 3 linecolor rgb '#1f5a96' title L('median', '中位'), \
     file using 'year':(money('expense')) with linespoints linewidth 2 pointtype 7 pointsize 1.2 * dot \
         linecolor rgb '#1f5a96' notitle, \
     file using (column('year') - bar):(money('budget')):(2 * bar):(0) with vectors nohead \
         linewidth 4 linecolor rgb ink title L('total', '付费总额'), \
     file using (column('year') - bar):(money('payable')):(2 * bar):(0) with vectors nohead \
         linewidth 2 dashtype 2 linecolor rgb ink title L('payable', '可支付额')
