# Balances at year end of the pool, the funds and the community's reserve: a panel of fans each.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/funds.gp
#
# Reads charts/data/funds-UNIT.csv of the run directory; options: see plots/common.gp.

chart = 'funds'
load ARG0[:strlen(ARG0) - strlen('funds.gp')].'common.gp'
file = table(chart)

# One pass: funds in the order of the file, and the years. A fund's rows stand together.
n = 0; fund = ''; first = 1e9; last = 0; outcomes = 0; added = 0
array id_of[32]; array name_of[32]
stats file using ( \
    n = strcol('fund') eq fund ? n : n + 1, fund = strcol('fund'), id_of[n] = fund, \
    name_of[n] = L(strcol('label_en'), strcol('label_zh')), \
    first = less(first, column('year')), last = greater(last, column('year')), \
    outcomes = outcomes || abs(column('published')) >= 0, added = added || column('added') > 0, \
    0) nooutput
columns = n <= 1 ? 1 : n <= 4 ? 2 : n <= 9 ? 3 : 4
rows = (n + columns - 1) / columns

set multiplot layout rows, columns margins screen 0.085, 0.80, 0.13, 0.84 spacing screen 0.09, 0.14
set label 1 heading(L('Balances at year end', '年末累计结余')) at screen 0.5, 0.96 center \
    font large_type textcolor rgb ink
set label 2 footer(bands_mean.L(" Funds go back to the pool at the contract's end.", '合同期末各项资金余额退回统筹基金。')) at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xrange [first - 0.5 : last + 0.5]
set xtics year_step((last - first + 1) * columns / 1.6) format '%.0f'
set xzeroaxis linetype 1 linewidth 1.5 linecolor rgb grey

do for [k = 1:n] {
    fund = id_of[k]
    own(name) = strcol('fund') eq fund ? column(name) : NaN
    most = 0; least = 0
    stats file using (most = greater(most, own('q99')), most = greater(most, own('added')), \
                      most = greater(most, own('published')), least = less(least, own('q01')), \
                      least = less(least, own('published')), 0) nooutput
    scale = scale_of(greater(most, -least))
    money(name) = own(name) / scale
    set title name_of[k] font type offset 0, -0.4
    set ylabel money_of(scale) offset 0.8, 0
    if (most > least) {
        set yrange [* : *]; set ytics step_of((most - least) / scale, rows > 2 ? 3 : 6)
    } else { set yrange [-1 : 1]; set ytics 1 }
    if (k == 1) { set key at screen 0.812, 0.845 left top horizontal maxcols 1 } else { unset key }
    plot for [i = 1:4] file using 'year':(money(word(low, i))):(money(word(high, i))) \
             with filledcurves linecolor rgb word(tint, i) title inside_name(i), \
         file using 'year':(money('q50')) with lines linewidth 4 linecolor rgb navy \
             title L('median', '中位数'), \
         file using 'year':(money('central')) with lines linewidth 2 dashtype 3 linecolor rgb ink \
             title L('central path', '中心路径'), \
         for [i = 1:added] file using 'year':(money('added')) with points pointtype 1 \
             pointsize 2 * dot linewidth 3 linecolor rgb orange title L('set aside in the year', '当年提取'), \
         for [i = 1:outcomes] file using 'year':(money('published')) with points pointtype 9 \
             pointsize 2.6 * dot linecolor rgb purple title L('published outcome', '公布结果')
    unset label
}
unset multiplot
