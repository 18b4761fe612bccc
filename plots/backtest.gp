# How good forecasts of past years were: what came beside what was expected, and where outcomes lay in it.
#
#   gnuplot -e "dir='out/data-1'; lang='zh'; term='svg'" plots/backtest.gp
#
# Reads charts/data/backtest-all.csv and ranks-all.csv of the directory that `baogan backtest --out` made; options: see
# plots/common.gp.

chart = 'backtest'
unit = 'all'
load ARG0[:strlen(ARG0) - strlen('backtest.gp')].'common.gp'
file = table(chart)
ranks = table('ranks')

first = 9999; last = 0; most = 1
stats file using (first = less(first, column('year')), last = greater(last, column('year')), most = greater(most, column('n')), 0) nooutput

set label 9 L('Forecasts of past years, each from what was known before it', '历年回测：只用此前已知的数据预测各年')."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 (most > 1 \
    ? L('Means over all series. Bands from dark to light: what 50, 80 and 95 % of outcomes should lie in; lines: 10 to 90 % of outcomes.', \
        '各序列均值。色带由深到浅：应含50%、80%、95%实际值的区间；线段：实际值的10%至90%分位。') \
    : L('Bands from dark to light: what 50, 80 and 95 % of outcomes should lie in.', '色带由深到浅：应含50%、80%、95%实际值的区间。')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set key outside top
set multiplot
set bmargin 6

set origin 0, 0; set size 0.64, 1
set xrange [first - 0.7:last + 0.7]
set xtics year_step(last - first + 1)
set ylabel L('Growth on the year before (%)', '比上年增长（%）')
mid(low, high) = 50 * (column(low) + column(high))
half(low, high) = 50 * (column(high) - column(low))
plot for [i = 1:3] file using (column('year')):(mid('lo'.word('95 80 50', i), 'hi'.word('95 80 50', i))): \
         (0.32):(half('lo'.word('95 80 50', i), 'hi'.word('95 80 50', i))) with boxxyerror linecolor rgb word('#deebf7 #9ecae1 #6baed6', i) \
         title word('95 80 50', i).'%', \
     file using (column('year')):(100 * column('outcome')):(100 * column('outcome_low')):(100 * column('outcome_high')) with yerrorbars \
         pointtype 7 pointsize 1.4 * dot linewidth 2 linecolor rgb orange title L('outcome', '实际值'), \
     file using (column('year')):(100 * column('median')) with points pointtype 2 pointsize 1.2 * dot linewidth 2 linecolor rgb navy \
         title L('median forecast', '预测中位数')

unset label
set origin 0.64, 0; set size 0.36, 1
set xrange [0:100]
set yrange [0:*]
set xtics 20
set ylabel L('Outcomes', '实际值个数')
set xlabel L('Place in the forecast (%); dashed: if all is right', '在预测分布中的位置（%）；虚线：预测准确时')
unset key
of(name) = strcol('method') eq 'model' ? column(name) : NaN
plot ranks using (50 * (column('low') + column('high'))):(of('n')):(8) with boxes linecolor rgb blue, \
     ranks using (50 * (column('low') + column('high'))):(of('expected')) with lines linewidth 3 dashtype 2 linecolor rgb orange
unset multiplot
