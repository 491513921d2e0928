/*
 * news.c - findings matched against a baseline: which of them are new.
 *
 * In:  the verdicts of a run and, perhaps, a baseline. Out: for every finding whether it is new.
 *
 * A finding is known again by its rule and a key of what it is about (copydesk_content_key()):
 *   a span                  the text of the span
 *   an article              its title and text
 *   a pair that is flagged  both articles, whichever of them reports it
 *   a duplicate id          the id
 *   a copy                  its title and text, the one that is kept too: news_match.c
 * Keys are counted: a third article with a line that two have is one new finding. Nothing depends on files,
 * lines or order, so a baseline survives sorting, renaming and insertions.
 *
 * Memory: 17 bytes an article and 40 a finding.
 */
#include "cli/news_match.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_STALE_SHOWN = 5 };

static bool is_joining_rule(enum copydesk_rule rule)
{
    return rule == COPYDESK_EXACT_DUPLICATE || rule == COPYDESK_NEAR_DUPLICATE ||
           rule == COPYDESK_CONTAINED_COPY;
}

/* ---- collecting */

/* The id as it stands in an entry; empty where the article has none of its own. */
static void entry_id(char out[static BASELINE_ID_BYTES + 4], const struct copydesk_verdict *verdict)
{
    size_t len = verdict->id.len < BASELINE_ID_BYTES ? verdict->id.len : BASELINE_ID_BYTES;
    size_t file_len = verdict->file.len;

    // An id made of file and line says where the article stands: that would change with every insertion.
    if (verdict->id.len > file_len && verdict->id.data[file_len] == ':' &&
        memcmp(verdict->id.data, verdict->file.data, file_len) == 0) {
        len = 0;
    }
    memset(out, 0, BASELINE_ID_BYTES + 4);
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)verdict->id.data[i];
        out[i] = (char)(c < 0x20 || c == 0x7f ? '?' : c);
    }
}

static bool gate_names(const struct gate *gate, enum copydesk_rule rule)
{
    return gate->rule >= 0 ? gate->rule == (int)rule : gate->group == (int)copydesk_rule_group(rule);
}

/* Rules that can make the exit code 1. Bad records always: they can make it 2. */
static void choose_rules(struct news *news, const struct command_line *line)
{
    news->covered[COPYDESK_BAD_RECORD] = true;
    for (size_t i = 0; i < line->n_gates; i++) {
        const struct gate *gate = &line->gates[i];
        bool fails = gate->level == GATE_ERROR || line->fail_on == FAIL_ON_WARNING;
        for (int rule = 0; rule < COPYDESK_N_RULES && fails && !gate->limit.is_off; rule++) {
            // The gate on duplicates counts what could go; a shared passage or template cannot.
            bool counted =
                gate->group != COPYDESK_GROUP_DUPLICATES || is_joining_rule((enum copydesk_rule)rule);
            news->covered[rule] =
                news->covered[rule] || (counted && gate_names(gate, (enum copydesk_rule)rule));
        }
    }
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        // Members of clusters are one kind, whatever rule makes them copies.
        if (is_joining_rule((enum copydesk_rule)rule) && news->covered[rule]) {
            news->covered[COPYDESK_EXACT_DUPLICATE] = true;
            news->covered[COPYDESK_NEAR_DUPLICATE] = true;
            news->covered[COPYDESK_CONTAINED_COPY] = true;
        }
    }
}

static bool add_occurrence(struct news *news, const struct occurrence *o)
{
    if (news->n_found == news->cap_found) {
        size_t cap = news->cap_found * 2 + 256;
        struct occurrence *found = realloc(news->found, cap * sizeof *found);
        if (!found) {
            return false;
        }
        news->found = found;
        news->cap_found = cap;
    }
    news->found[news->n_found++] = *o;
    return true;
}

static int no_memory(struct copydesk_error *error)
{
    *error = (struct copydesk_error){.status = COPYDESK_ERR_MEMORY, .message = "out of memory"};
    return COPYDESK_ERR_MEMORY;
}

/* The finding that makes an article a member of a cluster it does not head; SIZE_MAX: none. */
static size_t joining_finding(const struct copydesk_verdict *verdict)
{
    for (size_t i = 0; i < verdict->n_findings; i++) {
        if (is_joining_rule(verdict->findings[i].rule) && verdict->findings[i].kept_because) {
            return i;
        }
    }
    return SIZE_MAX;
}

