#include "command/verb.h"

#include "base/nearest.h"
#include "command/messages.h"

#include <stdint.h>
#include <string.h>

#define COMMON   (BG_WITH(json) | BG_WITH(lang) | BG_WITH(quiet) | BG_WITH(help))
#define SCENARIO (BG_WITH(set) | BG_WITH(strict) | BG_WITH(money_unit))

const bg_verb bg_verb_table[] = {
    {"run", "SCENARIO", 1, 1,
     COMMON | SCENARIO | BG_WITH(all) | BG_WITH(out) | BG_WITH(threads) | BG_WITH(engine) |
         BG_WITH(chart) | BG_WITH(no_charts) | BG_WITH(until) | BG_WITH(max_replications) |
         BG_WITH(keep_draws) | BG_WITH(no_check) | BG_WITH(xlsx),
     "budget, projection, settlement, report and charts into a directory",
     "预算、预测、清算、报告与图表，存入一个目录", bg_verb_run},
    {"report", "SCENARIO|DIR", 1, 1,
     SCENARIO | BG_WITH(lang) | BG_WITH(quiet) | BG_WITH(help) | BG_WITH(out) | BG_WITH(threads) |
         BG_WITH(engine) | BG_WITH(no_check) | BG_WITH(no_charts) | BG_WITH(brief) | BG_WITH(pdf) |
         BG_WITH(author) | BG_WITH(date) | BG_WITH(verdict),
     "the report of a scenario, or of a directory of run, as one HTML file; or a brief of two "
     "pages",
     "将情景或 run 结果目录的报告（或两页简报）写成一个HTML文件", bg_verb_report},
    {"compare", "BASE REFORM…", 2, SIZE_MAX,
     COMMON | SCENARIO | BG_WITH(outcome) | BG_WITH(figure) | BG_WITH(out) | BG_WITH(threads) |
         BG_WITH(engine) | BG_WITH(no_charts) | BG_WITH(report),
     "what reforms change, on the same simulated futures, and what drives it",
     "各方案与基准在同一组模拟情形下的差额及其来源", bg_verb_compare},
    {"solve", "SCENARIO", 1, 1,
     COMMON | SCENARIO | BG_WITH(vary) | BG_WITH(in) | BG_WITH(until) | BG_WITH(out) |
         BG_WITH(threads) | BG_WITH(engine) | BG_WITH(no_charts),
     "the value of a key at which a figure meets a target; of two keys, the frontier",
     "求参数取何值时指标达标；两个参数时求边界", bg_verb_solve},
    {"sensitivity", "SCENARIO", 1, 1,
     COMMON | SCENARIO | BG_WITH(vary) | BG_WITH(in) | BG_WITH(figure) | BG_WITH(points) |
         BG_WITH(by_section) | BG_WITH(out) | BG_WITH(threads) | BG_WITH(engine) |
         BG_WITH(no_charts),
     "which inputs a figure hangs on: Sobol' indices with intervals",
     "指标取决于哪些参数：Sobol' 指数及其区间", bg_verb_sensitivity},
    {"whatif", "SCENARIO", 1, 1,
     SCENARIO | BG_WITH(threads) | BG_WITH(engine) | BG_WITH(lang) | BG_WITH(quiet) | BG_WITH(help),
     "answer what-if requests, a line of JSON each, from standard input",
     "逐行读取标准输入中的JSON请求，作假设分析并逐行作答", bg_verb_whatif},
    {"budget", "SCENARIO", 1, 1, COMMON | SCENARIO | BG_WITH(explain),
     "the yearly totals, funds and instalments", "年度总额、预留资金与月度预拨", bg_verb_budget},
    {"settle", "SCENARIO", 1, 1,
     COMMON | SCENARIO | BG_WITH(actual) | BG_WITH(restate) | BG_WITH(year) | BG_WITH(journal) |
         BG_WITH(explain) | BG_WITH(table) | BG_WITH(out) | BG_WITH(rejects),
     "settle real years to the fen", "按实际发生数清算（精确到分）", bg_verb_settle},
    {"monitor", "SCENARIO", 1, 1,
     COMMON | SCENARIO | BG_WITH(actual) | BG_WITH(year) | BG_WITH(out) | BG_WITH(no_charts),
     "watch a running year by its months: where it ends, overspend, green, amber or red",
     "按月监测年内执行：全年预计、超支可能性与红黄绿预警", bg_verb_monitor},
    {"test", "PATH…", 1, SIZE_MAX, COMMON | BG_WITH(set) | BG_WITH(strict),
     "run planners' cases: scenarios that say which amounts they expect",
     "运行测试用例（写明预期金额的情景）", bg_verb_test},
    {"sweep", "PLAN", 1, 1,
     COMMON | BG_WITH(set) | BG_WITH(strict) | BG_WITH(out) | BG_WITH(shard) | BG_WITH(shards) |
         BG_WITH(store) | BG_WITH(csv) | BG_WITH(slurm) | BG_WITH(threads),
     "run a scenario under many values, as its section sweep plans; run again to go on",
     "按 sweep 计划批量运行情景；中断后再次运行即可续跑", bg_verb_sweep},
    {"status", "DIR", 1, 1, COMMON | BG_WITH(shards),
     "how much of a sweep is done, and which shards are missing", "批量运行进度与缺失部分",
     bg_verb_status},
    {"merge", "DIR…", 1, SIZE_MAX,
     COMMON | BG_WITH(out) | BG_WITH(store) | BG_WITH(csv) | BG_WITH(money_unit),
     "put a finished sweep together, print the SHA-256 of its rows, draw charts",
     "合并已完成的批量运行，输出各行的SHA-256并绘图", bg_verb_merge},
    {"search", "PLAN", 1, 1,
     COMMON | SCENARIO | BG_WITH(points) | BG_WITH(store) | BG_WITH(out) | BG_WITH(threads) |
         BG_WITH(no_charts),
     "the policies of a plan that meet its targets and that no other betters; run again to go on",
     "在计划的政策中找出满足目标且无更优者；中断后再次运行即可继续", bg_verb_search},
    {"discover", "STORE", 1, 1,
     COMMON | BG_WITH(target) | BG_WITH(policy) | BG_WITH(met) | BG_WITH(density) | BG_WITH(out) |
         BG_WITH(no_charts) | BG_WITH(money_unit),
     "where in a sweep a target is missed: boxes of its axes, in words",
     "批量运行中目标在哪些取值范围未达到", bg_verb_discover},
    {"backtest", "DATA", 1, 1,
     COMMON | BG_WITH(ahead) | BG_WITH(window) | BG_WITH(from) | BG_WITH(out) | BG_WITH(no_charts),
     "how good forecasts of past years would have been, from what was known before each",
     "回测：只用此前已知的数据预测各年，检验预测的优劣", bg_verb_backtest},
    {"check", "SCENARIO…", 1, SIZE_MAX, COMMON | SCENARIO, "validate scenarios", "校验情景文件",
     bg_verb_check},
    {"params", "[PATH]", 0, 1, COMMON | BG_WITH(format) | BG_WITH(results),
     "the catalogue of parameters, or those under PATH", "参数目录（可限定路径）", bg_verb_params},
    {"init", "[FILE]", 0, 1,
     BG_WITH(ask) | BG_WITH(rules) | BG_WITH(lang) | BG_WITH(quiet) | BG_WITH(help),
     "write a commented scenario to start from (default scenario.yaml)",
     "生成带注释的情景模板（默认 scenario.yaml）", bg_verb_init},
    {"selftest", "", 0, 0, COMMON, "whether this installation computes what it should",
     "检查本机安装的计算结果是否正确", bg_verb_selftest},
    {"help", "[VERB|TOPIC]", 0, 1,
     BG_WITH(lang) | BG_WITH(man) | BG_WITH(completion) | BG_WITH(help) | BG_WITH(quiet),
     "help on the command, on one verb or on a topic (figures, rules)",
     "命令、某一子命令或某一主题（figures、rules）的帮助", bg_verb_help},
};
const size_t bg_verb_count = sizeof bg_verb_table / sizeof *bg_verb_table;

const bg_verb *bg_verb_find(const char *name, const char **hint)
{
    const char *names[sizeof bg_verb_table / sizeof *bg_verb_table];
    for (size_t i = 0; i < bg_verb_count; i++) {
        if (strcmp(bg_verb_table[i].name, name) == 0) {
            return &bg_verb_table[i];
        }
        names[i] = bg_verb_table[i].name;
    }
    *hint = bg_nearest(name, names, bg_verb_count);
    return NULL;
}

bg_status bg_verb_unknown(const char *name, const char *hint, bg_errors *errors)
{
    return hint ? bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(verb_like_another), name,
                                hint)
                : bg_errors_say(errors, BG_USAGE, BG_NOWHERE, NULL, BG_SAY(verb_unknown), name);
}
