/*
 * report.c - the worst findings of a run, in one pass and bounded memory. Contract in report.h.
 *
 * In:  verdicts in input order. Out: at most REPORT_ITEMS items with their words.
 *
 * A corpus may have millions of findings, and no build server shows them: GitHub takes 5,000 results of a
 * SARIF file and ten annotations a step. So each rule has a sorted list of its worst findings; while verdicts
 * pass by, a list holds numbers and the short strings of the finding itself. Titles, ids and places of other
 * articles are fetched at the end, for what is shown.
 *
 * Removable copies come by as single articles, and reporting them one by one says the same thing a hundred
 * times; they are gathered by cluster. The rank of a cluster is its size, which is known beforehand: so a
 * cluster that is pushed out of a full list by larger ones can never come back with its later members, and
 * the result does not depend on the order of anything. Rank, then the number of the subject, is a total
 * order: same corpus, same report.
 *
 * What is shown is taken from the lists in turns, the worst of every rule before the second worst of any, so
 * that a flood of one kind does not hide the others.
 *
 * A fingerprint is a hash of the rule and of what the article says, so it stays when records are added, files
 * are renamed or ids are given anew. Two items with one fingerprint (a junk title on two empty pages) are
 * told apart by counting them in input order.
 *
 * Limit: the list of a rule holds 2,000; what is beyond is only counted. Costs nothing for articles without
 * findings, 20 ns for a finding that is not among the worst.
 */
#include "write/report.h"

#include "base/hash.h"
#include "base/mem.h"

#include <stdlib.h>
#include <xxhash.h>

enum { SCORE_ONE = 10000, WARNING_SCORE = 8000, OWNED_BYTES = 4096 };

bool report_lists(enum copydesk_rule rule)
{
    return rule != COPYDESK_SAME_TEMPLATE;
}

enum report_level report_default_level(enum copydesk_rule rule)
{
    switch (copydesk_rule_default(rule)) {
    case COPYDESK_REJECT:
        return REPORT_ERROR;
    case COPYDESK_DROP:
        return REPORT_WARNING;
    case COPYDESK_FLAG:
        // A passage that two stories share, one form for many results, a caption: worth knowing, no defect.
        return rule == COPYDESK_PARTIAL_REUSE || rule == COPYDESK_SAME_TEMPLATE || rule == COPYDESK_CAPTION
                   ? REPORT_NOTE
                   : REPORT_WARNING;
    default:
        return REPORT_NOTE; // cut or repaired: done with
    }
}

const char *report_level_name(enum report_level level)
{
    static const char *const names[REPORT_N_LEVELS] = {"error", "warning", "note"};

    return names[level];
}

static bool is_copy(enum copydesk_rule rule)
{
    return rule == COPYDESK_EXACT_DUPLICATE || rule == COPYDESK_NEAR_DUPLICATE ||
           rule == COPYDESK_CONTAINED_COPY;
}

/* A limit on the group of duplicates is one on removable copies. */
static bool in_group(enum copydesk_rule rule)
{
    return copydesk_rule_group(rule) != COPYDESK_GROUP_DUPLICATES || is_copy(rule);
}

const struct copydesk_gate *report_broken_gate(const struct write_corpus *corpus, enum copydesk_rule rule)
{
    const char *group = copydesk_group_name(copydesk_rule_group(rule));

    const struct copydesk_gate *found = NULL;

    for (size_t i = 0; i < corpus->judgement->n_gates; i++) {
        const struct copydesk_gate *gate = &corpus->judgement->gates[i];
        bool covers = strcmp(gate->name, copydesk_rule_name(rule)) == 0 ||
                      (strcmp(gate->name, group) == 0 && in_group(rule));
        if (covers && !gate->passed && (!found || (found->only_warns && !gate->only_warns))) {
            found = gate;
        }
    }
    return found;
}

bool report_is_over(const struct write_corpus *corpus)
{
    for (size_t i = 0; i < corpus->judgement->n_gates; i++) {
        const struct copydesk_gate *gate = &corpus->judgement->gates[i];
        if (!gate->passed && !gate->only_warns) {
            return true;
        }
    }
    return false;
}

