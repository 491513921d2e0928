/*
 * html_collect.c - what the page for people keeps of a run while verdicts and pairs pass by. Contract in
 * html.h.
 *
 * In:  verdicts in input order, verified pairs. Out: counters, and numbers of the records that will be
 * shown.
 *
 * Counters are exact: by rule, by source, by size of cluster, by similarity. What is shown one by one goes
 * to lists of fixed length, sorted by a rank that is known when the record comes by: the size of its
 * cluster, its score, or a hash of its number. So what is pushed out of a full list never comes back,
 * nothing depends on when a thing was seen, and a rank with the number of the record is a total order:
 * same corpus, same page. The hash makes a sample: the n smallest hashes of a stream are n of its members
 * drawn evenly (bottom-k sampling, Cohen and Kaplan 2007).
 *
 * A cluster of many thousand members shows its earliest ones (who published first) and some drawn from all.
 *
 * Findings on furniture carry no text here, only how many articles and stories have the line; those that
 * agree in rule and both counts (and in length, when they are rare) stand in one row. That is nearly
 * always one line in its variants, and the row shows its different words.
 *
 * Limits: 32,768 sources, 131,072 pairs of sources and 8,192 kinds of furniture are counted by name; what
 * comes after that is counted together. 40 MB at most.
 */
#include "write/html.h"

#include "base/hash.h"

#include <stdlib.h>

enum { SCORE_ONE = 10000, OWNED_BYTES = 1024, COMMON = 30 };

static uint64_t drawn(uint64_t record)
{
    return hash_mix(record + 0x9e3779b97f4a7c15u);
}

static bool is_copy(enum copydesk_rule rule)
{
    return rule == COPYDESK_EXACT_DUPLICATE || rule == COPYDESK_NEAR_DUPLICATE ||
           rule == COPYDESK_CONTAINED_COPY;
}

static struct copydesk_finding without_strings(const struct copydesk_finding *finding)
{
    struct copydesk_finding copy = *finding;

    copy.of = copy.to = copy.better = (struct copydesk_view){NULL, 0};
    return copy;
}

// ---- lists

static bool comes_before(const struct html_rank *a, const struct html_rank *b)
{
    return a->rank != b->rank ? a->rank > b->rank : a->subject < b->subject;
}

