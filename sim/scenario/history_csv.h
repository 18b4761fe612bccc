/* Past years from a CSV file (base/csv.h), as the same plain tree that a `history` written in YAML
 * gives. The first line names the columns, in English or Chinese: year 年份 年度,
 * line 项目, cases 人次, cost 费用 医疗总费用, paid total 基金支付 统筹基金支付 合计. Without a
 * column `line` every row is the one line "total". */
#ifndef BAOGAN_SCENARIO_HISTORY_CSV
#define BAOGAN_SCENARIO_HISTORY_CSV

#include "scenario/document.h"

/* Adds the years to the map `history`. `name` stands for the file in marks and must live as long.
 */
bg_status bg_history_csv_read(bg_arena *arena, char *text, size_t size, const char *name,
                              bg_raw *history, bg_errors *errors);

#endif