static bool is_about_span(const struct copydesk_finding *finding)
{
    return finding->field != COPYDESK_FIELD_NONE && finding->rule != COPYDESK_TITLE_MISMATCH;
}

/* Notes the findings of one article; keys of spans and ids at once, those of articles later, in order. */
static int note_verdict(struct news *news, const struct copydesk_verdict *verdict, struct copydesk *desk,
                        struct copydesk_error *error)
{
    size_t joining = joining_finding(verdict);

    for (size_t i = 0; i < verdict->n_findings; i++) {
        const struct copydesk_finding *f = &verdict->findings[i];
        struct occurrence o = {.record = verdict->record,
                               .other = UINT64_MAX,
                               .rule = (uint32_t)f->rule,
                               .finding = (uint32_t)i};
        int status = 0;
        if (!news->covered[f->rule]) {
            continue;
        }
        if (i == joining) {
            o.rule = BASELINE_COPIES;
            o.other = verdict->representative;
            news->has[o.record] = 1;
            news->has[o.other] = 1;
        } else if (f->rule == COPYDESK_DUPLICATE_ID) {
            o.key = news_key_of_id(verdict->id);
        } else if (is_about_span(f)) {
            status = copydesk_content_key(desk, o.record, f->field, f->start, f->end, &o.key, error);
        } else {
            o.other = f->of_record;
            news->has[o.record] = 1;
            news->has[o.other == UINT64_MAX ? o.record : o.other] = 1;
        }
        if (status < 0) {
            return status;
        }
        if (!add_occurrence(news, &o)) {
            return no_memory(error);
        }
    }
    return 0;
}

static bool keyed_by_article(const struct occurrence *o)
{
    return o->key == 0;
}

/* Keys of all articles that findings speak of, then of the findings. */
static int fill_in_keys(struct news *news, uint64_t n_records, struct copydesk *desk,
                        struct copydesk_error *error)
{
    for (uint64_t i = 0; i < n_records; i++) {
        int status = news->has[i]
                         ? copydesk_content_key(desk, i, COPYDESK_FIELD_NONE, 0, 0, &news->keys[i], error)
                         : 0;
        if (status < 0) {
            return status;
        }
    }
    for (size_t i = 0; i < news->n_found; i++) {
        struct occurrence *o = &news->found[i];
        if (!keyed_by_article(o)) {
            continue;
        }
        o->key = o->rule == BASELINE_COPIES || o->other == UINT64_MAX
                     ? news->keys[o->record]
                     : news_key_of_pair(news->keys[o->record], news->keys[o->other]);
    }
    return 0;
}

/* One more occurrence for the head of each cluster, unless it is a known article (that has no verdict). */
static bool add_heads(struct news *news, const uint8_t *judged)
{
    size_t n = news->n_found;

    if (n > 0) {
        qsort(news->found, n, sizeof *news->found, news_by_cluster);
    }
    for (size_t i = 0; i < n && news->found[i].rule == BASELINE_COPIES; i++) {
        uint64_t head = news->found[i].other;
        struct occurrence o = {.key = news->keys[head],
                               .record = head,
                               .other = head,
                               .rule = BASELINE_COPIES,
                               .finding = REPRESENTATIVE};
        bool first = i == 0 || news->found[i - 1].other != head;
        if (first && judged[head] && !add_occurrence(news, &o)) {
            return false;
        }
    }
    return true;
}

/* ---- what a new baseline has */

static int add_baseline_entry(struct news *news, const struct baseline_entry *entry)
{
    if (news->n_entries == news->cap_entries) {
        size_t cap = news->cap_entries * 2 + 256;
        struct baseline_entry *entries = realloc(news->entries, cap * sizeof *entries);
        if (!entries) {
            return -1;
        }
        news->entries = entries;
        news->cap_entries = cap;
    }
    news->entries[news->n_entries++] = *entry;
    return 0;
}

/* The findings of one article as entries. found is sorted by record here. */
static int enter_article(struct news *news, const struct copydesk_verdict *verdict, size_t *next)
{
    struct baseline_entry entry = {.count = 1};

    entry_id(entry.id, verdict);
    for (; *next < news->n_found && news->found[*next].record == verdict->record; ++*next) {
        entry.rule = news->found[*next].rule;
        entry.key = news->found[*next].key;
        if (add_baseline_entry(news, &entry) < 0) {
            return -1;
        }
    }
    return 0;
}