static enum report_level level_of(const struct report *report, const struct report_item *item)
{
    enum copydesk_rule rule = item->finding.rule;
    enum report_level level = report_default_level(rule);
    bool counted = item->is_cluster || !is_copy(rule);
    const struct copydesk_gate *broken = counted ? report_broken_gate(report->corpus, rule) : NULL;

    if ((broken && !broken->only_warns) || item->finding.action == COPYDESK_REJECT) {
        return REPORT_ERROR;
    }
    if (broken || item->finding.action == COPYDESK_DROP) {
        return REPORT_WARNING;
    }
    return level == REPORT_WARNING && item->finding.score * SCORE_ONE < WARNING_SCORE ? REPORT_NOTE : level;
}

// ---- taking records

int report_new(struct report **out, const struct write_corpus *corpus, struct copydesk_error *error)
{
    struct report *report = mem_zalloc(1, sizeof *report);

    if (!report) {
        return error_memory(error);
    }
    report->corpus = corpus;
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        report->rules[i].most = REPORT_PER_RULE;
    }
    report->clusters.most = REPORT_CLUSTERS;
    *out = report;
    return 0;
}

static void item_free(struct report_item *item)
{
    if (item) {
        // The finding's strings were copied by own_finding().
        mem_free((void *)(uintptr_t)item->finding.of.data);
        mem_free((void *)(uintptr_t)item->finding.better.data);
        mem_free((void *)(uintptr_t)item->finding.to.data);
        mem_free(item);
    }
}

static void list_free(struct report_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        item_free(list->items[i]);
    }
    mem_free(list->items);
}

void report_free(struct report *report)
{
    if (report) {
        for (int i = 0; i < COPYDESK_N_RULES; i++) {
            list_free(&report->rules[i]);
        }
        list_free(&report->clusters);
        mem_free(report->items);
        arena_release(&report->text);
        mem_free(report);
    }
}

/* Gives *view memory of its own; long ones are cut, at the start of a character. false: out of memory. */
static bool own(struct copydesk_view *view)
{
    size_t len = view->len < OWNED_BYTES ? view->len : OWNED_BYTES;
    char *copy;

    if (!view->data) {
        return true;
    }
    while (len < view->len && len > 0 && ((unsigned char)view->data[len] & 0xC0) == 0x80) {
        len--;
    }
    copy = mem_alloc(len + 1, 1);
    if (copy) {
        memcpy(copy, view->data, len);
    }
    *view = (struct copydesk_view){copy, copy ? len : 0};
    return copy != NULL;
}

/* All three are owned or empty afterwards, also when memory is short. */
static bool own_finding(struct copydesk_finding *finding)
{
    bool of = own(&finding->of);
    bool better = own(&finding->better);
    bool to = own(&finding->to);

    return of && better && to;
}

