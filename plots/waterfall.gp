# What drives the difference between a base and a reform: a waterfall of the changed keys.
#
#   gnuplot -e "dir='out/reform-1'; lang='zh'; term='svg'" plots/waterfall.gp
#
# Reads charts/data/waterfall-all.csv of the directory of a comparison; options: see plots/common.gp.

chart = 'waterfall'
unit = 'all'
load ARG0[:strlen(ARG0) - strlen('waterfall.gp')].'common.gp'
file = table(chart)

# Bars from top to bottom: base, the groups of keys, reform.
n = 0; sofar = 0; most = 0; least = 1e300; outcome = ''
array name_of[80]; array from[80]; array to[80]; array error[80]
known(value) = value == value ? value : 0
is_end(name) = name eq 'base' || name eq 'reform'
stats file using ( \
    n = n + 1, name_of[n] = strcol('bar'), outcome = strcol('outcome'), \
    from[n] = is_end(name_of[n]) ? 0 : sofar, \
    to[n] = is_end(name_of[n]) ? column('amount_yuan') : sofar + column('amount_yuan'), \
    error[n] = known(column('margin_yuan')), sofar = to[n], \
    most = greater(most, abs(to[n])), 0) nooutput
scale = scale_of(most)
# The axis shows the bars between: a long common part of base and reform is cut off.
low_end = 1e300; high_end = -1e300
do for [k = 1:n] {
    low_end = less(low_end, to[k]); high_end = greater(high_end, to[k])
    if (!is_end(name_of[k])) { low_end = less(low_end, from[k]); high_end = greater(high_end, from[k]) }
}
span = high_end > low_end ? high_end - low_end : greater(abs(high_end), 1)
left = low_end > 0 && low_end - 0.3 * span < 0 ? 0 : low_end > 0 ? low_end - 0.3 * span : low_end - 0.1 * span
right = high_end < 0 && high_end + 0.3 * span > 0 ? 0 : high_end < 0 ? high_end + 0.3 * span : high_end + 0.25 * span
cut_off = left > 0 || right < 0

label_of(name) = name eq 'base' ? L('Base', '基准') : name eq 'reform' ? L('Reform', '方案') : squeeze(name, 40)
what = outcome eq 'result' ? L("Community's result, all years", '医共体留用（−为分担），各年累计') \
     : outcome eq 'pool_balance' ? L('Pool balance at the end', '期末统筹基金累计结余') \
     : outcome eq 'shared' ? L('Borne (+) or taken (−) by the pool, all years', '统筹基金承担（+）或收回（−），各年累计') \
     : outcome eq 'expense' ? L('Expense, all years', '基金支出，各年累计') \
     : outcome eq 'budget' ? L('Budgets, all years', '年度付费总额，各年累计') : outcome

set label 9 L('What drives the difference: ', '差额来源：').what."\n".cut(L(title_en, title_zh)) \
    at screen 0.5, 0.96 center font large_type textcolor rgb ink
set label 1 footer(L('Orange: less, blue: more. Whiskers: 95 % interval of the difference.', \
    '蓝色为增，橙色为减；须线：差额的95%区间。').(cut_off ? L(' The axis does not begin at zero.', '横轴不从零开始。') : '')) \
    at screen 0.01, 0.03 left font small_type textcolor rgb grey
set xlabel money_of(scale)
set xrange [left / scale : right / scale]
set yrange [n + 0.6 : 0.4]
set ytics scale 0 ()
do for [k = 1:n] { set ytics add (label_of(name_of[k]) k) }
unset grid
set grid xtics linetype 1 linewidth 1 linecolor rgb rule
unset key
set bmargin 6
colour(k) = is_end(name_of[k]) ? grey : to[k] >= from[k] ? blue : orange
start(k) = is_end(name_of[k]) ? (left > 0 ? left : right < 0 ? right : 0) : from[k]
# All with as many decimals, so that they can be added up.
decimals = greater(most, abs(span)) / scale >= 1000 ? 0 : greater(most, abs(span)) / scale >= 100 ? 1 : 2
digits(x) = decimals > 0 ? sprintf('%.'.decimals.'f', x) : grouped(int(x + 0.5))
amount(k) = (is_end(name_of[k]) ? to[k] : to[k] - from[k]) / scale
do for [k = 1:n] {
    set object k rectangle from first start(k) / scale, first k - 0.35 to first to[k] / scale, first k + 0.35 \
        fillcolor rgb colour(k) fillstyle solid 1 noborder
    if (k < n) {
        set arrow k from first to[k] / scale, first k + 0.35 to first to[k] / scale, first k + 0.65 nohead \
            linewidth 1 linecolor rgb grey
    }
    if (error[k] > 0) {
        set arrow 200 + k from first (to[k] - error[k]) / scale, first k to first (to[k] + error[k]) / scale, first k \
            heads size screen 0.004, 90 front linewidth 1.6 linecolor rgb ink
    }
    value = (amount(k) < 0 ? '−' : is_end(name_of[k]) ? '' : '+').digits(abs(amount(k)))
    if (is_end(name_of[k]) && right < 0) {
        set label 20 + k value at first to[k] / scale, first k offset -0.6, 0 right front font type textcolor rgb ink
    } else {
        set label 20 + k value at first (greater(start(k), to[k]) + error[k]) / scale, first k offset 0.6, 0 \
            left front font type textcolor rgb ink
    }
}
plot NaN notitle
