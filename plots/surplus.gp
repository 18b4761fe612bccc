# Distribution of a year's balance before sharing, with the sharing bands: first and last year.
#
#   gnuplot -e "dir='out/county-1'; lang='zh'; unit='residents'; term='svg'" plots/surplus.gp
#
# Reads charts/data/surplus-UNIT.csv and bands-UNIT.csv of the run directory; options: see
# plots/common.gp.

chart = 'surplus'
load ARG0[:strlen(ARG0) - strlen('surplus.gp')].'common.gp'
file = table(chart)
bands = table('bands')

first = 1e9; last = 0
stats file using (first = less(first, column('year')), last = greater(last, column('year')), 0) nooutput
columns = last > first ? 2 : 1

# The bands in words, of the first year: their limits are shares of the budget in every year.
kept = ''; borne = ''; kept_base = ''; borne_base = ''
percent(share) = sprintf('%g%%', 100 * share)
band(sofar) = sofar.(sofar eq '' ? '' : L(', ', '，')) \
    .(column('to_share') == column('to_share') ? L('to ', '').percent(column('to_share')).L(': ', '以内') \
                                               : L('beyond: ', '超出部分')).percent(column('community_share'))
stats bands using ( \
    kept = column('year') == first && strcol('side') eq 'surplus' ? band(kept) : kept, \
    borne = column('year') == first && strcol('side') eq 'overspend' ? band(borne) : borne, \
    kept_base = strcol('side') eq 'surplus' ? strcol('base') : kept_base, \
    borne_base = strcol('side') eq 'overspend' ? strcol('base') : borne_base, 0) nooutput
base_name(base) = base eq 'payable' ? L('payable amount', '可支付额') : L('budget', '付费总额')
line(text) = cut_to(text, L(160, 200))."\n"
words_of_bands = \
    (kept eq '' ? '' : line(L('Of a surplus the community keeps, by limits in % of the ', '结余中医共体留用（区间按占') \
                            .base_name(kept_base).L(': ', '的比例）：').kept)) \
    .(borne eq '' ? '' : line(L('Of an overspend it bears, in % of the ', '超支中医共体承担（区间按占') \
                              .base_name(borne_base).L(': ', '的比例）：').borne))

set multiplot layout 1, columns margins screen 0.09, 0.985, 0.23, 0.76 spacing screen 0.05, 0.1
set label 1 heading(L('Balance before sharing', '分担前结余分布')) at screen 0.5, 0.96 center \
    font large_type textcolor rgb ink
set label 2 words_of_bands.footer(L('Balance: payable and releases less expense. Outer bins below 0.05 % are not drawn.', \
    '结余：可支付额与返还合计减支出。两端占比不足0.05%的部分未画出。')) \
    at screen 0.01, 0.085 left font small_type textcolor rgb grey
if (words_of_bands ne '') {
    set label 3 L("community's\nshare", "医共体\n比例") at graph -0.02, graph 1.085 right font small_type textcolor rgb grey
}
set ylabel L('% of futures', '模拟结果占比（%）')
unset key

middle(scale) = (mine('low') + column('high')) / 2 / scale
wide(scale) = greater(span * 0.004, (column('high') - column('low')) / scale * 0.94)
do for [k = 1:columns] {
    year = k == 1 ? first : last
    least = 0; most = 0; tallest = 0; over = 0; count = 0
    mine(name) = column('year') == year ? column(name) : NaN
    seen(name) = mine('share') >= 0.0005 ? column(name) : NaN
    stats file using (least = less(least, seen('low')), most = greater(most, seen('high')), \
        tallest = greater(tallest, mine('share')), \
        over = mine('high') <= 0 ? over + column('share') : over, 0) nooutput
    scale = scale_of(greater(most, -least))
    edge = (most - least) * 0.03
    least = (least - edge) / scale; most = (most + edge) / scale; span = most - least
    set xrange [least : most]
    set xtics step_of(span, tics_for(greater(most, -least)) * 2 / columns)
    set yrange [0 : tallest * 108]
    set xlabel L('◀ overspend      ', '◀ 超支    ').money_of(scale).L('      surplus ▶', '    结余 ▶')
    set label 4 sprintf(L('%d: overspend in %.0f %% of the futures', '%d年：%.0f%%的模拟结果为超支'), \
                        year, 100 * over) at graph 0.5, graph 1.17 center font type textcolor rgb ink

    # Each band shows its share above the frame where it is in sight, upright where it is narrow.
    unset arrow
    array from[64]; array to[64]; array share[64]
    stats bands using (column('year') != year ? 0 : (count = count + 1, \
        from[count] = column('from') / scale, share[count] = column('community_share'), \
        to[count] = column('to') == column('to') ? column('to') / scale \
                    : strcol('side') eq 'surplus' ? 1e300 : -1e300, 0)) nooutput
    do for [b = 1:count] {
        start = greater(least, less(from[b], to[b]))
        end = less(most, greater(from[b], to[b]))
        width = (end - start) / span * 2 / columns
        unset label (10 + b)
        if (from[b] > least && from[b] < most) {
            set arrow from from[b], graph 0 to from[b], graph 1.02 nohead front linewidth 1.5 \
                dashtype 2 linecolor rgb ink
        }
        if (width > 0.08) {
            set label (10 + b) percent(share[b]) at (start + end) / 2, graph 1.04 center \
                rotate by 0 font small_type textcolor rgb ink
        } else { if (width > 0.028) {
            set label (10 + b) percent(share[b]) at (start + end) / 2, graph 1.025 left \
                rotate by 90 font small_type textcolor rgb ink
        } }
    }
    plot file using (middle(scale)):(column('low') < 0 ? 100 * column('share') : NaN):(wide(scale)) \
             with boxes linecolor rgb orange, \
         file using (middle(scale)):(column('low') >= 0 ? 100 * column('share') : NaN):(wide(scale)) \
             with boxes linecolor rgb blue
    unset ylabel; unset label
}
unset multiplot
