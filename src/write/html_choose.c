/*
 * html_choose.c - the end of the collection: which articles the page shows, and their words. Contract in
 * html.h.
 *
 * In:  the lists that html_collect.c filled. Out: html->articles, plain and cut, within a budget of bytes.
 *
 * A page has room for some thousand articles without texts, or some hundred with. Articles are asked for
 * in the order of what they are good for: wrong titles and the pairs nearest to the decision, then two
 * members of every cluster, then six, then all that are listed. Each is fetched once; where the room for
 * texts or for articles ends, the rest has none, and the page says how many. Copies often have the same
 * text to the byte: it is kept once.
 *
 * A text is shown by its first 4,000 characters, line feeds kept, everything else made plain as in
 * report_text.c. It is stored as it will stand in the page, so that the budget counts the real bytes.
 */
#include "write/html.h"

#include "base/hash.h"

#include <stdlib.h>
#include <xxhash.h>

enum {
    ID_CHARS = 160,
    TITLE_CHARS = 240,
    SOURCE_CHARS = 80,
    FILE_CHARS = 160,
    TEXT_CHARS = 4000,
    LEAD_CHARS = 700,
    ARTICLE_BYTES = 1000 * 1000, // of ids, titles, sources, names of files
    TEXT_BYTES = 2800 * 1000,
    FIRST_MEMBERS = 2,
    NEXT_MEMBERS = 6,
};

/* Articles that are asked for, in order; by number of the record in `slots`. */
struct choice {
    struct html *html;
    struct write_source source;
    uint32_t *slots; /* places + 1 */
    size_t mask;
    uint32_t *text_slots; /* the same, by hash of the text */
    uint64_t article_bytes, text_bytes;
    struct buf plain, json;
    struct copydesk_error *error;
};

static size_t slot_of(const struct choice *c, uint64_t record)
{
    size_t slot = (size_t)hash_mix(record) & c->mask;

    while (c->slots[slot] && c->html->articles[c->slots[slot] - 1].record != record) {
        slot = (slot + 1) & c->mask;
    }
    return slot;
}

static struct str keep(struct choice *c, struct str text, size_t most)
{
    buf_clear(&c->plain);
    report_add_plain(&c->plain, text, most);
    return (struct str){arena_copy(&c->html->text, c->plain.data ? c->plain.data : "", c->plain.len),
                        c->plain.len};
}

/* The text as it stands in the page; shared with an earlier article that has the same one. */
static void keep_text(struct choice *c, struct html_article *article, struct str text, size_t most)
{
    uint32_t place = (uint32_t)(article - c->html->articles);
    size_t slot;
    uint64_t hash;

    article->text_bytes = text.len;
    html_add_lines(&c->plain, text, most);
    html_add_json(&c->json, (struct str){c->plain.data, c->plain.len});
    hash = XXH3_64bits(c->json.data, c->json.len);
    for (slot = (size_t)hash & c->mask; c->text_slots[slot]; slot = (slot + 1) & c->mask) {
        const struct html_article *other = &c->html->articles[c->text_slots[slot] - 1];
        if (str_equal(other->text, (struct str){c->json.data, c->json.len})) {
            article->shares = other->shares;
            article->text = other->text;
            return;
        }
    }
    if (c->text_bytes + c->json.len > TEXT_BYTES) {
        return;
    }
    c->text_bytes += c->json.len;
    article->text = (struct str){arena_copy(&c->html->text, c->json.data, c->json.len), c->json.len};
    article->shares = place;
    c->text_slots[slot] = place + 1;
}

