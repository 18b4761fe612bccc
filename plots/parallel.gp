# All scenarios of a sweep at once: an upright axis for each varied key and each figure, a line for each
# scenario, coloured by the first target (blue: met, orange: missed) or by the last figure.
#
#   gnuplot -e "dir='out/sharing'; unit='sweep'; term='svg'" plots/parallel.gp
#
# Reads charts/data/parallel-sweep.csv and parallel_axes-sweep.csv of the directory that
# `baogan merge --out` made; options: see plots/common.gp.

chart = 'parallel'
load ARG0[:strlen(ARG0) - strlen('parallel.gp')].'common.gp'
file = table(chart)
axes = table('parallel_axes')

n = 0; colour = ''; is_target = 0
array name[400]; array low_end[400]; array high_end[400]; array of_unit[400]
stats axes using ( \
    n = n + 1, name[n] = strcol('name'), of_unit[n] = strcol('unit'), colour = strcol('colour'), is_target = column('is_target'), \
    low_end[n] = column('low'), high_end[n] = column('high'), 0) nooutput
lines = 0; dark = -1e300; light = 1e300
stats file using (lines = lines + (column('position') == 1), \
    dark = greater(dark, column('colour')), light = less(light, column('colour')), 0) nooutput

is_share(u) = u eq '1' || u eq '1/year'
most = 0
do for [i = 1:n] { if (of_unit[i] eq 'yuan') { most = greater(greater(most, abs(low_end[i])), abs(high_end[i])) } }
scale = scale_of(most)
shown(value, u) = is_share(u) ? sprintf('%.3g%%', 100 * value) \
    : u eq 'yuan' ? sprintf('%.4g ', value / scale).money_of(scale) : sprintf('%.6g', value)

set label 1 L('Every scenario a line', '每个情景一条线')."\n".cut(L(title_en, title_zh)) at screen 0.5, 0.96 center \
    font large_type textcolor rgb ink
set label 2 footer(sprintf(L('%d scenarios. Colour: %s%s.', '%d个情景。颜色：%s%s。'), lines, colour, \
    is_target == 1 ? L(' (blue: met, orange: missed)', '（蓝：达到，橙：未达到）') : '')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
unset key
unset grid
unset border
unset ytics
unset colorbox
set xrange [0.7 : n + 0.3]
set yrange [-0.02 : 1.02]
set lmargin at screen 0.05; set rmargin at screen 0.95; set bmargin at screen 0.17; set tmargin at screen 0.8
set xtics scale 0 ()
do for [i = 1:n] {
    set xtics add (squeeze(name[i], L(150, 150) / n) i)
    set arrow i from first i, first 0 to first i, first 1 nohead front linewidth 1.5 linecolor rgb ink
    set label 10 + i shown(high_end[i], of_unit[i]) at first i, first 1.03 center font small_type textcolor rgb ink
    set label 510 + i shown(low_end[i], of_unit[i]) at first i, first -0.035 center font small_type textcolor rgb ink
}
set xtics offset 0, -1.2
set palette defined (0 orange, 0.5 '#999999', 1 blue)
top = is_target == 1 ? 1 : dark > light ? dark : light + 1
bottom = is_target == 1 ? 0 : light
set cbrange [bottom : top]
plot file using 'position':'share':'colour' with lines linewidth (lines > 200 ? 0.6 : 1.2) linecolor palette notitle