/* Place of the first item that does not come before `rank`. */
static size_t list_find(const struct html_list *list, const struct html_rank *rank)
{
    size_t low = 0;

    for (size_t high = list->n; low < high;) {
        size_t middle = (low + high) / 2;
        if (comes_before(list->items[middle], rank)) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void damage_free(struct html_damage *damage)
{
    for (size_t i = 0; damage && i < damage->n_repairs; i++) {
        mem_free((void *)(uintptr_t)damage->repairs[i].to.data);
    }
    mem_free(damage);
}

/* The item with this rank: one that is there (*is_new false), a new one of `bytes`, or NULL: not among the
 * first, or out of memory. What a full list loses is given to `forget`. */
static void *list_item(struct html *html, struct html_list *list, struct html_rank rank, size_t bytes,
                       bool *is_new)
{
    size_t place = list_find(list, &rank);
    void *items = list->items;
    struct html_rank *item;

    *is_new = false;
    if (place < list->n && !comes_before(&rank, list->items[place])) {
        return list->items[place];
    }
    if (place == list->most) {
        return NULL;
    }
    item = mem_zalloc(1, bytes);
    if (!item || !mem_grow(&items, &list->cap, list->n + 1, sizeof *list->items)) {
        mem_free(item);
        html->failed = true;
        return NULL;
    }
    list->items = items;
    if (list->n == list->most) {
        struct html_rank *last = list->items[--list->n];
        bool is_damage = list >= html->damage && list < html->damage + COPYDESK_N_RULES;
        if (is_damage) {
            damage_free((struct html_damage *)last);
        } else {
            mem_free(last);
        }
    }
    memmove(&list->items[place + 1], &list->items[place], (list->n - place) * sizeof *list->items);
    list->items[place] = item;
    list->n++;
    *item = rank;
    *is_new = true;
    return item;
}

static void list_free(struct html_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        mem_free(list->items[i]);
    }
    mem_free(list->items);
}

// ---- life

int html_new(struct html **out, const struct write_corpus *corpus, struct copydesk_error *error)
{
    struct html *html = mem_zalloc(1, sizeof *html);
    bool ok = html != NULL;

    if (ok) {
        *out = html;
        html->corpus = corpus;
        html->clusters.most = HTML_CLUSTERS;
        html->sampled.most = HTML_SAMPLED;
        html->titles.most = HTML_TITLES;
        html->junk.most = HTML_JUNK;
        html->file_no = UINT32_MAX;
        for (int i = 0; i < COPYDESK_N_RULES; i++) {
            html->damage[i].most = HTML_DAMAGED;
        }
        for (int i = 0; i < HTML_N_COPY_RULES; i++) {
            html->pairs[i].most = HTML_PAIRS;
        }
        html->source_slots = mem_zalloc(2 * HTML_SOURCES, sizeof *html->source_slots);
        html->flow_slots = mem_zalloc(2 * HTML_FLOWS, sizeof *html->flow_slots);
        html->line_slots = mem_zalloc(2 * HTML_LINES, sizeof *html->line_slots);
        html->fits = mem_zalloc(2 * HTML_FITS, sizeof *html->fits);
        html->sources = mem_zalloc(64, sizeof *html->sources);
        html->cap_sources = 64;
        html->n_sources = 2;
        ok = html->source_slots && html->flow_slots && html->line_slots && html->fits && html->sources;
    }
    if (!ok) {
        html_free(html);
        *out = NULL;
        return error_memory(error);
    }
    html->sources[0].first = html->sources[1].first = UINT64_MAX;
    return 0;
}

void html_free(struct html *html)
{
    if (!html) {
        return;
    }
    for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
        for (size_t i = 0; i < html->damage[rule].n; i++) {
            damage_free((struct html_damage *)html->damage[rule].items[i]);
        }
        html->damage[rule].n = 0;
        list_free(&html->damage[rule]);
    }
    for (int i = 0; i < HTML_N_COPY_RULES; i++) {
        list_free(&html->pairs[i]);
    }
    list_free(&html->clusters);
    list_free(&html->sampled);
    list_free(&html->titles);
    list_free(&html->junk);
    mem_free(html->sizes);
    mem_free(html->sources);
    mem_free(html->source_slots);
    mem_free(html->flows);
    mem_free(html->flow_slots);
    mem_free(html->lines);
    mem_free(html->line_slots);
    mem_free(html->fits);
    mem_free(html->files);
    mem_free(html->articles);
    mem_free(html->source_order);
    arena_release(&html->text);
    mem_free(html);
}

// ---- sources

/* Its place in `sources`; 1 for all that have no room. */
static uint32_t source_of(struct html *html, uint32_t hash, uint64_t record)
{
    size_t mask = 2 * HTML_SOURCES - 1;
    size_t slot = (size_t)hash_mix(hash) & mask;
    void *sources = html->sources;

    if (hash == 0) {
        return 0;
    }
    for (; html->source_slots[slot]; slot = (slot + 1) & mask) {
        if (html->sources[html->source_slots[slot]].hash == hash) {
            return html->source_slots[slot];
        }
    }
    if (html->n_sources == HTML_SOURCES) {
        return 1;
    }
    if (!mem_grow(&sources, &html->cap_sources, html->n_sources + 1, sizeof *html->sources)) {
        html->failed = true;
        return 1;
    }
    html->sources = sources;
    html->sources[html->n_sources] = (struct html_source){.hash = hash, .first = record};
    html->source_slots[slot] = (uint32_t)html->n_sources;
    return (uint32_t)html->n_sources++;
}

static void add_flow(struct html *html, uint32_t from, uint32_t to)
{
    size_t mask = 2 * HTML_FLOWS - 1;
    size_t slot = (size_t)hash_mix((uint64_t)from << 32 | to) & mask;
    void *flows = html->flows;

    for (; html->flow_slots[slot]; slot = (slot + 1) & mask) {
        struct html_flow *flow = &html->flows[html->flow_slots[slot] - 1];
        if (flow->from == from && flow->to == to) {
            flow->n++;
            return;
        }
    }
    if (html->n_flows == HTML_FLOWS) {
        html->flows_left++;
        return;
    }
    if (!mem_grow(&flows, &html->cap_flows, html->n_flows + 1, sizeof *html->flows)) {
        html->failed = true;
        return;
    }
    html->flows = flows;
    html->flows[html->n_flows++] = (struct html_flow){from, to, 1};
    html->flow_slots[slot] = html->n_flows;
}

