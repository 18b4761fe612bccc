# Cash of the community month by month: instalments received less the fund payments that it makes since
# January; where the pool pays care outside the county, those in the county; and what it pays for measures.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/cash.gp
#
# Reads charts/data/cash-UNIT.csv of the run directory; options: see plots/common.gp.

chart = 'cash'
load ARG0[:strlen(ARG0) - strlen('cash.gp')].'common.gp'
file = table(chart)

first = 1e9; last = 0; most = 0
stats file using ( \
    first = less(first, column('year')), last = greater(last, column('year')), \
    most = greater(most, abs(column('q01'))), most = greater(most, abs(column('q99'))), 0) nooutput
scale = scale_of(most)
# A line of its own for each year: without a calendar the account starts anew in January.
time = 'column("year") + column("month") / 12'
own(name) = column('year') == year ? column(name) / scale : NaN

set label 9 heading(L('Cash by month', '月度现金余缺')) at screen 0.5, 0.96 center font large_type textcolor rgb ink
set ylabel money_of(scale)
paid = outside eq 'pool' \
    ? L('payments in the county', '县内基金支出') : L('fund payments', '基金支出')
beside = strstrt(' '.outlay.' ', ' '.unit.' ') ? L(' and outlays for measures', '及措施投入') : ''
# With a calendar the account runs on, and what is settled is paid in its month.
counted = calendar eq '' \
    ? L('Instalments less '.paid.beside.' since January, before clearing.', '自1月起累计预拨减'.paid.beside.'，清算前。') \
    : L('Instalments and settlements as they are paid since the contract began, less '.paid.beside.'.', \
        '自合同开始累计预拨及清算收付减'.paid.beside.'。')
set bmargin 6
set label 1 footer(bands_mean."\n".counted) at screen 0.01, 0.055 left font small_type textcolor rgb grey
set xrange [first : last + 1]
# A year's name stands in its middle, a line at each of its ends; small ticks are quarters.
step = year_step(last - first + 1)
set xtics scale 0 ()
do for [year = first:last:step] { set xtics add (sprintf('%d', year) year + 0.5) }
do for [year = first:last] { 
    if (year > first) { set arrow from year, graph 0 to year, graph 1 nohead back linecolor rgb rule linewidth 1.5 }
}
set xzeroaxis linetype 1 linewidth 2 linecolor rgb grey

plot for [i = 1:4] for [year = first:last] file using (@time):(own(word(low, i))):(own(word(high, i))) \
         with filledcurves linecolor rgb word(tint, i) title (year == first ? inside_name(i) : ''), \
     for [year = first:last] file using (@time):(own('q50')) with lines linewidth 4 \
         linecolor rgb navy title (year == first ? L('median', '中位数') : ''), \
     for [year = first:last] file using (@time):(own('central')) with lines linewidth 2 dashtype 3 \
         linecolor rgb ink title (year == first ? L('central path', '中心路径') : '')
