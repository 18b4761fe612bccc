# A running year since January: what was spent, what was expected, where it will end, and from where on it overspends; and
# below that the distance from the pace that ends just there.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/monitor.gp
#
# Reads charts/data/monitor-UNIT.csv of the directory of monitor; options: see plots/common.gp.

chart = 'monitor'
load ARG0[:strlen(ARG0) - strlen('monitor.gp')].'common.gp'
file = table(chart)

most = 0; known = 0; line = 0; total = 0; whole = 0
stats file using ( \
    most = greater(most, column('q975_yuan')), most = greater(most, column('expected_yuan')), \
    most = greater(most, column('budget_yuan')), most = greater(most, column('line_yuan')), \
    line = column('line_yuan'), total = column('budget_yuan'), \
    whole = greater(whole, column('expected_yuan')), \
    known = column('paid_yuan') >= 0 ? column('month') : known, 0) nooutput
scale = scale_of(most)
money(name) = column(name) / scale
# The pace divides the line as the year is expected to be.
off(name) = (column(name) - line * column('expected_yuan') / whole) / scale

set multiplot
set label 9 heading(L('The year to date', '年内累计支出')) at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 L('Bands from dark to light: the middle 80 and 95 % of where the year may stand.', '色带由深到浅：居中的80%、95%。') \
    at screen 0.01, 0.025 left font small_type textcolor rgb grey
set arrow 1 from known, graph 0 to known, graph 1 nohead back linecolor rgb rule linewidth 2
set ylabel money_of(scale)
set lmargin at screen 0.09
set rmargin at screen 0.80
set xrange [0 : 12.2]
set xtics 1

set tmargin at screen 0.88
set bmargin at screen 0.46
set yrange [0 : 1.05 * most / scale]
plot file using 'month':(money('q025_yuan')):(money('q975_yuan')) with filledcurves \
         linecolor rgb word(tint, 1) title L('95 %', '95%'), \
     file using 'month':(money('q10_yuan')):(money('q90_yuan')) with filledcurves \
         linecolor rgb word(tint, 3) title L('80 %', '80%'), \
     file using 'month':(money('q50_yuan')) with lines linewidth 4 linecolor rgb navy \
         title L('to come, median', '预计（中位数）'), \
     file using 'month':(money('expected_yuan')) with lines linewidth 2 dashtype 3 linecolor rgb ink \
         title L('expected beforehand', '年初预期'), \
     file using 'month':(money('paid_yuan')) with linespoints linewidth 3 pointtype 7 \
         pointsize 1.6 * dot linecolor rgb ink title L('spent', '已支出'), \
     line / scale with lines linewidth 3 dashtype 2 linecolor rgb orange \
         title L('overspend from here', '超支界限'), \
     total / scale with lines linewidth 2 linecolor rgb yellow title L('budget', '年度付费总额')

unset label 9
unset label 1
set tmargin at screen 0.40
set bmargin at screen 0.12
set yrange [*:*]
set xlabel L('End of month', '月末') textcolor rgb ink
set label 2 L('Above the pace that ends at the overspend line', '超出“恰好不超支”进度的金额') \
    at graph 0.01, 0.93 left font small_type textcolor rgb ink front
plot file using 'month':(off('q025_yuan')):(off('q975_yuan')) with filledcurves \
         linecolor rgb word(tint, 1) notitle, \
     file using 'month':(off('q10_yuan')):(off('q90_yuan')) with filledcurves \
         linecolor rgb word(tint, 3) notitle, \
     file using 'month':(off('q50_yuan')) with lines linewidth 4 linecolor rgb navy notitle, \
     file using 'month':(off('expected_yuan')) with lines linewidth 2 dashtype 3 linecolor rgb ink notitle, \
     file using 'month':(off('paid_yuan')) with linespoints linewidth 3 pointtype 7 \
         pointsize 1.6 * dot linecolor rgb ink notitle, \
     0 with lines linewidth 3 dashtype 2 linecolor rgb orange notitle
unset multiplot