static void take_source(struct html *html, const struct write_record *record, bool is_copy_of_other)
{
    const struct copydesk_verdict *verdict = record->verdict;
    uint32_t self = source_of(html, record->facts.source, verdict->record);
    uint64_t groups = 0;

    for (size_t i = 0; i < verdict->n_findings; i++) {
        groups |= UINT64_C(1) << copydesk_rule_group(verdict->findings[i].rule);
    }
    struct html_source *source = &html->sources[self];
    source->read++;
    source->kept += verdict->fate == COPYDESK_KEPT;
    source->rejected += verdict->fate == COPYDESK_REJECTED;
    source->cleaned += verdict->cleaned;
    source->first = source->first == UINT64_MAX ? verdict->record : source->first;
    for (int group = 0; group < COPYDESK_N_GROUPS; group++) {
        source->groups[group] += groups >> group & 1;
    }
    if (is_copy_of_other) {
        uint32_t head = source_of(html, record->facts.head_source, verdict->representative);
        html->sources[self].copies++;
        html->sources[head].copied++;
        add_flow(html, head, self);
    }
}

// ---- clusters

/* One copy in a cluster of this size; how many clusters that are is settled by division. */
static void take_size(struct html *html, uint64_t size, uint64_t copies)
{
    size_t low = 0;
    void *sizes = html->sizes;

    for (size_t high = html->n_sizes; low < high;) {
        size_t middle = (low + high) / 2;
        if (html->sizes[middle][0] < size) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < html->n_sizes && html->sizes[low][0] == size) {
        html->sizes[low][1] += copies;
        return;
    }
    // Sizes that differ add up to no more than the articles there are: at most 65,536 of them.
    if (!mem_grow(&sizes, &html->cap_sizes, html->n_sizes + 1, sizeof *html->sizes)) {
        html->failed = true;
        return;
    }
    html->sizes = sizes;
    memmove(&html->sizes[low + 1], &html->sizes[low], (html->n_sizes - low) * sizeof *html->sizes);
    html->sizes[low][0] = size;
    html->sizes[low][1] = copies;
    html->n_sizes++;
}

/* Into a list of members that is kept sorted, if it is among the first. */
static void put_member(struct html_member *list, size_t *n, size_t most, const struct html_member *member)
{
    size_t place = *n;

    while (place > 0 && comes_before(&member->rank, &list[place - 1].rank)) {
        place--;
    }
    if (place == most) {
        return;
    }
    size_t last = *n < most ? *n : most - 1;
    memmove(&list[place + 1], &list[place], (last - place) * sizeof *list);
    list[place] = *member;
    *n = last + 1;
}

static void join(struct html_cluster *cluster, const struct write_record *record,
                 const struct copydesk_finding *finding)
{
    const struct copydesk_verdict *verdict = record->verdict;
    struct html_member member = {.record = verdict->record, .fate = verdict->fate};

    cluster->size = record->cluster_size;
    if (finding) {
        member.has_finding = true;
        member.finding = without_strings(finding);
        cluster->copies[finding->rule]++;
    }
    // Seconds since 1970 may be negative; without a date comes last.
    member.rank = (struct html_rank){record->facts.dated ? UINT64_MAX / 2 - (uint64_t)record->facts.date : 0,
                                     verdict->record};
    put_member(cluster->early, &cluster->n_early, HTML_EARLY, &member);
    member.rank.rank = drawn(verdict->record);
    put_member(cluster->drawn, &cluster->n_drawn, HTML_DRAWN, &member);
}

static void take_cluster(struct html *html, const struct write_record *record)
{
    const struct copydesk_verdict *verdict = record->verdict;
    const struct copydesk_finding *why = NULL;
    struct html_rank by_size = {record->cluster_size, verdict->representative};
    struct html_rank by_hash = {drawn(verdict->representative), verdict->representative};
    struct html_cluster *cluster;
    bool is_new;

    for (size_t i = 0; i < verdict->n_findings && !why; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        why = is_copy(finding->rule) && finding->kept_because ? finding : NULL;
    }
    if (verdict->record != verdict->representative) {
        take_size(html, record->cluster_size, 1);
    } else {
        why = NULL;
    }
    cluster = list_item(html, &html->clusters, by_size, sizeof *cluster, &is_new);
    if (cluster) {
        join(cluster, record, why);
    }
    cluster = list_item(html, &html->sampled, by_hash, sizeof *cluster, &is_new);
    if (cluster) {
        join(cluster, record, why);
    }
}

// ---- findings

static void put_place(struct html_line *line, const struct html_place *place)
{
    size_t at = line->n_places;

    while (at > 0 && place->order < line->places[at - 1].order) {
        at--;
    }
    if (at == HTML_PLACES) {
        return;
    }
    size_t last = line->n_places < HTML_PLACES ? line->n_places : HTML_PLACES - 1;
    memmove(&line->places[at + 1], &line->places[at], (last - at) * sizeof *line->places);
    line->places[at] = *place;
    line->n_places = last + 1;
}