/* Shows an article, with so many characters of its text. */
static int want(struct choice *c, uint64_t record, size_t chars)
{
    struct html *html = c->html;
    size_t slot = slot_of(c, record);
    struct write_source_record from;
    struct html_article *article;
    void *articles = html->articles;
    int status;

    if (c->slots[slot] || c->article_bytes > ARTICLE_BYTES) {
        return 0;
    }
    status = c->source.fetch(c->source.data, record, true, &from, c->error);
    if (status < 0) {
        return status;
    }
    if (!mem_grow(&articles, &html->cap_articles, html->n_articles + 1, sizeof *html->articles)) {
        return error_memory(c->error);
    }
    html->articles = articles;
    article = &html->articles[html->n_articles++];
    *article = (struct html_article){
        .record = record, .dated = from.dated, .date = from.date, .line = from.line, .shares = UINT32_MAX};
    article->id = keep(c, from.id, ID_CHARS);
    article->title = keep(c, from.title, TITLE_CHARS);
    article->source = keep(c, from.source, SOURCE_CHARS);
    article->file = keep(c, report_relative(html->corpus, from.file), FILE_CHARS);
    c->slots[slot] = (uint32_t)html->n_articles;
    buf_clear(&c->json);
    html_add_json(&c->json, article->id);
    html_add_json(&c->json, article->title);
    html_add_json(&c->json, article->source);
    html_add_json(&c->json, article->file);
    c->article_bytes += c->json.len + 120;
    buf_clear(&c->plain);
    buf_clear(&c->json);
    if (chars > 0) {
        keep_text(c, article, from.text, chars);
    }
    if (c->plain.failed || c->json.failed || html->text.failed) {
        return error_memory(c->error);
    }
    return 0;
}

