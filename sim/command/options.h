/* Options of the command line, from one table that parsing, help, man page and completion read. */
#ifndef BAOGAN_COMMAND_OPTIONS
#define BAOGAN_COMMAND_OPTIONS

#include "scenario/arena.h"

#include <baogan/error.h>
#include <stdint.h>

/* X(name on the command line, member of bg_options, kind, argument, English, Chinese); the order is
 * that of the help. Kinds: FLAG sets a bool, TEXT a string, NUMBER an int, SIZE a
 * size_t, LIST adds a string. */
#define BG_OPTIONS(X)                                                                              \
    X("set", set, LIST, "PATH=VALUE", "override a key of the scenario (may be repeated)",          \
      "覆盖情景中的一个参数（可重复）")                                                            \
    X("money-unit", money_unit, TEXT, "UNIT",                                                      \
      "the unit of all amounts that people read: yuan, thousand, wan (10,000), million, yi (100 "  \
      "million) or billion; default that of the file, else by size",                               \
      "显示金额的单位：元、千元、万元、百万元、亿元或十亿元（默认为文件的单位，否则按金额大小）")  \
    X("actual", actual, TEXT, "FILE",                                                              \
      "what happened, as a scenario file with the key actual; monitor: months, as CSV or "         \
      "workbook",                                                                                  \
      "实际发生数文件（含 actual 键的情景文件）；monitor：分月数据（CSV或工作簿）")                \
    X("restate", restate, TEXT, "FILE",                                                            \
      "what is known by now, in place of --actual: show what changes",                             \
      "最新实际发生数（替代 --actual）：显示两次清算的差额")                                       \
    X("year", year, NUMBER, "YEAR", "settle this year only; monitor: the year to watch",           \
      "只清算该年度；monitor：监测的年度")                                                         \
    X("table", table, TEXT, "FILE",                                                                \
      "settle a CSV file with one unit and year a row; - is standard input",                       \
      "批量清算：CSV 文件每行一个单位年度（- 为标准输入）")                                        \
    X("rejects", rejects, TEXT, "FILE",                                                            \
      "write bad rows of the table here and go on; else they end the run",                         \
      "将无法清算的行写入该文件并继续；否则中止")                                                  \
    X("journal", journal, TEXT, "FILE", "also write a journal for hledger; never over a file",     \
      "同时写出 hledger 账本（不覆盖已有文件）")                                                   \
    X("explain", explain, FLAG, "", "show each line with its inputs and where the rates stand",    \
      "逐项列出计算过程与依据")                                                                    \
    X("shard", shard, TEXT, "I/N",                                                                 \
      "run part I (from 0) of N only; in a Slurm job array, its task of the array if absent",      \
      "只运行N份中的第I份（从0起）；Slurm作业数组中默认取其任务号")                                \
    X("shards", shards, NUMBER, "N", "divided into how many shards", "分为多少份")                 \
    X("slurm", slurm, FLAG, "", "write the scripts that run the --shards on a Slurm cluster",      \
      "写出在Slurm集群上分份运行的脚本")                                                           \
    X("store", store, TEXT, "FILE",                                                                \
      "results as a SQLite file; search: the file of what was looked at",                          \
      "结果存为 SQLite 文件；search：已考察各点的文件")                                            \
    X("csv", csv, TEXT, "FILE", "results as a CSV file", "结果存为 CSV 文件")                      \
    X("out", out, TEXT, "PATH",                                                                    \
      "run and studies: new or empty directory (default out/NAME-N); settle and run --all: "       \
      "new file, a workbook if it ends in .xlsx; report: new HTML file (default "                  \
      "NAME-report.html); "                                                                        \
      "sweep: its directory, in which it goes on where it ended; merge: directory of charts",      \
      "run与各项研究：新建或空的结果目录（默认 out/NAME-N）；"                 \
      "清算与run --all：新文件（以.xlsx结尾则为工作簿）；"                       \
      "report：新HTML文件（默认 NAME-report.html）；"                                     \
      "sweep：其目录（可续跑）；merge：图表目录")                                                  \
    X("vary", vary, LIST, "PATH", "a key to vary (may be repeated), each with its --in",           \
      "要变动的参数（可重复），各配一个 --in")                                                     \
    X("in", in, LIST, "LO:HI",                                                                     \
      "the range of the key, such as 2%:8%; sensitivity: also LO:MODE:HI (PERT), or "              \
      "p10=LO:p90=HI, between which eight cases of ten lie",                                       \
      "该参数的范围，如 2%:8%；sensitivity 还可写作 LO:MODE:HI（PERT 分布）或 "  \
      "p10=LO:p90=HI（十之八的情形在此之间）")                                                     \
    X("figure", figure, TEXT, "FIGURE",                                                            \
      "what the study is of, such as p_overspend or mean(pool_balance.2029)",                      \
      "研究的指标，如 p_overspend、mean(pool_balance.2029)")                                       \
    X("points", points, NUMBER, "N",                                                               \
      "rows of the design; search: policies to look at (default 1000)",                            \
      "样本行数；search：考察的政策数（默认1000）")                                                \
    X("ahead", ahead, NUMBER, "N", "backtest: forecast so many years, 1 to 5 (default 1)",         \
      "backtest：预测年数，1至5（默认1）")                                                         \
    X("window", window, NUMBER, "N",                                                               \
      "backtest: learn from the last so many years alone (default all)",                           \
      "backtest：只用最近若干年的数据（默认全部）")                                                \
    X("from", from, NUMBER, "YEAR",                                                                \
      "backtest: the first year that is scored; earlier ones are learned from",                    \
      "backtest：开始评分的年度；此前各年只用于学习")                                              \
    X("by-section", by_section, FLAG, "", "keys of one section as one input",                      \
      "同一章节的参数合为一组")                                                                    \
    X("outcome", outcome, TEXT, "NAME",                                                            \
      "outcome whose difference is taken apart, such as result or pool_balance",                   \
      "拆解差额来源的结果项，如 result、pool_balance")                                             \
    X("target", target, TEXT, "NAME", "which target of the sweep, by its column",                  \
      "批量运行中的目标（列名）")                                                                  \
    X("policy", policy, TEXT, "NAME", "only scenarios of this policy (default each in turn)",      \
      "只看该政策的情景（默认逐一分析）")                                                          \
    X("met", met, FLAG, "", "where the target is met, in place of where it is missed",             \
      "找达标的范围（默认找未达标的）")                                                            \
    X("density", density, TEXT, "SHARE",                                                           \
      "of the scenarios of a box, those that are sought (default 80%)",                            \
      "范围内所找情景应占的比例（默认80%）")                                                       \
    X("all", all, FLAG, "",                                                                        \
      "the operand is a directory: run every scenario in it and write one overview",               \
      "参数为目录：运行其中全部情景，汇总为一份概览")                                              \
    X("until", until, TEXT, "TARGET",                                                              \
      "solve: what is to hold, as in 'p_overspend <= 10%'; run: stop as soon as a figure is so "   \
      "exact, as in 'se(p_overspend) <= 0.1%'; exit 5 where it is not reached",                    \
      "solve：要达到的目标，如 'p_overspend <= 10%'；"                                   \
      "run：某指标达到所需精度即停止，"                                              \
      "如 'se(p_overspend) <= 0.1%'；未达到时退出码为5")                                           \
    X("max-replications", max_replications, SIZE, "N",                                             \
      "with --until: at most so many futures (default simulation.replications)",                   \
      "与 --until 合用：最多模拟次数（默认 simulation.replications）")                             \
    X("keep-draws", keep_draws, FLAG, "",                                                          \
      "also write every future, one row a unit and year, to draws.csv",                            \
      "同时将每个模拟情形逐行（按单位、年度）写入 draws.csv")                                      \
    X("threads", threads, NUMBER, "N", "number of threads; the result does not depend on it",      \
      "线程数（不影响结果）")                                                                      \
    X("engine", engine, TEXT, "reference|fast", "how futures are drawn: simulation.engine",        \
      "模拟引擎：即 simulation.engine")                                                            \
    X("no-check", no_check, FLAG, "", "do not check the fast engine by the reference engine",      \
      "不用参考引擎核对")                                                                          \
    X("chart", chart, TEXT, "dumb", "also draw charts as text in the terminal",                    \
      "同时在终端中以字符绘图")                                                                    \
    X("no-charts", no_charts, FLAG, "", "draw no charts", "不绘图")                                \
    X("xlsx", xlsx, FLAG, "", "also write workbook.xlsx, whose budget and settlement calculate",   \
      "同时写出工作簿workbook.xlsx（预算与清算含公式）")                                           \
    X("format", format, TEXT, "FORMAT", "text, md, json or json-schema",                           \
      "输出格式：text、md、json 或 json-schema")                                                   \
    X("results", results, FLAG, "", "the JSON Schema of results in place of parameters",           \
      "输出运行结果的 JSON Schema")                                                                \
    X("ask", ask, FLAG, "", "ask for what the scenario needs, a dozen questions",                  \
      "逐项询问所需数据（十余个问题）")                                                            \
    X("rules", rules, TEXT, "NAME", "begin with a rule of the library, such as guangdong",         \
      "以规则库中的规则为起点，如 guangdong")                                                      \
    X("man", man, FLAG, "", "the manual page, as troff", "输出手册页（troff）")                    \
    X("completion", completion, FLAG, "", "completion for bash", "输出 bash 补全脚本")             \
    X("brief", brief, FLAG, "", "two pages for who decides, in place of all tables",               \
      "供决策的两页简报（默认全部表格）")                                                          \
    X("report", report, TEXT, "FILE.html", "also write all of them side by side as one HTML file", \
      "同时将各方案并列写成一个HTML文件")                                                          \
    X("pdf", pdf, FLAG, "", "also print the file as PDF, by Chromium",                             \
      "同时用 Chromium 打印成 PDF")                                                                \
    X("author", author, TEXT, "NAME", "who prepared it", "编制单位")                               \
    X("date", date, TEXT, "DATE", "when it was prepared", "编制日期")                              \
    X("verdict", verdict, TEXT, "LOW:HIGH",                                                        \
      "chances of an overspend from which on the risk is called noticeable, and above which high " \
      "(default 20%:50%)",                                                                         \
      "超支可能性达到前者称风险明显，超过后者称风险高（默认20%:50%）")                             \
    X("strict", strict, FLAG, "",                                                                  \
      "take warnings of reading as errors: exit 2, before anything is written",                    \
      "将读取时的警告视为错误：退出码为2，不写任何文件")                                           \
    X("json", json, FLAG, "", "print JSON", "输出 JSON")                                           \
    X("lang", lang, TEXT, "en|zh", "language of reports and help", "报告与帮助的语言")             \
    X("quiet", quiet, FLAG, "", "no progress, no notes", "不显示进度与提示")                       \
    X("help", help, FLAG, "", "show help and exit", "显示帮助")                                    \
    X("version", version, FLAG, "", "show the version and exit", "显示版本")

