#include "command/provenance.h"

#include "format/json.h"
#include "scenario/value.h"

#include <baogan/version.h>
#include <gsl/gsl_version.h>
#include <sha2.h>
#include <string.h>
#include <sys/resource.h>
#include <yaml.h>

const char *bg_provenance_digest(const char *yaml, char digest[BG_PROVENANCE_DIGEST])
{
    _Static_assert(BG_PROVENANCE_DIGEST == SHA256_DIGEST_STRING_LENGTH, "room for a digest");
    digest[0] = '\0';
    SHA256Data((const uint8_t *)yaml, strlen(yaml), digest);
    return digest;
}

static json_t *scenario_object(const bg_scenario *scenario, const char *yaml)
{
    char digest[BG_PROVENANCE_DIGEST];
    return json_pack("{s:o, s:s, s:s, s:o}", "file", bg_json_text(bg_scenario_file(scenario)),
                     "sha256", bg_provenance_digest(yaml, digest), "money_unit",
                     bg_money_word(bg_scenario_money_unit(scenario)), "yaml", bg_json_text(yaml));
}

#ifdef __clang__
#define COMPILER __VERSION__ /* names itself */
#else
#define COMPILER "gcc " __VERSION__
#endif

static json_t *versions_object(void)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s}", "baogan", BG_VERSION, "gsl", gsl_version,
                     "libyaml", yaml_get_version_string(), "jansson", JANSSON_VERSION, "compiler",
                     COMPILER);
}

static json_t *options_object(const bg_options *options)
{
    json_t *overrides = json_array();
    for (size_t i = 0; i < options->set_count; i++) {
        bg_json_append(&overrides, bg_json_text(options->set[i]));
    }
    json_t *object = json_pack("{s:o, s:s, s:i, s:b, s:b}", "set", overrides, "lang", options->lang,
                               "threads", options->threads, "keep_draws", (int)options->keep_draws,
                               "no_check", (int)options->no_check);
    if (options->until) {
        bg_json_set(&object, "until", bg_json_text(options->until));
    }
    if (options->money_unit) {
        bg_json_set(&object, "money_unit", bg_json_text(options->money_unit));
    }
    if (options->max_replications) {
        bg_json_set(&object, "max_replications",
                    json_integer((json_int_t)options->max_replications));
    }
    return object;
}

/* Largest resident set so far, in KiB. */
static json_int_t peak_memory(void)
{
    struct rusage usage;
    return getrusage(RUSAGE_SELF, &usage) == 0 ? usage.ru_maxrss : 0;
}

json_t *bg_provenance(const bg_scenario *scenario, const char *yaml, const bg_options *options,
                      size_t replications, double seconds)
{
    const bg_node *simulation = bg_scenario_find(scenario, "simulation");
    json_t *object = json_pack(
        "{s:i, s:o, s:I, s:I, s:o, s:o, s:f, s:I}", "schema", BG_RESULT_SCHEMA, "scenario",
        scenario_object(scenario, yaml), "seed", (json_int_t)bg_node_integer(simulation, "seed"),
        "replications", (json_int_t)replications, "versions", versions_object(), "options",
        options_object(options), "seconds", seconds, "peak_memory_kib", peak_memory());
    if (bg_scenario_community(scenario)) {
        bg_json_set(&object, "community", bg_json_text(bg_scenario_community(scenario)));
    }
    return object;
}

static json_t *checked_list(const bg_check *check, const bg_projection *projection)
{
    json_t *list = json_array();
    for (size_t i = 0; i < check->count; i++) {
        const bg_checked *of = &check->figure[i];
        bg_json_append(&list, json_pack("{s:s, s:s, s:i, s:o, s:o, s:o}", "figure",
                                        bg_check_kind_name(of->kind), "unit",
                                        bg_projection_unit(projection, of->unit), "year",
                                        bg_projection_year(projection, of->year), "value",
                                        bg_json_number(of->value), "reference",
                                        bg_json_number(of->reference), "standard_errors",
                                        bg_json_number(of->errors)));
    }
    return list;
}

json_t *bg_provenance_check(const bg_check *check, const bg_projection *projection)
{
    return json_pack("{s:I, s:f, s:f, s:f, s:b, s:o}", "futures", (json_int_t)check->futures,
                     "false_alarm", BG_CHECK_FALSE_ALARM, "bound", check->bound, "largest",
                     check->largest, "agrees", (int)check->agrees, "figures",
                     checked_list(check, projection));
}
