# Expense against the budget and the distribution of the first year's balance, drawn as text.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; width=100" plots/terminal.gp
#
# Reads charts/data/expense-UNIT.csv and surplus-UNIT.csv of the run directory and writes to standard
# output; options: see plots/common.gp.

chart = 'terminal'
if (!exists('width')) { width = 79 }
term = 'dumb'
load ARG0[:strlen(ARG0) - strlen('terminal.gp')].'common.gp'
set terminal dumb noenhanced size width, 22
set bmargin; set tmargin
unset grid; set border 3

file = table('expense')
first = 1e9; last = 0; base = 0; most = 0
stats file using ( \
    first = less(first, column('year')), last = greater(last, column('year')), \
    base = strcol('kind') eq 'history' ? column('year') : base, \
    most = greater(most, column('q90')), most = greater(most, column('budget')), 0) nooutput
scale = scale_of(most)
future(name) = column('year') >= base ? column(name) / scale : NaN
set title L('Expense and budget', '基金支出与付费总额').L(' – ', '：').unit_name.L(', ', '，').per_year(scale)
set xrange [first - 0.5 : last + 0.5]
set xtics year_step(last - first + 1) format '%.0f'
set key below horizontal maxcols 4
plot file using 'year':(future('q10')) with lines linetype 0 title L('middle 80 %', '居中80%'), \
     file using 'year':(future('q90')) with lines linetype 0 notitle, \
     file using 'year':(future('q50')) with lines linetype 1 title L('median', '中位数'), \
     file using (column('year') - 0.4):(column('budget') / scale):(0.8):(0) with vectors nohead \
         linetype 7 title L('budget', '付费总额'), \
     file using 'year':(column('expense') / scale) with points pointtype 15 title L('past', '历史')

file = table('surplus')
first = 1e9; least = 0; most = 0; over = 0
stats file using (first = less(first, column('year')), 0) nooutput
mine(name) = column('year') == first ? column(name) : NaN
seen(name) = mine('share') >= 0.0005 ? column(name) : NaN
stats file using (least = less(least, seen('low')), most = greater(most, seen('high')), \
                  over = mine('high') <= 0 ? over + column('share') : over, 0) nooutput
scale = scale_of(greater(most, -least))
# Impulses side by side, that a bin is as wide as its part of the line.
place(part) = (mine('low') + part * (column('high') - column('low'))) / scale
set title sprintf(L('Balance before sharing, %d: overspend in %.0f %% of the futures', \
                    '%d年分担前结余：%.0f%%的模拟结果为超支'), first, 100 * over)
set xrange [least / scale : most / scale]
set yrange [0 : *]
set xtics autofreq format '%g'
set xlabel L('< overspend   ', '< 超支  ').money_of(scale).L('   surplus >', '  结余 >')
set ylabel '%'
unset key
set arrow from 0, graph 0 to 0, graph 1 nohead
plot for [i = 0:3] file using (place(0.125 + 0.25 * i)):(100 * column('share')) \
         with impulses linetype 2