typedef enum bg_option_id {
#define BG_OPTION_ENUM(name, member, kind, argument, en, zh) BG_OPTION_##member,
    BG_OPTIONS(BG_OPTION_ENUM)
#undef BG_OPTION_ENUM
        BG_OPTION_COUNT
} bg_option_id;

typedef enum bg_option_kind {
    BG_OPTION_FLAG,
    BG_OPTION_TEXT,
    BG_OPTION_NUMBER,
    BG_OPTION_SIZE,
    BG_OPTION_LIST
} bg_option_kind;

typedef struct bg_option {
    const char *name;
    bg_option_kind kind;
    const char *argument, *en, *zh;
} bg_option;

extern const bg_option bg_option_table[BG_OPTION_COUNT];

/* A set of options, one bit each. */
#define BG_WITH(member) (UINT64_C(1) << BG_OPTION_##member)

typedef struct bg_options {
    bool explain, slurm, all, met, by_section, keep_draws, no_charts, no_check, xlsx, results, ask,
        man, completion, json, brief, pdf, strict, quiet, help, version;
    bool lang_given; /* `lang` is of the command line, not of the environment */
    const char *actual, *table, *rejects, *journal, *restate, *out, *outcome, *figure, *chart,
        *format, *report, *author, *date, *verdict, *rules, *target, *policy, *density, *lang,
        *engine, *until, *shard, *store, *csv, *money_unit;
    int year, threads, shards, points, ahead, window, from;
    int64_t money_fen; /* one unit of --money-unit; 0 without it */
    size_t max_replications;
    const char **set, **vary, **in, **operands; /* owned arrays of borrowed strings */
    size_t set_count, vary_count, in_count, operand_count;
    bg_arena arena;           /* of keys that were written in Chinese */
    const volatile int *stop; /* set by SIGINT, SIGTERM and SIGHUP */
} bg_options;

/* Reads argv[1..argc-1] (argv[0] is skipped; strings stay borrowed). `allowed` is the set of
 * options that the verb knows. Unknown options, missing arguments and arguments that are no number
 * add errors and give BG_USAGE. Call bg_options_free whatever the outcome. */
bg_status bg_options_parse(bg_options *self, int argc, char *const argv[], uint64_t allowed,
                           bg_errors *errors);
void bg_options_free(bg_options *self);
/* Fen in one unit of a word of --money-unit; 0 of NULL and other words. */
int64_t bg_options_money_fen(const char *unit);

#endif
