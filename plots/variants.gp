# Variants of a contract side by side: the community's result in the first year, and how likely an overspend is.
#
#   gnuplot -e "dir='out/variants'; lang='zh'; unit='all'; term='svg'" plots/variants.gp
#
# Reads charts/data/variants-all.csv; options: see plots/common.gp. A row is a variant; amounts are yuan.

chart = 'variants'
load ARG0[:strlen(ARG0) - strlen('variants.gp')].'common.gp'
file = table(chart)

count = 0; least = 0; most = 0
stats file using ( \
    count = count + 1, least = less(least, column('worst')), least = less(least, column('q10')), \
    most = greater(most, column('q90')), 0) nooutput
scale = scale_of(most - least)
money(name) = column(name) / scale
place(row) = count - row

if (term eq 'svg') { set terminal svg noenhanced size 1000,160 + 80 * count dynamic font points(19) background '#ffffff' }
if (term eq 'png') { set terminal pngcairo noenhanced size 1000,160 + 80 * count font points(19) background '#ffffff' }
set tmargin at screen 1 - 70.0 / (160 + 80 * count)
set bmargin at screen 80.0 / (160 + 80 * count)
set lmargin at screen 0.17
set rmargin at screen 0.82
set label 9 L('Community: keeps (right of 0) or bears (left), ', '医共体：留用（0右侧）或承担（左侧），').money_of(scale) \
    at screen 0.01, screen 1 - 24.0 / (160 + 80 * count) left textcolor rgb ink
set label 8 L('Chance of an overspend', '超支可能性') at screen 0.99, screen 1 - 24.0 / (160 + 80 * count) right textcolor rgb ink
set border 1
set yrange [-0.5 : count - 0.5]
unset ytics # names stand in their place
set arrow 1 from 0, graph 0 to 0, graph 1 nohead linecolor rgb ink linewidth 1 back
set key at screen 0.99, screen 24.0 / (160 + 80 * count) right center horizontal maxrows 1 maxcols 4 samplen 1.4 font small_type

plot file using (money('q10')):(place($0) - 1):(money('q90') - money('q10')):(0) with vectors nohead linewidth 12 \
         linecolor rgb '#a9c6e2' title L('8 futures in 10', '八成情形'), \
     file using (money('worst')):(place($0) - 1) with points pointtype 6 pointsize 2 * dot linewidth 2 linecolor rgb orange \
         title L('worst 5 %, average', '最坏5%平均'), \
     file using (money('mean')):(place($0) - 1) with points pointtype 7 pointsize 2 * dot linecolor rgb navy \
         title L('average', '平均'), \
     file using (least / scale):(place($0) - 1):(strcol('label').' ') with labels right offset -2.5, 0 notitle, \
     file using (most / scale):(place($0) - 1):(sprintf('  %.0f%%', 100 * column('p_overspend'))) with labels left offset 1, 0 \
         font points(22) textcolor rgb orange notitle