/* One line for each key, with the first of its ids; members of clusters keep a line each. */
static void settle_entries(struct news *news)
{
    size_t kept = 0;

    news->n_entries = baseline_tidy(news->entries, news->n_entries);
    for (size_t i = 0; i < news->n_entries; i++) {
        const struct baseline_entry *entry = &news->entries[i];
        struct baseline_entry *last = kept > 0 ? &news->entries[kept - 1] : NULL;
        if (last && entry->rule != BASELINE_COPIES && entry->rule == last->rule && entry->key == last->key) {
            last->count += entry->count;
            // An empty id sorts first but names nobody.
            if (last->id[0] == '\0') {
                memcpy(last->id, entry->id, sizeof last->id);
            }
        } else {
            news->entries[kept++] = *entry;
        }
    }
    news->n_entries = kept;
}

static int by_record(const void *left, const void *right)
{
    const struct occurrence *a = left;
    const struct occurrence *b = right;

    if (a->record != b->record) {
        return a->record < b->record ? -1 : 1;
    }
    return news_by_key(left, right);
}

/* The finding of a copy, as the new head has it. Heads are sorted by copy, and copies come in their order. */
static bool turn_round(struct news *news, size_t *next, const struct copydesk_verdict *verdict)
{
    struct new_head *head;
    double containment;

    if (*next == news->n_heads || news->heads[*next].copy != verdict->record) {
        return true;
    }
    head = &news->heads[*next];
    head->finding = verdict->findings[head->copy_finding];
    containment = head->finding.containment;
    head->finding.containment = head->finding.containment_of;
    head->finding.containment_of = containment;
    head->of = malloc(verdict->id.len + 1);
    if (!head->of) {
        return false;
    }
    memcpy(head->of, verdict->id.data, verdict->id.len);
    head->finding.of = (struct copydesk_view){head->of, verdict->id.len};
    head->finding.of_record = verdict->record;
    head->finding.kept_because = NULL;
    ++*next;
    return true;
}

/* Second walk: names for the entries, and how many findings of each rule are new. */
static int look_again(struct news *news, bool names, struct copydesk *desk, struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    size_t next_head = 0;
    size_t next_found = 0;
    int status;

    if (names && news->n_found > 0) {
        qsort(news->found, news->n_found, sizeof *news->found, by_record);
    }
    copydesk_rewind(desk);
    while ((status = copydesk_next_verdict(desk, &verdict, error)) == 1) {
        for (size_t i = 0; i < verdict.n_findings; i++) {
            enum copydesk_rule rule = verdict.findings[i].rule;
            news->new_of_rule[rule] += news_counts(news, verdict.record, i);
        }
        if (names && enter_article(news, &verdict, &next_found) < 0) {
            return no_memory(error);
        }
        if (!turn_round(news, &next_head, &verdict)) {
            return no_memory(error);
        }
    }
    if (news->n_heads > 0) {
        qsort(news->heads, news->n_heads, sizeof *news->heads, news_by_head);
    }
    settle_entries(news);
    return status;
}

static int first_walk(struct news *news, uint8_t *judged, struct copydesk *desk, struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    int status;

    copydesk_rewind(desk);
    while ((status = copydesk_next_verdict(desk, &verdict, error)) == 1) {
        char id[BASELINE_ID_BYTES + 4];
        entry_id(id, &verdict);
        news->ids[verdict.record] = news_key_of_id(view_of(id));
        judged[verdict.record] = 1;
        status = note_verdict(news, &verdict, desk, error);
        if (status < 0) {
            return status;
        }
    }
    return status;
}

static void free_arrays(struct news *news)
{
    free(news->keys);
    free(news->has);
    free(news->ids);
    news->keys = NULL;
    news->has = NULL;
    news->ids = NULL;
}

int news_collect(struct news **out, const struct command_line *line, const struct baseline *baseline,
                 struct copydesk *desk, struct copydesk_error *error)
{
    const struct copydesk_summary *summary = copydesk_summary(desk);
    uint64_t n = summary->read + summary->known;
    struct news *news = calloc(1, sizeof *news);
    uint8_t *judged = calloc(n + 1, 1);
    int status;

