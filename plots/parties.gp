# Who gets what: expected gain (+) or loss (-) of pool, community and institutions, by year.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/parties.gp
#
# Reads charts/data/parties-UNIT.csv of the run directory; options: see plots/common.gp.

chart = 'parties'
load ARG0[:strlen(ARG0) - strlen('parties.gp')].'common.gp'
file = table(chart)

# Parties in the order of the file, from top to bottom.
n = 0; first = 1e9; last = 0; most = 0; party = ''
array name_of[80]; array id_of[80]
stats file using ( \
    n = strcol('party') eq party ? n : n + 1, party = strcol('party'), id_of[n] = party, \
    name_of[n] = L(strcol('label_en'), strcol('label_zh')), \
    first = less(first, column('year')), last = greater(last, column('year')), \
    most = greater(most, abs(column('q10'))), most = greater(most, abs(column('q90'))), 0) nooutput
scale = scale_of(most)
unshown = n > 22 ? n - 22 : 0 # more rows would be too small to read
n = n - unshown

# At most five years, or three for many parties: the first, the last, and some between.
room = n > 8 ? 3 : 5
shown = last - first < room ? int(last - first) + 1 : room
year_of(i) = shown == 1 ? first : first + floor((i - 1) * (last - first) / (shown - 1.0) + 0.5)
shade = '#c6dbef #9ecae1 #6baed6 #4292c6 #2171b5'
shade_of(i) = shown == 1 ? 4 : 1 + (i - 1) * 4 / (shown - 1)
thick = 0.8 / shown

set label 9 heading(L('Who gets what', '各方损益')) at screen 0.5, 0.96 center font large_type textcolor rgb ink
rest = unshown == 0 ? '' : sprintf(L(' %d more in parties-UNIT.csv.', '另有%d家见parties-UNIT.csv。'), unshown)
set label 1 footer(L('Bars: mean. Whiskers: the middle 80 % of the futures. Gain to the right, loss to the left; institutions after what is disallowed.', \
    '条形：均值；须线：居中80%的模拟结果。向右为得、向左为失；各机构已扣除不予支付。').rest) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xlabel per_year(scale)
set yrange [n + 0.5 : 0.5]
set ytics scale 0 ()
do for [k = 1:n] { set ytics add (squeeze(name_of[k], 36) k) }
do for [k = 1:n - 1] {
    set arrow from graph 0, first k + 0.5 to graph 1, first k + 0.5 nohead back \
        linewidth 1 linecolor rgb rule
}
unset grid
set grid xtics linetype 1 linewidth 1 linecolor rgb rule
set errorbars 0.6
set bmargin 6
set arrow from first 0, graph 0 to first 0, graph 1 nohead front linewidth 1.5 linecolor rgb grey

# Place of the bar of party k in shown year i, if this row of the file is its.
place(k, i) = strcol('party') eq id_of[k] && column('year') == year_of(i) \
              ? k - 0.4 + (i - 0.5) * thick : NaN
money(name) = column(name) / scale
plot for [k = 1:n] for [i = 1:shown] file using (0):(place(k, i)):(0):(money('mean')): \
         (place(k, i) - 0.45 * thick):(place(k, i) + 0.45 * thick) with boxxyerror \
         linecolor rgb word(shade, shade_of(i)) title (k == 1 ? sprintf('%d', year_of(i)) : ''), \
     for [k = 1:n] for [i = 1:shown] file using (money('mean')):(place(k, i)):(money('q10')): \
         (money('q90')) with xerrorbars pointtype -1 linewidth 1.6 linecolor rgb ink notitle
