#!/bin/sh
# The command line: verbs, options, help, exit status.
# shellcheck source=support
. "$(dirname "$0")/support"
three=$root/scenarios/three_numbers.yaml

status 2 "no verb is a mistake" "$BAOGAN"
says "baogan help" "the message names the help"
status 2 "an unknown verb is refused" "$BAOGAN" rnu
says "did you mean run?" "the nearest verb is named"
status 2 "an unknown verb is refused in Chinese" env LANG=zh_CN.UTF-8 "$BAOGAN" rnu
says '没有子命令“rnu”；是否指run？' "the nearest verb is named in Chinese"
status 2 "an unknown option is refused" "$BAOGAN" check --quite "$three"
says "did you mean --quiet?" "the nearest option is named"
status 2 "an option of another verb is refused" "$BAOGAN" check --out x "$three"
status 2 "an option without its argument is refused" "$BAOGAN" run --out
says "--out needs an argument" "the message names the option"
status 2 "an option with one value is refused a second time" \
    "$BAOGAN" settle "$three" --actual a.yaml --actual b.yaml
says "--actual is given twice; give it once" "the message names it"
status 0 "flags and options that may be repeated are not" \
    "$BAOGAN" budget "$three" --quiet --quiet --set budget.growth=3% --set performance.score=90
status 2 "a key that is set twice is refused" \
    "$BAOGAN" budget "$three" --set budget.growth=3% --set 年度总额.增长率=4%
says "budget.growth=3% and 年度总额.增长率=4% set the same key; give one of them" "with both"
status 2 "a flag with an argument is refused" "$BAOGAN" check --json=yes "$three"
status 2 "no operand is refused" "$BAOGAN" check
status 2 "an operand too many is refused" "$BAOGAN" run "$three" "$three"
status 2 "an unknown language is refused" "$BAOGAN" check --lang fr "$three"
status 2 "an unknown language leaves that of the locale" \
    env LANG=zh_CN.UTF-8 "$BAOGAN" check --lang fr "$three"
says "须为以下之一" "the message is Chinese"
status 2 "a language that is part of a list is refused" "$BAOGAN" check --lang 'en|zh' "$three"
status 2 "zero threads are refused" "$BAOGAN" run --threads 0 "$three"
status 2 "a number with a tail is refused" "$BAOGAN" run --threads 2x "$three"
status 2 "JSON and a chart cannot both go to standard output" \
    "$BAOGAN" run --json --chart dumb --out "$work/x" "$three"
[ ! -e "$work/x" ]
ok $? "a refused run leaves nothing"

status 0 "--help is help" "$BAOGAN" --help
prints "settle SCENARIO" "the overview lists the verbs"
status 0 "help on a verb" "$BAOGAN" help run
prints "--threads N" "help on a verb lists its options"
status 0 "--help after a verb" "$BAOGAN" run --help
prints "usage: baogan run" "it is help on that verb"
status 2 "help on an unknown verb is refused" "$BAOGAN" help rnu
status 0 "--version" "$BAOGAN" --version
prints "baogan " "it names the program"
status 2 "a verb that is none, in Chinese" "$BAOGAN" settel x.yaml --lang zh
says "没有子命令" "is refused in Chinese"
status 0 "help in Chinese by option" "$BAOGAN" help --lang zh
prints "用法" "it is Chinese"
status 0 "help in Chinese by locale" env LANG=zh_CN.UTF-8 "$BAOGAN" help
prints "用法" "it is Chinese, too"
status 0 "LC_ALL comes before LANG" env LC_ALL=C LANG=zh_CN.UTF-8 "$BAOGAN" help
prints "usage" "it is English"

status 0 "the manual page" "$BAOGAN" help --man
prints ".SH EXIT STATUS" "it is troff"
status 0 "the manual page in Chinese" "$BAOGAN" help --man --lang zh
prints ".SH 退出码" "is in Chinese"
! grep -E '^[A-Z][a-z]+ [a-z]+ ' "$work/stdout"
ok $? "throughout"
status 0 "completion" "$BAOGAN" help --completion
bash -n "$work/stdout"
ok $? "bash accepts the completion"

status 4 "a full standard output is an error" sh -c '"$0" params >/dev/full' "$BAOGAN"
says "standard output could not be written" "the message says so"
status 2 "an operand that begins with a dash is no file" "$BAOGAN" check -dash/x.yaml
[ "$(grep -c . "$work/stderr")" -eq 1 ]
ok $? "which is said once"
says "option -dash/x.yaml is not known here; a file whose name begins with a hyphen stands behind --" "with what to write"
status 0 "an operand after -- may begin with a dash" sh -c \
    'cd "$1" && cp "$2" ./-x.yaml && "$0" check -- -x.yaml' "$BAOGAN" "$work" "$three"
finish
