# Where a target is missed, or met: the scenarios over the two axes that bound the first box most, and the boxes.
#
#   gnuplot -e "dir='out/growth-1'; unit='all'; lang='zh'; term='svg'" plots/boxes.gp
#
# Reads charts/data/boxes-UNIT.csv and charts/data/dots-UNIT.csv of the directory that `baogan discover` made; UNIT is a
# policy, or all; options: see plots/common.gp.

chart = 'boxes'
if (!exists('unit')) { unit = 'all' }
load ARG0[:strlen(ARG0) - strlen('boxes.gp')].'common.gp'
file = table(chart)
dots = table('dots')

target = ''; met = 0; x_name = ''; y_name = ''; x_unit = ''; y_unit = ''; count = 0; most_bounded = 0
stats file using (target = strcol('target'), met = column('met'), x_name = strcol('x_name'), y_name = strcol('y_name'), \
    x_unit = strcol('x_unit'), y_unit = strcol('y_unit'), count = greater(count, column('box')), \
    most_bounded = greater(most_bounded, column('bounded')), 0) nooutput
x_least = 1e300; x_most = -1e300; y_least = 1e300; y_most = -1e300
stats dots using (x_least = less(x_least, column('x')), x_most = greater(x_most, column('x')), \
    y_least = less(y_least, column('y')), y_most = greater(y_most, column('y')), 0) nooutput

is_share(u) = u eq '1' || u eq '1/year'
factor(u, size) = is_share(u) ? 0.01 : u eq 'yuan' ? scale_of(size) : 1
words_of(u, size) = is_share(u) ? ', %' : u eq 'yuan' ? L(', ', '，').money_of(scale_of(size)) : u eq '' ? '' : ', '.u
x_by = factor(x_unit, x_most); y_by = factor(y_unit, y_most)
x_edge = 0.03 * (x_most - x_least) / x_by; y_edge = 0.03 * (y_most - y_least) / y_by

sought = met == 1 ? L('met', '达标') : L('missed', '未达标')
other = met == 1 ? L('missed', '未达标') : L('met', '达标')
set label 9 L('Where ', '').target.L(' is ', '').sought.L('', '的情景').(unit eq 'all' ? '' : L(' – ', '：').unit)."\n" \
    .cut(L(title_en, title_zh)) at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(L('Each dot: a scenario.', '每点为一个情景。').(most_bounded > 2 ? L(' Boxes are bounded by further axes, too.', '各范围还受其他轴限制。') : '')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xlabel x_name.words_of(x_unit, x_most)
set ylabel y_name.words_of(y_unit, y_most)
set xrange [x_least / x_by - x_edge : x_most / x_by + x_edge]
set yrange [y_least / y_by - y_edge : y_most / y_by + y_edge]
set format x '%.6g'
set format y '%.6g'
set bmargin 6
unset grid
array colour[3] = [navy, purple, green]
where(flag, value) = column('sought') == flag ? value : NaN
middle(low, high, by) = (column(low) + column(high)) / 2 / by
edge_of(b, value) = column('box') == b ? value : NaN
plot dots using (column('x') / x_by):(where(0, column('y') / y_by)) with points pointtype 7 pointsize 0.9 * dot linecolor rgb '#9ecae1' title other, \
     dots using (column('x') / x_by):(where(1, column('y') / y_by)) with points pointtype 7 pointsize 0.9 * dot linecolor rgb orange title sought, \
     for [b = 1:int(count)] file using (edge_of(b, middle('x_low', 'x_high', x_by))):(middle('y_low', 'y_high', y_by)) \
         :(column('x_low') / x_by - x_edge / 4):(column('x_high') / x_by + x_edge / 4) \
         :(column('y_low') / y_by - y_edge / 4):(column('y_high') / y_by + y_edge / 4) \
         with boxxyerror fillstyle empty linewidth 3 linecolor rgb colour[b] title L(sprintf('box %d', b), sprintf('范围%d', b))
