# What a box of scenarios trades: the denser it is in those that are sought, the fewer of them it holds.
#
#   gnuplot -e "dir='out/growth-1'; unit='all'; lang='zh'; term='svg'" plots/tradeoff.gp
#
# Reads charts/data/tradeoff-UNIT.csv of the directory that `baogan discover` made; UNIT is a policy, or all; options: see
# plots/common.gp.

chart = 'tradeoff'
if (!exists('unit')) { unit = 'all' }
load ARG0[:strlen(ARG0) - strlen('tradeoff.gp')].'common.gp'
file = table(chart)

boxes = 0; target = ''; met = 0
stats file using (boxes = greater(boxes, column('box')), target = strcol('target'), met = column('met'), 0) nooutput

sought = met == 1 ? L('met', '达标') : L('missed', '未达标')
set label 9 L('Where ', '').target.L(' is ', '').sought.L(': coverage and density of boxes', '的情景：各范围的覆盖率与密度') \
    .(unit eq 'all' ? '' : L(' – ', '：').unit)."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(L('Each dot: one peel; the large ones are the boxes that are told.', '每一点为一次收缩；大点为所选范围。')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xlabel L('Coverage: of all scenarios where it is '.sought.', those in the box (%)', '覆盖率：全部'.sought.'情景中落在范围内的比例（%）')
set ylabel L('Density: of the scenarios in the box, those where it is '.sought.' (%)', '密度：范围内情景中'.sought.'的比例（%）')
set xrange [0:102]
set yrange [0:104]
set bmargin 6
array colour[3] = [navy, orange, green]
of(b, name) = column('box') == b ? 100 * column(name) : NaN
large(b) = column('box') == b && column('chosen') == 1 ? 100 * column('density') : NaN
plot for [b = 1:int(boxes)] file using (of(b, 'coverage')):(of(b, 'density')) with linespoints pointtype 7 pointsize 0.8 * dot \
         linewidth 2 linecolor rgb colour[b] title L(sprintf('box %d', b), sprintf('范围%d', b)), \
     for [b = 1:int(boxes)] file using (100 * column('coverage')):(large(b)) with points pointtype 7 pointsize 2.6 * dot \
         linecolor rgb colour[b] notitle
