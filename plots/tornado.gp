# What a figure hangs on: total and first-order sensitivity indices, and where the figure goes when an
# input is low or high.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; term='svg'" plots/tornado.gp
#
# Reads charts/data/tornado-<unit>.csv of the directory of a sensitivity study; options: see plots/common.gp.

chart = 'tornado'
if (!exists('unit')) { unit = 'all' }
load ARG0[:strlen(ARG0) - strlen('tornado.gp')].'common.gp'
file = table(chart)

most_rows = 18
n = 0; figure = ''; middle = 0; least = 1e300; most = -1e300; widest = 0
array name_of[100]; array total_of[100]; array low_of[100]; array high_of[100]; array alone_of[100]
stats file using ( \
    n = n + 1, name_of[n] = strcol('input'), total_of[n] = column('total'), alone_of[n] = column('first'), \
    low_of[n] = column('at_low_end'), high_of[n] = column('at_high_end'), \
    figure = strcol('figure'), middle = column('as_given'), \
    least = less(less(least, low_of[n]), high_of[n]), most = greater(greater(most, low_of[n]), high_of[n]), \
    widest = greater(widest, column('total_high')), 0) nooutput
shown = n > most_rows ? most_rows : n
is_share = figure[1:2] eq 'p_'
factor = is_share ? 0.01 : 100 * scale_of(greater(abs(most), abs(least)) / 100)
what = figure.(is_share ? ' (%)' : L(', ', '，').money_of(factor / 100))
has_means = most >= least

rest = n > shown ? sprintf(L(' %d weaker inputs in sensitivity.csv.', '另有%d个较弱参数见sensitivity.csv。'), n - shown) : ''
set label 9 L('What the figure hangs on: ', '敏感性：').figure."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(L('Bars left: share of variance, dark: alone, light: with interactions. Right: one input at an end of its range, the others as in the scenario.', \
    '左：方差占比（深色为主效应，浅色含交互作用）；右：单个参数取范围两端、其余按情景取值时的指标。').rest) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set multiplot
set yrange [shown + 0.6 : 0.4]
set ytics scale 0 ()
do for [k = 1:shown] { set ytics add (squeeze(name_of[k], 44) k) }
unset key
unset grid
set grid xtics linetype 1 linewidth 1 linecolor rgb rule
set lmargin at screen 0.34; set rmargin at screen 0.62
set tmargin at screen 0.86; set bmargin at screen 0.17
set xrange [0 : greater(widest, 0.05) * 1.05]
set format x '%g'
set xlabel L('share of variance', '方差占比')
positive(x) = x > 0 ? x : 0
alone(first, from) = from > 0 ? first : 0 # else it is not told from zero
plot file every ::0::shown - 1 using (positive(column('total')) / 2):($0 + 1):(positive(column('total')) / 2):(0.32) with boxxyerror linecolor rgb word(tint, 3) notitle, \
     file every ::0::shown - 1 using (alone(column('first'), column('first_low')) / 2):($0 + 1):(alone(column('first'), column('first_low')) / 2):(0.2) with boxxyerror linecolor rgb navy notitle, \
     file every ::0::shown - 1 using (column('total')):($0 + 1):(positive(column('total_low'))):(positive(column('total_high'))) with xerrorbars pointtype -1 linewidth 1.6 linecolor rgb ink notitle
unset label 9
unset label 1
if (has_means) {
    set lmargin at screen 0.66; set rmargin at screen 0.97
    unset ytics
    left_end = less(least, middle) / factor
    right_end = greater(most, middle) / factor
    room = right_end > left_end ? (right_end - left_end) * 0.08 : 1
    set xrange [is_share ? greater(left_end - room, 0) : left_end - room \
                : is_share ? less(right_end + room, 100) : right_end + room]
    set xlabel what
    set arrow 1 from first middle / factor, graph 0 to first middle / factor, graph 1 nohead front linewidth 1.5 linecolor rgb grey
    set key at screen 0.97, 0.905 right horizontal maxrows 1 maxcols auto samplen 1.2
    mid(a) = (a + middle) / 2 / factor
    half(a) = abs(a - middle) / 2 / factor
    plot file every ::0::shown - 1 using (mid(column('at_low_end'))):($0 + 1):(half(column('at_low_end'))):(0.32) with boxxyerror linecolor rgb orange title L('low', '低'), \
         file every ::0::shown - 1 using (mid(column('at_high_end'))):($0 + 1):(half(column('at_high_end'))):(0.32) with boxxyerror linecolor rgb blue title L('high', '高')
}
unset multiplot
