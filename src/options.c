// options.c - defaults of an engine's options, and the check that they make sense together.

#include "base/error.h"
#include "copydesk.h"

#include <stdlib.h>
#include <string.h>

enum { MIN_MEMORY_MIB = 64, MAX_THREADS = 1024 };

void copydesk_options_init(struct copydesk_options *o)
{
    memset(o, 0, sizeof *o);
    o->struct_bytes = sizeof *o;
    o->id_field = "id";
    o->title_field = "title";
    o->text_field = "text";
    o->url_field = "url";
    o->date_field = "date";
    o->source_field = "source";
    o->max_article_bytes = UINT64_C(16) << 20;
    o->cpu = COPYDESK_CPU_BEST;
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        o->actions[rule] = copydesk_rule_default((enum copydesk_rule)rule);
    }
}

static int refuse(struct copydesk_error *error, const char *message)
{
    return error_set(error, COPYDESK_ERR_OPTION, NULL, "%s", message);
}

int copydesk_options_check(const struct copydesk_options *o, struct copydesk_error *error)
{
    if (o->struct_bytes != sizeof *o) {
        return refuse(error, "options were not set up with copydesk_options_init() of this version");
    }
    const char *fields[] = {o->id_field,  o->title_field, o->text_field,
                            o->url_field, o->date_field,  o->source_field};
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (!fields[i] || !fields[i][0]) {
            return refuse(error, "a field name is empty");
        }
    }
    if ((unsigned)o->format >= COPYDESK_N_FORMATS || (unsigned)o->keep >= COPYDESK_N_KEEPS ||
        (unsigned)o->cpu > COPYDESK_CPU_BEST || (unsigned)o->offsets >= COPYDESK_N_OFFSETS) {
        return refuse(error, "format, keep, cpu or offsets is out of range");
    }
    if (o->max_article_bytes < 1024 || o->max_article_bytes > UINT64_C(1) << 31) {
        return refuse(error, "max_article_bytes must lie between 1 KiB and 2 GiB");
    }
    if (o->threads > MAX_THREADS) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "%u threads are too many; at most %d", o->threads,
                         MAX_THREADS);
    }
    if (o->memory_bytes && o->memory_bytes < (uint64_t)MIN_MEMORY_MIB << 20) {
        return error_set(error, COPYDESK_ERR_OPTION, NULL, "a memory limit below %d MiB cannot be kept",
                         MIN_MEMORY_MIB);
    }
    if ((o->keep == COPYDESK_KEEP_SOURCE_ORDER) != (o->n_source_order > 0)) {
        return refuse(error, "the policy source-order and a list of sources go together");
    }
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        if ((unsigned)o->actions[rule] >= COPYDESK_N_ACTIONS ||
            !copydesk_rule_allows((enum copydesk_rule)rule, o->actions[rule])) {
            return error_set(error, COPYDESK_ERR_OPTION, NULL, "rule %s cannot have that action",
                             copydesk_rule_name((enum copydesk_rule)rule));
        }
    }
    return 0;
}
