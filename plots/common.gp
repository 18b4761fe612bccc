# What all charts share: options, language, colours, type, terminal, units of money.
#
# A chart's script sets `chart` and loads this file. Options, given with gnuplot -e:
#   dir    run directory (default ".")          unit   residents, employees or all (default: the
#   lang   en or zh (default en)                       scenario's only scheme, or all)
#   term   png, svg or dumb (default png)       out    file to write (default CHART-UNIT.TERM in
#                                                      the current directory)

if (!exists('dir')) { dir = '.' }
if (!exists('lang')) { lang = 'en' }
if (!exists('term')) { term = 'png' }

reset
set encoding utf8
set datafile separator comma columnheaders
L(en, zh) = lang eq 'zh' ? zh : en

# ---- facts about the run: rows of key,"text". Texts may hold commas, so the quote separates. ----
data = dir.'/charts/data/'
title_en = ''; title_zh = ''; units = ''; outside = ''; outlay = ''; calendar = ''; money_en = ''; money_zh = ''; replications = ''; seed = ''
set datafile separator '"'
stats data.'run.csv' using ( \
    key = strcol(1), text = strcol(2), \
    title_en = key eq 'title_en,' ? text : title_en, \
    title_zh = key eq 'title_zh,' ? text : title_zh, \
    units = key eq 'units,' ? text : units, \
    outside = key eq 'outside,' ? text : outside, \
    outlay = key eq 'outlay,' ? text : outlay, \
    calendar = key eq 'calendar,' ? text : calendar, \
    money_en = key eq 'money_en,' ? text : money_en, \
    money_zh = key eq 'money_zh,' ? text : money_zh, \
    replications = key eq 'replications,' ? text : replications, \
    seed = key eq 'seed,' ? text : seed, 0) nooutput
set datafile separator comma columnheaders

if (!exists('unit')) { unit = word(units, words(units)) }
if (!exists('out')) { out = chart.'-'.unit.'.'.term }
table(name) = data.name.'-'.unit.'.csv'
unit_name = unit eq 'residents' ? L("Residents' scheme", '居民医保') \
          : unit eq 'employees' ? L("Employees' scheme", '职工医保') \
          : unit eq 'any' ? L('Any scheme', '至少一个险种') : L('All schemes', '各险种合计')

# ---- type: a list of fonts, since an SVG is drawn where it is looked at ----
# gnuplot takes a comma for the end of the font's name; in the SVG, &#44; is one again.
png_font = L('DejaVu Sans', 'Noto Sans CJK SC')
svg_font = L('DejaVu Sans&#44;Verdana&#44;sans-serif', \
             'Noto Sans CJK SC&#44;WenQuanYi Micro Hei&#44;Microsoft YaHei&#44;PingFang SC&#44;sans-serif')
font = term eq 'svg' ? svg_font : png_font
# Points of the PNG terminal are larger than those of the SVG terminal by this.
points(size) = font.','.(term eq 'svg' ? sprintf('%d', size) : sprintf('%.2f', size * 0.75))
dot = term eq 'svg' ? 0.55 : 1 # the same for sizes of points
small_type = points(15); type = points(19); large_type = points(24) # at 1600 x 900 dots

if (term eq 'png') {
    set terminal pngcairo noenhanced size 1600,900 font type background '#ffffff'
}
if (term eq 'svg') {
    set terminal svg noenhanced size 1600,900 dynamic font type background '#ffffff'
}
if (term ne 'dumb') { set output out }

# ---- colours that colour-blind people can tell apart (Okabe and Ito), and tints of one blue ----
navy = '#08306b'; blue = '#0072b2'; orange = '#d55e00'; green = '#009e73'; yellow = '#e69f00'; purple = '#aa4499'
ink = '#222222'; grey = '#666666'; rule = '#d8d8d8'
tint = '#deebf7 #c6dbef #9ecae1 #6baed6' # 98, 90, 80 and 50 % of the futures
low = 'q01 q05 q10 q25'; high = 'q99 q95 q90 q75'
inside = '98 90 80 50'
inside_name(i) = L(word(inside, i).' % of futures', word(inside, i).'%的模拟结果')
left(i) = column(word(low, i)); right(i) = column(word(high, i))

