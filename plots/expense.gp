# Yearly expense against the budget: past years, then quantile fans, budget and payable.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/expense.gp
#
# Reads charts/data/expense-UNIT.csv of the run directory; options: see plots/common.gp.

chart = 'expense'
load ARG0[:strlen(ARG0) - strlen('expense.gp')].'common.gp'
file = table(chart)

first = 1e9; last = 0; base = 0; most = 0; outcomes = 0; varied = 0
stats file using ( \
    first = less(first, column('year')), last = greater(last, column('year')), \
    base = strcol('kind') eq 'history' ? column('year') : base, \
    most = greater(most, column('q99')), most = greater(most, column('budget_q90')), \
    most = greater(most, column('published')), \
    outcomes = outcomes || column('published') > 0, \
    varied = varied || column('budget_q90') > column('budget_q10'), 0) nooutput
scale = scale_of(most)
money(name) = column(name) / scale
# The fan opens at the last year whose expense is known.
future(name) = column('year') >= base ? money(name) : NaN
bar = 0.42 # half the width of a year's budget

set label 9 heading(L('Expense and budget', '基金支出与付费总额')) at screen 0.5, 0.96 center font large_type textcolor rgb ink
set ylabel per_year(scale)
set xrange [first - 0.6 : last + 0.6]
set xtics year_step(last - first + 1) format '%.0f'
set label 1 footer(bands_mean) at screen 0.01, 0.03 left font small_type textcolor rgb grey

plot for [i = 1:4] file using 'year':(future(word(low, i))):(future(word(high, i))) \
         with filledcurves linecolor rgb word(tint, i) title inside_name(i), \
     file using 'year':(future('q50')) with lines linewidth 4 linecolor rgb navy \
         title L('median', '中位数'), \
     file using 'year':(future('central')) with lines linewidth 2 dashtype 3 linecolor rgb ink \
         title L('central path', '中心路径'), \
     file using 'year':(money('expense')) with linespoints linewidth 2 pointtype 7 pointsize 1.6 * dot \
         linecolor rgb ink title L('past expense', '历史支出'), \
     for [i = 1:varied] file using 'year':(money('budget')):(column('year') - bar): \
         (column('year') + bar):(money('budget_q10')):(money('budget_q90')) \
         with boxxyerror linecolor rgb orange linewidth 2 fillstyle empty \
         title L('budget, middle 80 %', '付费总额（居中80%）'), \
     file using (column('year') - bar):(money('budget')):(2 * bar):(0) with vectors nohead \
         linewidth 4 linecolor rgb orange title L('budget', '付费总额'), \
     file using (column('year') - bar):(money('payable')):(2 * bar):(0) with vectors nohead \
         linewidth 3 linecolor rgb yellow title L('payable', '可支付额'), \
     for [i = 1:outcomes] file using 'year':(money('published')) with points pointtype 9 \
         pointsize 2.6 * dot linecolor rgb purple title L('published outcome', '公布结果')