const struct html_article *html_article(const struct html *html, uint64_t record)
{
    for (size_t low = 0, high = html->n_articles; low < high;) {
        size_t middle = (low + high) / 2;
        if (html->articles[middle].record == record) {
            return &html->articles[middle];
        }
        if (html->articles[middle].record < record) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return NULL;
}

uint64_t html_fitting(const struct html *html, uint64_t record)
{
    size_t mask = 2 * HTML_FITS - 1;
    size_t slot = (size_t)hash_mix(record) & mask;

    while (html->fits[slot][0] && html->fits[slot][0] != record + 1) {
        slot = (slot + 1) & mask;
    }
    return html->fits[slot][0] ? html->fits[slot][1] : UINT64_MAX;
}

static int want_titles(struct choice *c)
{
    const struct html *html = c->html;
    int status = 0;

    for (size_t i = 0; i < html->titles.n && status == 0; i++) {
        const struct html_title *title = (const struct html_title *)html->titles.items[i];
        uint64_t fitting = html_fitting(html, title->rank.subject);
        status = want(c, title->rank.subject, LEAD_CHARS);
        if (status == 0 && title->finding.better_record != UINT64_MAX) {
            status = want(c, title->finding.better_record, LEAD_CHARS);
        }
        if (status == 0 && fitting != UINT64_MAX) {
            status = want(c, fitting, LEAD_CHARS);
        }
    }
    for (size_t i = 0; i < html->junk.n && status == 0; i++) {
        status = want(c, html->junk.items[i]->subject, LEAD_CHARS);
    }
    return status;
}

static int want_pairs(struct choice *c)
{
    int status = 0;

    for (int rule = 0; rule < HTML_N_COPY_RULES; rule++) {
        const struct html_list *list = &c->html->pairs[rule];
        for (size_t i = 0; i < list->n && status == 0; i++) {
            const struct html_pair *pair = (const struct html_pair *)list->items[i];
            status = want(c, pair->record1, TEXT_CHARS);
            status = status < 0 ? status : want(c, pair->record2, TEXT_CHARS);
        }
    }
    return status;
}

size_t html_members(const struct html_cluster *cluster,
                    const struct html_member *out[HTML_EARLY + HTML_DRAWN])
{
    size_t n = 0;

    for (size_t i = 0; i < cluster->n_early; i++) {
        out[n++] = &cluster->early[i];
    }
    for (size_t i = 0; i < cluster->n_drawn; i++) {
        bool again = false;
        for (size_t k = 0; k < cluster->n_early && !again; k++) {
            again = cluster->early[k].record == cluster->drawn[i].record;
        }
        if (!again) {
            out[n++] = &cluster->drawn[i];
        }
    }
    return n;
}

/* Members from place `from` on, up to `to`, of every cluster. */
static int want_members(struct choice *c, const struct html_list *list, size_t from, size_t to)
{
    int status = 0;

    for (size_t i = 0; i < list->n && status == 0; i++) {
        const struct html_cluster *cluster = (const struct html_cluster *)list->items[i];
        const struct html_member *members[HTML_EARLY + HTML_DRAWN];
        size_t n = html_members(cluster, members);
        if (from == 0) {
            status = want(c, cluster->rank.subject, TEXT_CHARS);
        }
        for (size_t k = from; k < n && k < to && status == 0; k++) {
            status = want(c, members[k]->record, TEXT_CHARS);
        }
    }
    return status;
}

static int want_clusters(struct choice *c)
{
    static const size_t rounds[][2] = {
        {0, FIRST_MEMBERS}, {FIRST_MEMBERS, NEXT_MEMBERS}, {NEXT_MEMBERS, HTML_EARLY + HTML_DRAWN}};
    int status = 0;

    for (size_t i = 0; i < sizeof rounds / sizeof rounds[0] && status == 0; i++) {
        status = want_members(c, &c->html->clusters, rounds[i][0], rounds[i][1]);
        status = status < 0 ? status : want_members(c, &c->html->sampled, rounds[i][0], rounds[i][1]);
    }
    return status;
}

/* A drawn cluster that is among the largest is listed there. */
static void drop_twice(struct html *html)
{
    size_t n = 0;

    for (size_t i = 0; i < html->sampled.n; i++) {
        struct html_rank *item = html->sampled.items[i];
        bool again = false;
        for (size_t k = 0; k < html->clusters.n && !again; k++) {
            again = html->clusters.items[k]->subject == item->subject;
        }
        if (again) {
            mem_free(item);
        } else {
            html->sampled.items[n++] = item;
        }
    }
    html->sampled.n = n;
}

static int by_record(const void *a, const void *b)
{
    const struct html_article *x = a;
    const struct html_article *y = b;

    return (x->record > y->record) - (x->record < y->record);
}

/* Sorted by record, so that the page finds them; places that are shared move along. */
static int sort_articles(struct html *html, struct copydesk_error *error)
{
    uint64_t *owners = mem_alloc(html->n_articles + 1, sizeof *owners);

    if (!owners) {
        return error_memory(error);
    }
    for (size_t i = 0; i < html->n_articles; i++) {
        uint32_t shares = html->articles[i].shares;
        owners[i] = shares == UINT32_MAX ? UINT64_MAX : html->articles[shares].record;
    }
    for (size_t i = 0; i < html->n_articles; i++) {
        html->articles[i].owner = owners[i];
    }
    mem_free(owners);
    if (html->n_articles > 0) {
        qsort(html->articles, html->n_articles, sizeof *html->articles, by_record);
    }
    return 0;
}

static int name_sources(struct choice *c)
{
    struct html *html = c->html;
    int status = 0;

    for (size_t i = 2; i < html->n_sources && status == 0; i++) {
        struct html_source *source = &html->sources[i];
        struct write_source_record from;
        if (!source->shown) {
            continue;
        }
        status = c->source.fetch(c->source.data, source->first, true, &from, c->error);
        if (status == 0) {
            source->name = keep(c, from.source, SOURCE_CHARS);
        }
    }
    return status;
}

int html_finish(struct html *html, const struct write_source *source, struct copydesk_error *error)
{
    size_t most = 2 * (HTML_CLUSTERS + HTML_SAMPLED) * (HTML_EARLY + HTML_DRAWN + 1) + 4096;
    struct choice c = {.html = html, .source = *source, .error = error, .mask = 1};
    int status = html->failed || html->text.failed ? error_memory(error) : 0;

    while (c.mask < most) {
        c.mask = 2 * c.mask + 1;
    }
    c.slots = mem_zalloc(c.mask + 1, sizeof *c.slots);
    c.text_slots = mem_zalloc(c.mask + 1, sizeof *c.text_slots);
    if (status == 0 && (!c.slots || !c.text_slots)) {
        status = error_memory(error);
    }
    if (status == 0) {
        drop_twice(html);
        html_sort_lines(html);
        status = html_sort_sources(html, error);
    }
    status = status < 0 ? status : want_titles(&c);
    status = status < 0 ? status : want_pairs(&c);
    status = status < 0 ? status : want_clusters(&c);
    status = status < 0 ? status : sort_articles(html, error);
    status = status < 0 ? status : name_sources(&c);
    status = status < 0 ? status : html_fetch_lines(html, source, error);
    status = status < 0 ? status : html_fetch_damage(html, source, error);
    if (status == 0 && (c.plain.failed || html->text.failed)) {
        status = error_memory(error);
    }
    mem_free(c.slots);
    mem_free(c.text_slots);
    buf_release(&c.plain);
    buf_release(&c.json);
    return status;
}