/* Place of the first item that is not worse than (rank, subject). */
static size_t list_find(const struct report_list *list, uint64_t rank, uint64_t subject)
{
    size_t low = 0;

    for (size_t high = list->n; low < high;) {
        size_t middle = (low + high) / 2;
        const struct report_item *item = list->items[middle];
        if (item->rank > rank || (item->rank == rank && item->subject < subject)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* Adds a copy to a cluster that is listed. */
static void item_join(struct report_item *item, uint64_t record, uint32_t n_findings)
{
    item->n_findings += n_findings;
    item->n_articles++;
    if (item->n_others < REPORT_OTHERS) {
        item->other_records[item->n_others++] = record;
    }
}

/* Copies `item` into the list if it is among the worst. false: out of memory. */
static bool list_offer(struct report_list *list, const struct report_item *item)
{
    size_t place = list_find(list, item->rank, item->subject);
    void *items = list->items;
    struct report_item *copy;

    if (place < list->n && list->items[place]->rank == item->rank &&
        list->items[place]->subject == item->subject) {
        item_join(list->items[place], item->record, item->n_findings);
        return true;
    }
    if (place == list->most) {
        return true;
    }
    if (list->n < list->most && !mem_grow(&items, &list->cap, list->n + 1, sizeof(struct report_item *))) {
        return false;
    }
    list->items = items;
    copy = mem_alloc(1, sizeof *copy);
    if (!copy) {
        return false;
    }
    *copy = *item;
    if (!own_finding(&copy->finding)) {
        item_free(copy);
        return false;
    }
    if (list->n == list->most) {
        item_free(list->items[--list->n]);
    }
    memmove(&list->items[place + 1], &list->items[place], (list->n - place) * sizeof(struct report_item *));
    list->items[place] = copy;
    list->n++;
    return true;
}

static bool offer_finding(struct report *report, const struct write_record *record,
                          const struct copydesk_finding *finding, uint32_t n_findings)
{
    uint64_t number = record->verdict->record;
    bool in_cluster = record->verdict->representative != number && record->cluster_size > 1;
    struct report_item item = {
        .finding = *finding,
        .rank = (uint64_t)(finding->score > 0 ? finding->score * SCORE_ONE + 0.5 : 0),
        .subject = number,
        .record = number,
        .cluster_size = 1,
        .n_findings = n_findings,
        .n_articles = 1,
    };

    if (is_copy(finding->rule) && in_cluster) {
        item.is_cluster = true;
        item.cluster_size = record->cluster_size;
        item.rank = record->cluster_size;
        item.subject = record->verdict->representative;
    }
    return list_offer(&report->rules[finding->rule], &item);
}

static bool offer_cluster(struct report *report, const struct write_record *record)
{
    struct report_item item = {
        .finding = record->verdict->findings[0],
        .rank = record->cluster_size,
        .subject = record->verdict->representative,
        .record = record->verdict->record,
        .is_cluster = true,
        .cluster_size = record->cluster_size,
        .n_findings = 1,
        .n_articles = 1,
    };

    return list_offer(&report->clusters, &item);
}

int report_take(struct report *report, const struct write_record *record, struct copydesk_error *error)
{
    const struct copydesk_verdict *verdict = record->verdict;
    const struct copydesk_finding *best[COPYDESK_N_RULES] = {0};
    uint32_t counts[COPYDESK_N_RULES] = {0};
    const struct copydesk_judgement *judgement = report->corpus->judgement;
    bool ok = true;
    bool any = false;

    if (verdict->n_findings == 0) {
        return 0;
    }
    for (size_t i = 0; i < verdict->n_findings; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        if (judgement->counts && !judgement->counts(judgement->data, verdict, i)) {
            continue;
        }
        counts[finding->rule]++;
        any = true;
        if (!best[finding->rule] || finding->score > best[finding->rule]->score) {
            best[finding->rule] = finding;
        }
    }
    for (int rule = 0; rule < COPYDESK_N_RULES && ok; rule++) {
        report->unlisted[rule] += counts[rule] > 0;
        ok = !best[rule] || offer_finding(report, record, best[rule], counts[rule]);
    }
    if (ok && any && record->cluster_size > 1 && verdict->representative != verdict->record) {
        ok = offer_cluster(report, record);
    }
    return ok ? 0 : error_memory(error);
}

// ---- the end

static int choose(struct report *report, struct copydesk_error *error)
{
    report->items = mem_alloc(REPORT_ITEMS, sizeof *report->items);
    if (!report->items) {
        return error_memory(error);
    }
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        struct report_list *list = &report->rules[rule];
        for (size_t i = 0; i < list->n; i++) {
            list->items[i]->level = level_of(report, list->items[i]);
        }
    }
    for (int level = 0; level < REPORT_N_LEVELS; level++) {
        for (size_t i = 0; i < REPORT_PER_RULE; i++) {
            for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
                const struct report_list *list = &report->rules[rule];
                if (i < list->n && (int)list->items[i]->level == level && report->n_items < REPORT_ITEMS &&
                    report_lists((enum copydesk_rule)rule)) {
                    report->items[report->n_items++] = list->items[i];
                    report->unlisted[rule] -= list->items[i]->n_articles;
                }
            }
        }
    }
    return 0;
}

/* text, made plain, in memory of the report. */
static struct str keep_plain(struct report *report, struct str text, size_t most)
{
    struct buf plain = {0};
    struct str kept = {NULL, 0};

    report_add_plain(&plain, text, most);
    report->text.failed = report->text.failed || plain.failed;
    if (!report->text.failed && plain.len > 0) {
        kept = (struct str){arena_copy(&report->text, plain.data, plain.len), plain.len};
    }
    buf_release(&plain);
    return kept;
}

static struct str keep_bytes(struct report *report, struct str bytes)
{
    return (struct str){arena_copy(&report->text, bytes.data ? bytes.data : "", bytes.len), bytes.len};
}

static int fetch_place(struct report *report, const struct write_source *source, uint64_t record,
                       struct report_place *place, struct copydesk_error *error)
{
    struct write_source_record from;
    int status = source->fetch(source->data, record, false, &from, error);

    if (status == 0) {
        place->id = keep_plain(report, from.id, REPORT_ID_CHARS);
        place->file = keep_bytes(report, from.file);
        place->line = from.line;
        place->end_line = from.line;
    }
    return status;
}

struct str report_span(const struct write_corpus *corpus, const struct copydesk_finding *finding,
                       struct str field)
{
    size_t bounds[2] = {finding->start, finding->end};

    if (corpus->options->offsets == COPYDESK_OFFSETS_CHARS) {
        size_t chars = 0;
        size_t at = 0;
        for (int i = 0; i < 2; i++) {
            for (; at < field.len && chars < bounds[i]; chars++) {
                do {
                    at++;
                } while (at < field.len && ((unsigned char)field.data[at] & 0xC0) == 0x80);
            }
            bounds[i] = chars < bounds[i] ? field.len + 1 : at;
        }
    }
    return bounds[0] < bounds[1] && bounds[1] <= field.len
               ? (struct str){field.data + bounds[0], bounds[1] - bounds[0]}
               : (struct str){NULL, 0};
}

/* Line and column of a byte of raw, counted on from the first line of the record. */
static void locate(struct str raw, size_t at, uint64_t *line, uint32_t *column)
{
    size_t line_start = 0;

    for (size_t i = 0; i < at; i++) {
        if (raw.data[i] == '\n') {
            line_start = i + 1;
            ++*line;
        }
    }
    *column = 1;
    for (size_t i = line_start; i < at; i++) {
        *column += ((unsigned char)raw.data[i] & 0xC0) != 0x80;
    }
}

/* A span that stands in the file as it was read has lines and columns of its own; in JSON it has none. */
static void place_span(struct report_place *place, struct str raw, struct str span)
{
    bool inside = raw.data && span.data && (uintptr_t)span.data >= (uintptr_t)raw.data &&
                  (uintptr_t)span.data + span.len <= (uintptr_t)raw.data + raw.len;

    if (inside) {
        size_t at = (size_t)(span.data - raw.data);
        place->end_line = place->line;
        locate(raw, at + span.len, &place->end_line, &place->end_column);
        locate(raw, at, &place->line, &place->column);
    }
}

static uint64_t fingerprint_of(enum copydesk_rule rule, const struct write_source_record *from)
{
    const char *name = copydesk_rule_name(rule);

    return hash_mix(XXH3_64bits(name, strlen(name)) ^ from->content);
}

static int fetch_article(struct report *report, const struct write_source *source, struct report_item *item,
                         struct copydesk_error *error)
{
    struct write_source_record from;
    const struct copydesk_finding *finding = &item->finding;
    int status = source->fetch(source->data, item->record, true, &from, error);

    if (status < 0) {
        return status;
    }
    item->place = (struct report_place){.line = from.line, .end_line = from.line};
    item->place.id = keep_plain(report, from.id, REPORT_ID_CHARS);
    item->place.file = keep_bytes(report, from.file);
    item->title = keep_plain(report, from.title, REPORT_TEXT_CHARS);
    item->fingerprint = fingerprint_of(finding->rule, &from);
    if (finding->field != COPYDESK_FIELD_NONE) {
        struct str span = report_span(report->corpus, finding,
                                      finding->field == COPYDESK_FIELD_TITLE ? from.title : from.text);
        item->quote = keep_plain(report, span, REPORT_TEXT_CHARS);
        if (from.format == COPYDESK_FORMAT_TEXT || from.format == COPYDESK_FORMAT_WET) {
            place_span(&item->place, from.raw, span);
        }
    }
    return 0;
}

/* What a cluster is known by is the article that stays. */
static int fetch_cluster(struct report *report, const struct write_source *source, struct report_item *item,
                         struct copydesk_error *error)
{
    struct write_source_record from;
    int status = source->fetch(source->data, item->subject, true, &from, error);

    if (status == 0) {
        item->fingerprint = fingerprint_of(item->finding.rule, &from);
        status = fetch_place(report, source, item->subject, &item->of, error);
    }
    for (size_t i = 0; i < item->n_others && status == 0; i++) {
        status = fetch_place(report, source, item->other_records[i], &item->others[i], error);
    }
    return status;
}

static void keep_view(struct report *report, struct copydesk_view *view, size_t most)
{
    struct str plain = keep_plain(report, write_str(*view), most);

    mem_free((void *)(uintptr_t)view->data);
    *view = (struct copydesk_view){NULL, 0};
    if (plain.len > 0) {
        char *copy = mem_alloc(plain.len, 1);
        report->text.failed = report->text.failed || !copy;
        if (copy) {
            memcpy(copy, plain.data, plain.len);
            *view = (struct copydesk_view){copy, plain.len};
        }
    }
}

static int fetch(struct report *report, const struct write_source *source, struct report_item *item,
                 struct copydesk_error *error)
{
    bool names_other = item->finding.of.data != NULL;
    int status = fetch_article(report, source, item, error);

    if (status == 0 && item->is_cluster) {
        status = fetch_cluster(report, source, item, error);
    } else if (status == 0 && names_other) {
        status = fetch_place(report, source, item->finding.of_record, &item->of, error);
    }
    keep_view(report, &item->finding.of, REPORT_ID_CHARS);
    keep_view(report, &item->finding.better, REPORT_ID_CHARS);
    keep_view(report, &item->finding.to, REPORT_TEXT_CHARS);
    return status < 0 ? status : report->text.failed ? error_memory(error) : 0;
}

static int by_fingerprint(const void *a, const void *b)
{
    const struct report_item *x = *(struct report_item *const *)a;
    const struct report_item *y = *(struct report_item *const *)b;

    if (x->fingerprint != y->fingerprint) {
        return x->fingerprint < y->fingerprint ? -1 : 1;
    }
    if (x->record != y->record) {
        return x->record < y->record ? -1 : 1;
    }
    return (int)x->finding.rule - (int)y->finding.rule;
}

static int count_copies(struct report *report, struct copydesk_error *error)
{
    struct report_item **sorted = mem_alloc(report->n_items + 1, sizeof *sorted);

    if (!sorted) {
        return error_memory(error);
    }
    for (size_t i = 0; i < report->n_items; i++) {
        sorted[i] = report->items[i];
    }
    qsort(sorted, report->n_items, sizeof(struct report_item *), by_fingerprint);
    for (size_t i = 0; i < report->n_items; i++) {
        bool again = i > 0 && sorted[i]->fingerprint == sorted[i - 1]->fingerprint;
        sorted[i]->copy = again ? sorted[i - 1]->copy + 1 : 1;
    }
    mem_free(sorted);
    return 0;
}

int report_finish(struct report *report, const struct write_source *source, struct copydesk_error *error)
{
    int status = choose(report, error);

    for (size_t i = 0; i < report->n_items && status == 0; i++) {
        status = fetch(report, source, report->items[i], error);
    }
    for (size_t i = 0; i < report->clusters.n && status == 0; i++) {
        status = fetch(report, source, report->clusters.items[i], error);
    }
    return status < 0 ? status : count_copies(report, error);
}
