#include "store/schema.h"

#include "base/text.h"

/* A name in SQL's quotation marks. */
static void add_name(bg_text *sql, const char *name, const char *ending)
{
    bg_text_add(sql, "\"");
    for (const char *c = name; *c; c++) {
        bg_text_add(sql, *c == '"' ? "\"\"" : "%c", *c);
    }
    bg_text_add(sql, "%s\"", ending);
}

/* The same as a value. */
static void add_literal(bg_text *sql, const char *text)
{
    bg_text_add(sql, "'");
    for (const char *c = text; *c; c++) {
        bg_text_add(sql, *c == '\'' ? "\'\'" : "%c", *c);
    }
    bg_text_add(sql, "'");
}

static void add_scenarios(const bg_folder *folder, bg_text *sql)
{
    static const char *const types[] = {"INTEGER", "REAL", "TEXT"};
    bg_text_add(sql, "CREATE TABLE scenarios (");
    for (size_t i = 0; i < folder->column_count; i++) {
        bg_text_add(sql, "%s", i ? ", " : "");
        add_name(sql, folder->column[i].name, "");
        bg_text_add(sql, " %s%s", types[folder->column[i].type], i ? "" : " PRIMARY KEY");
    }
    bg_text_add(sql, ") STRICT;\n");
}

static bool has_regret(const bg_sweep_column *column)
{
    return column->role == BG_COLUMN_LOWER_FIGURE || column->role == BG_COLUMN_HIGHER_FIGURE;
}

static bool any_regret(const bg_folder *folder)
{
    size_t i = 0;
    while (i < folder->column_count && !has_regret(&folder->column[i])) {
        i++;
    }
    return i < folder->column_count;
}

/* The number and name of the policy and the values of its axes. */
static void add_policy(const bg_folder *folder, bg_text *sql)
{
    bg_text_add(sql, "policy, policy_name");
    for (size_t i = 0; i < folder->column_count; i++) {
        if (folder->column[i].role == BG_COLUMN_POLICY) {
            bg_text_add(sql, ", ");
            add_name(sql, folder->column[i].name, "");
        }
    }
}

static void add_regret(const bg_folder *folder, bg_text *sql)
{
    bg_text_add(sql, "CREATE VIEW regret AS SELECT scenario, future, ");
    add_policy(folder, sql);
    for (size_t i = 0; i < folder->column_count; i++) {
        const bg_sweep_column *column = &folder->column[i];
        if (has_regret(column)) {
            const bool lower = column->role == BG_COLUMN_LOWER_FIGURE;
            bg_text_add(sql, lower ? ", " : ", max(");
            add_name(sql, column->name, "");
            bg_text_add(sql, lower ? " - min(" : ") OVER same - ");
            add_name(sql, column->name, "");
            bg_text_add(sql, lower ? ") OVER same AS " : " AS ");
            add_name(sql, column->name, "");
        }
    }
    bg_text_add(sql, " FROM scenarios WHERE status = 'ok' WINDOW same AS (PARTITION BY future);\n");
}

static void add_regrets(const bg_folder *folder, bg_text *sql)
{
    static const char *const statistics[][2] = {{"max", "_max_regret"}, {"avg", "_mean_regret"}};
    for (size_t i = 0; i < folder->column_count; i++) {
        for (size_t s = 0; s < 2 && has_regret(&folder->column[i]); s++) {
            bg_text_add(sql, ", (SELECT %s(", statistics[s][0]);
            add_name(sql, folder->column[i].name, "");
            bg_text_add(sql, ") FROM regret r WHERE r.policy = s.policy) AS ");
            add_name(sql, folder->column[i].name, statistics[s][1]);
        }
    }
}

static void add_robustness(const bg_folder *folder, bg_text *sql)
{
    bg_text_add(sql, "CREATE VIEW robustness AS SELECT ");
    add_policy(folder, sql);
    bg_text_add(sql, ", count(*) AS futures, sum(status = 'failed') AS failed");
    for (size_t i = 0; i < folder->column_count; i++) {
        if (folder->column[i].role == BG_COLUMN_TARGET) {
            bg_text_add(sql, ", avg(");
            add_name(sql, folder->column[i].name, "");
            bg_text_add(sql, ") AS ");
            add_name(sql, folder->column[i].name, "_share");
        }
    }
    add_regrets(folder, sql);
    bg_text_add(sql, " FROM scenarios s GROUP BY policy;\n");
}

/* One figure of all policies. `worse` rises where it becomes worse. */
static void add_measure(const bg_sweep_column *column, bool first, bg_text *sql)
{
    bg_text_add(sql, first ? " SELECT " : " UNION ALL SELECT ");
    bg_text_add(sql, "policy, policy_name, ");
    add_literal(sql, column->name);
    bg_text_add(sql, " AS figure, n AS futures, mean, avg((x - mean) * (x - mean)) AS variance, "
                     "max(CASE WHEN rank = (9 * n + 9) / 10 THEN x END) AS percentile_90, "
                     "avg(max(0.0, worse - median)) AS undesirable_deviation FROM (SELECT *, "
                     "max(CASE WHEN rank = (n + 1) / 2 THEN worse END) OVER (PARTITION BY policy) "
                     "AS median FROM (SELECT *, row_number() OVER (PARTITION BY policy ORDER BY "
                     "worse) AS rank, count(*) OVER same AS n, avg(x) OVER same AS mean FROM "
                     "(SELECT policy, policy_name, ");
    add_name(sql, column->name, "");
    bg_text_add(sql, " AS x, ");
    bg_text_add(sql, column->role == BG_COLUMN_LOWER_FIGURE ? "" : "-");
    add_name(sql, column->name, "");
    bg_text_add(sql, " AS worse FROM scenarios WHERE status = 'ok' AND ");
    add_name(sql, column->name, "");
    bg_text_add(sql, " IS NOT NULL) WINDOW same AS (PARTITION BY policy))) GROUP BY policy");
}

static void add_measures(const bg_folder *folder, bg_text *sql)
{
    bool first = true;
    bg_text_add(sql, "CREATE VIEW measures AS");
    for (size_t i = 0; i < folder->column_count; i++) {
        if (has_regret(&folder->column[i])) {
            add_measure(&folder->column[i], first, sql);
            first = false;
        }
    }
    bg_text_add(sql, ";\n");
}

char *bg_schema_text(const bg_folder *folder)
{
    bg_text sql = {0};
    bg_text_add(
        &sql, "CREATE TABLE sweep (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;\n"
              "CREATE TABLE columns (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,"
              " type TEXT NOT NULL, role TEXT NOT NULL, unit TEXT NOT NULL, meaning TEXT NOT NULL)"
              " STRICT;\n");
    add_scenarios(folder, &sql);
    if (any_regret(folder)) {
        add_regret(folder, &sql);
        add_measures(folder, &sql);
    }
    add_robustness(folder, &sql);
    return bg_text_take(&sql);
}

char *bg_schema_insertion(const bg_folder *folder)
{
    bg_text sql = {0};
    bg_text_add(&sql, "INSERT INTO scenarios VALUES (");
    for (size_t i = 0; i < folder->column_count; i++) {
        bg_text_add(&sql, i ? ", ?" : "?");
    }
    bg_text_add(&sql, ")");
    return bg_text_take(&sql);
}