static void take_line(struct html *html, uint64_t record, const struct copydesk_finding *finding)
{
    size_t mask = 2 * HTML_LINES - 1;
    uint64_t key = hash_mix((uint64_t)finding->articles << 32 | finding->clusters);
    // A common line may come with other counters and capitals; figures of rare lines are often the same.
    uint64_t len = finding->articles > 0 && finding->articles < COMMON ? finding->end - finding->start : 0;
    key = hash_mix(key ^ len) ^ hash_mix((uint64_t)finding->rule + 1);
    size_t slot = (size_t)key & mask;
    void *lines = html->lines;
    struct html_place place = {.order = drawn(record ^ (uint64_t)finding->start << 40),
                               .record = record,
                               .finding = without_strings(finding)};

    for (; html->line_slots[slot]; slot = (slot + 1) & mask) {
        if (html->lines[html->line_slots[slot] - 1].key == key) {
            break;
        }
    }
    if (!html->line_slots[slot]) {
        if (html->n_lines == HTML_LINES) {
            html->lines_left++;
            return;
        }
        if (!mem_grow(&lines, &html->cap_lines, html->n_lines + 1, sizeof *html->lines)) {
            html->failed = true;
            return;
        }
        html->lines = lines;
        html->lines[html->n_lines++] = (struct html_line){
            .key = key, .rule = finding->rule, .articles = finding->articles, .clusters = finding->clusters};
        html->line_slots[slot] = (uint32_t)html->n_lines;
    }
    struct html_line *line = &html->lines[html->line_slots[slot] - 1];
    line->findings++;
    put_place(line, &place);
}

static void take_title(struct html *html, uint64_t record, const struct copydesk_finding *finding)
{
    struct html_title *title;
    bool is_new;

    if (finding->rule == COPYDESK_TITLE_JUNK) {
        struct html_rank rank = {drawn(record), record};
        title = list_item(html, &html->junk, rank, sizeof *title, &is_new);
    } else {
        uint64_t score = finding->score > 0 ? (uint64_t)(finding->score * SCORE_ONE + 0.5) : 0;
        // Those with an article that the title fits say more.
        struct html_rank rank = {score + (finding->better_record != UINT64_MAX ? SCORE_ONE : 0), record};
        title = list_item(html, &html->titles, rank, sizeof *title, &is_new);
        if (finding->better_record != UINT64_MAX && html->n_fits < HTML_FITS) {
            size_t mask = 2 * HTML_FITS - 1;
            size_t slot = (size_t)hash_mix(finding->better_record) & mask;
            while (html->fits[slot][0] && html->fits[slot][0] != finding->better_record + 1) {
                slot = (slot + 1) & mask;
            }
            html->n_fits += html->fits[slot][0] == 0;
            html->fits[slot][1] = html->fits[slot][0] ? html->fits[slot][1] : record;
            html->fits[slot][0] = finding->better_record + 1;
        }
    }
    if (title) {
        title->finding = without_strings(finding);
    }
}

static void take_damage(struct html *html, const struct copydesk_verdict *verdict, enum copydesk_rule rule)
{
    struct html_rank rank = {drawn(verdict->record ^ (uint64_t)rule << 48), verdict->record};
    bool is_new;
    struct html_damage *damage = list_item(html, &html->damage[rule], rank, sizeof *damage, &is_new);

    if (!damage) {
        return;
    }
    damage->rule = rule;
    for (size_t i = 0; i < verdict->n_findings && damage->n_repairs < HTML_REPAIRS; i++) {
        const struct copydesk_finding *from = &verdict->findings[i];
        if (copydesk_rule_group(from->rule) != COPYDESK_GROUP_DAMAGE || from->field == COPYDESK_FIELD_NONE) {
            continue;
        }
        size_t len = from->to.len < OWNED_BYTES ? from->to.len : OWNED_BYTES;
        struct copydesk_finding *to = &damage->repairs[damage->n_repairs];
        char *copy = mem_alloc(len + 1, 1);
        if (!copy) {
            html->failed = true;
            return;
        }
        if (len > 0) {
            memcpy(copy, from->to.data, len);
        }
        *to = without_strings(from);
        to->to = (struct copydesk_view){copy, len};
        damage->n_repairs++;
    }
}

