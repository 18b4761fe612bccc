# A figure of a sweep over two of its axes: the mean in each cell, a panel for each policy by name.
#
#   gnuplot -e "dir='out/growth'; unit='overspend'; lang='zh'; term='svg'" plots/heatmap.gp
#
# Reads charts/data/heatmap-UNIT.csv, where UNIT is the name of the figure, of the directory that
# `baogan merge --out` made; options: see plots/common.gp.

chart = 'heatmap'
load ARG0[:strlen(ARG0) - strlen('heatmap.gp')].'common.gp'
file = table(chart)

panels = 0; left_out = 0; least = 1e300; most = -1e300; x_name = ''; y_name = ''; x_unit = ''; y_unit = ''; of = ''; of_unit = ''
x_low = 1e300; x_high = -1e300; y_low = 1e300; y_high = -1e300
array policy[8]
stats file using ( \
    panels = greater(panels, column('panel')), policy[int(column('panel'))] = strcol('policy'), \
    x_name = strcol('x_name'), y_name = strcol('y_name'), of = strcol('figure'), \
    x_unit = strcol('x_unit'), y_unit = strcol('y_unit'), of_unit = strcol('unit'), \
    left_out = column('left_out'), \
    least = less(least, column('value')), most = greater(most, column('value')), \
    x_low = less(x_low, column('x_low')), x_high = greater(x_high, column('x_high')), \
    y_low = less(y_low, column('y_low')), y_high = greater(y_high, column('y_high')), 0) nooutput

# Shares as per cent, money in a unit of its size.
is_share(u) = u eq '1' || u eq '1/year'
factor(u, size) = is_share(u) ? 0.01 : u eq 'yuan' ? scale_of(size) : 1
words_of(u, size) = is_share(u) ? ', %' : u eq 'yuan' ? L(', ', '，').money_of(scale_of(size)) : u eq '' ? '' : ', '.u
x_by = factor(x_unit, greater(abs(x_low), abs(x_high))); y_by = factor(y_unit, greater(abs(y_low), abs(y_high)))
by = factor(of_unit, greater(abs(least), abs(most)))

rows = panels > 3 ? 2 : 1
columns = int((panels + rows - 1) / rows)
set multiplot layout rows, columns margins screen 0.08, 0.88, 0.17, 0.82 spacing screen 0.05, 0.16
set label 1 ''.of.words_of(of_unit, greater(abs(least), abs(most)))."\n".cut(L(title_en, title_zh)) at screen 0.5, 0.96 center \
    font large_type textcolor rgb ink
set label 2 footer(L('Each cell: the mean over the scenarios in it.'.(left_out > 0 ? sprintf(' Policies not drawn: %d.', left_out) : ''), \
    '每格为其中各情景的平均值。'.(left_out > 0 ? sprintf('另有%d项政策未画出。', left_out) : ''))) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
unset key
unset grid
x_title = x_name.words_of(x_unit, greater(abs(x_low), abs(x_high)))
y_title = y_name.words_of(y_unit, greater(abs(y_low), abs(y_high)))
set xrange [x_low / x_by : x_high / x_by]
set yrange [y_low / y_by : y_high / y_by]
top = most > least ? most : least + (least == 0 ? 1 : abs(least) * 0.01)
set cbrange [least / by : top / by]
# From light to dark, so that it reads in black and white, too.
set palette defined (0 '#f7fbff', 0.25 '#c6dbef', 0.5 '#6baed6', 0.75 '#2171b5', 1 navy)
set style fill solid 1 noborder
do for [p = 1:int(panels)] {
    set title policy[p] eq '' ? ' ' : policy[p] font type textcolor rgb ink
    if ((int(p) - 1) % columns == 0) { set ylabel y_title textcolor rgb ink } else { unset ylabel }
    if (p + columns > panels) { set xlabel x_title textcolor rgb ink } else { unset xlabel }
    if (p == 1) { set colorbox user origin screen 0.905, 0.2 size screen 0.018, 0.6 } else { unset colorbox }
    in_panel(value) = column('panel') == p ? value : NaN
    plot file using (in_panel((column('x_low') + column('x_high')) / 2 / x_by)) \
        :(in_panel((column('y_low') + column('y_high')) / 2 / y_by)) \
        :(in_panel(column('x_low') / x_by)):(in_panel(column('x_high') / x_by)) \
        :(in_panel(column('y_low') / y_by)):(in_panel(column('y_high') / y_by)):(column('value') / by) \
        with boxxyerror fillcolor palette notitle
    unset label 1; unset label 2
}
unset multiplot