    *out = news;
    if (!news || !judged) {
        free(judged);
        return no_memory(error);
    }
    news->keys = calloc(n + 1, sizeof *news->keys);
    news->has = calloc(n + 1, 1);
    news->ids = calloc(n + 1, sizeof *news->ids);
    choose_rules(news, line);
    status = news->keys && news->has && news->ids ? first_walk(news, judged, desk, error) : no_memory(error);
    status = status < 0 ? status : fill_in_keys(news, n, desk, error);
    if (status == 0 && (!add_heads(news, judged) || !news_match(news, baseline))) {
        status = no_memory(error);
    }
    free(judged);
    free_arrays(news);
    status = status < 0 ? status : look_again(news, line->write_baseline != NULL, desk, error);
    copydesk_rewind(desk);
    return status;
}

void news_free(struct news *news)
{
    if (news) {
        for (size_t i = 0; i < news->n_heads; i++) {
            free(news->heads[i].of);
        }
        free(news->heads);
        free(news->stand_ins);
        free(news->found);
        free(news->fresh);
        free(news->entries);
        free(news->stale);
        free_arrays(news);
        free(news);
    }
}

bool news_covers(const struct news *news, enum copydesk_rule rule)
{
    return news && news->covered[rule];
}

static bool has_place(const struct place *places, size_t n, uint64_t record, size_t finding)
{
    struct place wanted = {record, finding};

    return n > 0 && bsearch(&wanted, places, n, sizeof wanted, news_by_place) != NULL;
}

bool news_counts(const struct news *news, uint64_t record, size_t finding)
{
    return !news || has_place(news->fresh, news->n_fresh, record, finding);
}

bool news_has(const struct news *news, uint64_t record, size_t finding)
{
    return news_counts(news, record, finding) || has_place(news->stand_ins, news->n_heads, record, finding);
}

const struct copydesk_finding *news_of_head(const struct news *news, uint64_t record)
{
    struct new_head wanted = {.record = record};
    const struct new_head *head =
        news && news->n_heads > 0 ? bsearch(&wanted, news->heads, news->n_heads, sizeof wanted, news_by_head)
                                  : NULL;

    return head ? &head->finding : NULL;
}

uint64_t news_count(const struct news *news, enum copydesk_rule rule)
{
    return news->new_of_rule[rule];
}

/* ---- printing and writing */

void news_print(FILE *out, const struct news *news, const struct command_line *line)
{
    char fresh[32];
    char known[32];
    char stale[32];

    fputs("\nbaseline ", out);
    print_text(out, view_of(line->baseline));
    fprintf(out, ": %s known, %s new\n", count_text(known, news->n_known),
            count_text(fresh, news->n_fresh + news->n_heads));
    if (news->n_stale == 0) {
        return;
    }
    fprintf(out, "%s %s of it %s gone; to take them out, write it anew with --write-baseline\n",
            count_text(stale, news->n_stale), news->n_stale == 1 ? "entry" : "entries",
            news->n_stale == 1 ? "is" : "are");
    for (size_t i = 0; i < news->n_stale && i < MAX_STALE_SHOWN; i++) {
        const struct baseline_entry *entry = &news->stale[i];
        fprintf(out, "  %s %016llx", baseline_rule_name(entry->rule), (unsigned long long)entry->key);
        if (entry->id[0] != '\0') {
            fputs(" (id ", out);
            print_text(out, view_of(entry->id));
            putc(')', out);
        }
        putc('\n', out);
    }
    if (news->n_stale > MAX_STALE_SHOWN) {
        fprintf(out, "  ... and %s more\n", count_text(stale, news->n_stale - MAX_STALE_SHOWN));
    }
}

void news_print_json(FILE *out, const struct news *news, const struct command_line *line)
{
    fputs("{\"file\": ", out);
    print_json(out, view_of(line->baseline));
    fprintf(out, ", \"known\": %llu, \"new\": %llu, \"gone\": %llu}", (unsigned long long)news->n_known,
            (unsigned long long)(news->n_fresh + news->n_heads), (unsigned long long)news->n_stale_findings);
}

int news_write(const struct news *news, const char *path)
{
    return baseline_write(news->entries, news->n_entries, path);
}