static void take_findings(struct html *html, const struct copydesk_verdict *verdict)
{
    uint64_t damaged = 0;

    for (size_t i = 0; i < verdict->n_findings; i++) {
        const struct copydesk_finding *finding = &verdict->findings[i];
        enum copydesk_group group = copydesk_rule_group(finding->rule);
        if (group == COPYDESK_GROUP_BOILERPLATE && finding->field == COPYDESK_FIELD_TEXT) {
            take_line(html, verdict->record, finding);
        } else if (finding->rule == COPYDESK_TITLE_MISMATCH || finding->rule == COPYDESK_TITLE_JUNK) {
            take_title(html, verdict->record, finding);
        } else if (group == COPYDESK_GROUP_DAMAGE && !(damaged >> finding->rule & 1)) {
            damaged |= UINT64_C(1) << finding->rule;
            take_damage(html, verdict, finding->rule);
        }
    }
}

// ---- records and pairs

static void take_fate(struct html *html, const struct copydesk_verdict *verdict)
{
    enum copydesk_action action = verdict->fate == COPYDESK_REJECTED ? COPYDESK_REJECT : COPYDESK_DROP;

    if (verdict->fate == COPYDESK_KEPT) {
        return;
    }
    for (size_t i = 0; i < verdict->n_findings; i++) {
        if (verdict->findings[i].action == action) {
            html->left[verdict->findings[i].rule]++;
            return;
        }
    }
    html->undecided++;
}

static void take_file(struct html *html, const struct write_record *record)
{
    const struct write_facts *facts = &record->facts;
    void *files = html->files;
    uint64_t print = hash_mix(facts->bytes ^ (uint64_t)facts->check << 32);

    if (html->file_no != facts->file_no) {
        html->file_no = facts->file_no;
        html->n_files_read++;
        if (html->n_files < HTML_FILES) {
            if (!mem_grow(&files, &html->cap_files, html->n_files + 1, sizeof *html->files)) {
                html->failed = true;
                return;
            }
            html->files = files;
            struct str name = write_str(record->verdict->file);
            name.data = arena_copy(&html->text, name.data ? name.data : "", name.len);
            html->files[html->n_files++] = (struct html_file){.file_no = facts->file_no, .name = name};
        }
    }
    html->files_print = hash_mix(html->files_print ^ print);
    if (html->n_files > 0 && html->files[html->n_files - 1].file_no == facts->file_no) {
        struct html_file *file = &html->files[html->n_files - 1];
        file->records++;
        file->bytes += facts->bytes;
        file->print = hash_mix(file->print ^ print);
    }
}

int html_take(struct html *html, const struct write_record *record, struct copydesk_error *error)
{
    const struct copydesk_verdict *verdict = record->verdict;
    bool is_copy_of_other = record->cluster_size > 1 && verdict->representative != verdict->record;

    take_fate(html, verdict);
    take_file(html, record);
    take_source(html, record, is_copy_of_other);
    if (record->cluster_size > 1) {
        take_cluster(html, record);
    }
    take_findings(html, verdict);
    return html->failed || html->text.failed ? error_memory(error) : 0;
}

void html_pair(struct html *html, const struct write_pair *pair)
{
    uint32_t words = pair->words1 < pair->words2 ? pair->words1 : pair->words2;
    uint64_t covered = words > 0 ? (uint64_t)pair->shared_words * 1000 / words : 0;
    struct html_pair *kept;
    bool is_new;

    if ((int)pair->rule >= (int)HTML_N_COPY_RULES) {
        return;
    }
    covered = covered > 1000 || pair->rule == COPYDESK_EXACT_DUPLICATE ? 1000 : covered;
    html->bins[pair->rule][covered == 1000 ? HTML_BINS - 1 : covered * HTML_BINS / 1000]++;
    if (pair->rule == COPYDESK_EXACT_DUPLICATE) {
        return;
    }
    // Copies that share least, and others that share most, are nearest to the decision.
    struct html_rank rank = {is_copy(pair->rule) ? 1000 - covered : covered,
                             pair->record1 << 32 | pair->record2};
    kept = list_item(html, &html->pairs[pair->rule], rank, sizeof *kept, &is_new);
    if (kept && is_new) {
        kept->record1 = pair->record1;
        kept->record2 = pair->record2;
        kept->rule = pair->rule;
        kept->covered = (uint32_t)covered;
        kept->containment1 = pair->containment1;
        kept->containment2 = pair->containment2;
        kept->shared_words = pair->shared_words;
        kept->longest_run = pair->longest_run;
    }
}