# ---- the frame ----
set border 3 linecolor rgb grey
set tics nomirror out scale (term eq 'svg' ? 0.4 : 0.7) textcolor rgb ink font type
set grid ytics linetype 1 linewidth 1 linecolor rgb rule
set key outside right top vertical maxcols 1 Left reverse samplen 1.6 spacing 1.35 textcolor rgb ink font type
set style fill solid 1 noborder
set bmargin 5
set tmargin at screen 0.88
grouped(count) = count < 1000 ? sprintf('%d', count) : sprintf('%d,%03d', count / 1000, count % 1000)
footer(text) = L(grouped(int(replications)).(int(replications) == 1 ? ' simulated future' : ' simulated futures').', seed '.seed.'. ', \
                 '模拟'.grouped(int(replications)).'次，随机种子'.seed.'。').text
bands_mean = L('Bands from dark to light: the middle 50, 80, 90 and 98 % of the futures; dark line: median.', \
               '色带由深到浅：居中的50%、80%、90%、98%模拟结果；深蓝线：中位数。')
# What the chart shows and of which unit; below it the scenario's title.
heading(text) = text.L(' – ', '：').unit_name."\n".cut(L(title_en, title_zh))
# Width of a text in Latin letters, of which a Chinese character takes two. strlen counts characters;
# sprintf fills up to a number of bytes, of which a Chinese character has three.
bytes(text) = strlen(text) + 1000 - strlen(sprintf('%-1000s', text))
width(text) = (strlen(text) + bytes(text)) / 2
# How many characters of a text have room in so many letters. Of longer ones the end is left out, or,
# of names, the middle.
fitting(text, room) = strlen(text) * room / width(text)
cut_to(text, room) = width(text) > room ? text[1:fitting(text, room) - 1].'…' : text
cut(text) = cut_to(text, L(90, 112))
squeeze(text, room) = width(text) > room ? \
    text[1:fitting(text, room) / 2].'…'.text[strlen(text) - fitting(text, room) / 2 + 2:] : text

# ---- units of money: that of the run; of a sweep, where none was asked for, by the largest amount shown ----
by_size(most) = lang eq 'zh' ? (most >= 1e8 ? 1e8 : most >= 1e4 ? 1e4 : 1) \
              : (most >= 1e10 ? 1e9 : most >= 1e6 ? 1e6 : most >= 1e4 ? 1e3 : 1)
of_run = L(money_en, money_zh) # yuan in one unit
scale_of(most) = of_run eq '' ? by_size(most) : of_run + 0
money_of(scale) = lang eq 'zh' \
    ? (scale == 1e9 ? '十亿元' : scale == 1e8 ? '亿元' : scale == 1e6 ? '百万元' : scale == 1e4 ? '万元' : scale == 1e3 ? '千元' : '元') \
    : (scale == 1e9 ? 'billion yuan' : scale == 1e8 ? 'yi yuan (100 million yuan)' : scale == 1e6 ? 'million yuan' \
       : scale == 1e4 ? 'wan yuan (10,000 yuan)' : scale == 1e3 ? 'thousand yuan' : 'yuan')
# Blank cells are NaN, which no comparison holds for: `amount` is then passed over.
greater(sofar, amount) = amount > sofar ? amount : sofar
less(sofar, amount) = amount < sofar ? amount : sofar
per_year(scale) = L(money_of(scale).' a year', money_of(scale).'/年')
# A round step that divides a span into about so many parts.
round_up(x) = x <= 1 ? 1 : x <= 2 ? 2 : x <= 5 ? 5 : 10
step_of(span, parts) = round_up(span / parts / 10**floor(log10(span / parts))) \
                       * 10**floor(log10(span / parts))
# Tics that have room on half the width of a picture, by the longest number at them.
tics_for(most) = most < 1e4 ? 8 : most < 1e6 ? 5 : 6 # from a million on as 1e+06
year_step(count) = count <= 12 ? 1 : count <= 24 ? 2 : 5
