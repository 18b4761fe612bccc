# What one figure costs in another: the policies that a search looked at, and those that no other betters.
#
#   gnuplot -e "dir='out/contract-1'; lang='zh'; term='svg'" plots/front.gp
#
# Reads charts/data/front-all.csv of the directory that `baogan search` made; options: see plots/common.gp.

chart = 'front'
unit = 'all'
load ARG0[:strlen(ARG0) - strlen('front.gp')].'common.gp'
file = table(chart)

x_name = ''; y_name = ''; x_unit = ''; y_unit = ''; x_lower = 0; y_lower = 0; missed = 0
x_least = 1e300; x_most = -1e300; y_least = 1e300; y_most = -1e300
stats file using (x_name = strcol('x_name'), y_name = strcol('y_name'), x_unit = strcol('x_unit'), y_unit = strcol('y_unit'), \
    x_lower = column('x_lower'), y_lower = column('y_lower'), missed = column('met') == 1 ? missed : missed + 1, \
    x_least = less(x_least, column('x')), x_most = greater(x_most, column('x')), \
    y_least = less(y_least, column('y')), y_most = greater(y_most, column('y')), 0) nooutput

size(u, least, most) = u eq '1' ? 0.01 : scale_of(greater(abs(least), abs(most)))
words_of(u, by) = u eq '1' ? ', %' : L(', ', '，').money_of(by)
x_by = size(x_unit, x_least, x_most); y_by = size(y_unit, y_least, y_most)
way(lower) = lower == 1 ? L(' (lower is better)', '（低为优）') : L(' (higher is better)', '（高为优）')

set label 9 L('What one costs in the other', '两项指标的取舍')."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(L('Each dot: a policy. Bars: 95 % sampling error.', '每点为一项政策；线段为95%抽样误差。')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xlabel x_name.words_of(x_unit, x_by).way(x_lower)
set ylabel y_name.words_of(y_unit, y_by).way(y_lower)
set format x '%.6g'
set format y '%.6g'
set bmargin 6
set key outside top
where(good, value) = good ? value : NaN
plot file using (column('x') / x_by):(where(column('met') == 0, column('y') / y_by)) with points pointtype 6 pointsize 0.8 * dot \
         linecolor rgb rule title missed > 0 ? L('misses a target', '未达标') : '', \
     file using (column('x') / x_by):(where(column('met') == 1 && column('best') == 0, column('y') / y_by)) with points pointtype 7 \
         pointsize 0.8 * dot linecolor rgb '#9ecae1' title L('bettered', '有更优者'), \
     file using (where(column('best') > 0, column('x') / x_by)):(column('y') / y_by):(1.96 * column('x_se') / x_by):(1.96 * column('y_se') / y_by) \
         with xyerrorbars pointtype 7 pointsize 1.4 * dot linewidth 1.5 linecolor rgb navy title L('not bettered', '无更优者'), \
     file using (where(column('best') > 0, column('x') / x_by)):(column('y') / y_by):(sprintf('%d', column('best'))) with labels \
         offset char 1.2, 0.6 font small_type textcolor rgb navy notitle
