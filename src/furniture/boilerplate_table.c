// boilerplate_table.c - the table: built, asked, written, read, merged. Contract in boilerplate.h.
//
// Layout of a written table, all numbers little-endian:
//
//     "CDBOILER"  u32 version  u32 zero  u64 articles
//     u64 number of lines,  then for each: u8 part, struct boiler_entry field by field       21 bytes
//     u64 number of titles, then for each: u8 part, u32 key                                   5 bytes
//
// Entries ascend by (part, key), so equal tables are equal bytes. Titles lose their clusters: in another
// run the article is always somebody else's. Merging adds counts; what stood in one cluster of each corpus
// alone is not in either table and stays unknown.

#include "base/mem.h"
#include "furniture/boilerplate.h"
#include "furniture/boilerplate_table.h"

#include <string.h>

enum { VERSION = 1, HEAD_BYTES = 24, LINE_BYTES = 21, TITLE_BYTES = 5 };
static const char magic[8] = {'C', 'D', 'B', 'O', 'I', 'L', 'E', 'R'};

// ---- looking up

static const char *place(const struct boiler_lookup *l, unsigned part, size_t i)
{
    return (const char *)l->parts[part].entries + i * l->entry_bytes;
}

// Of an entry: 1 to 2^29.
static uint32_t key_of(const char *entry)
{
    uint32_t key;
    memcpy(&key, entry, sizeof key);
    return key & ~BOILER_OTHERS;
}

static void release_parts(struct boiler_part parts[SPILL_PARTS])
{
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        mem_free(parts[part].entries);
    }
    memset(parts, 0, SPILL_PARTS * sizeof *parts);
}

void boiler_lookup_release(struct boiler_lookup *l)
{
    release_parts(l->parts);
    mem_free(l->first);
    mem_free(l->filter);
    *l = (struct boiler_lookup){0};
}

static uint64_t filter_place(const struct boiler_lookup *l, unsigned part, uint32_t key)
{
    return ((uint64_t)part << BOILER_KEY_BITS | (key - 1)) & ((UINT64_C(1) << l->filter_bits) - 1);
}

// Where the run of keys begins that this one belongs to.
static size_t run_of(const struct boiler_lookup *l, unsigned part, uint32_t key)
{
    return (size_t)part << l->bits | (key - 1) >> (BOILER_KEY_BITS - l->bits);
}

static void index_part(struct boiler_lookup *l, unsigned part)
{
    size_t run = (size_t)part << l->bits;
    size_t end = run + ((size_t)1 << l->bits);
    for (size_t i = 0; i < l->parts[part].n; i++) {
        uint32_t key = key_of(place(l, part, i));
        uint64_t bit = filter_place(l, part, key);
        l->filter[bit / 64] |= UINT64_C(1) << (bit & 63);
        while (run <= run_of(l, part, key)) {
            l->first[run++] = (uint32_t)i;
        }
    }
    while (run < end) {
        l->first[run++] = (uint32_t)l->parts[part].n;
    }
}

int boiler_lookup_build(struct boiler_lookup *l, size_t entry_bytes, struct boiler_part parts[SPILL_PARTS])
{
    enum { RUN = 4 }; // entries
    *l = (struct boiler_lookup){.entry_bytes = entry_bytes, .filter_bits = 10};
    memcpy(l->parts, parts, sizeof l->parts);
    memset(parts, 0, SPILL_PARTS * sizeof *parts);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        l->n += l->parts[part].n;
    }
    while (l->bits < BOILER_KEY_BITS - 1 && (uint64_t)SPILL_PARTS * RUN << l->bits < l->n) {
        l->bits++;
    }
    while (l->filter_bits < 37 && UINT64_C(1) << l->filter_bits < 16 * (uint64_t)l->n) {
        l->filter_bits++;
    }
    l->first = mem_alloc((size_t)SPILL_PARTS << l->bits, sizeof *l->first);
    l->filter = mem_zalloc((size_t)1 << (l->filter_bits - 6), sizeof *l->filter);
    if (!l->first || !l->filter) {
        boiler_lookup_release(l);
        return COPYDESK_ERR_MEMORY;
    }
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        index_part(l, part);
    }
    return 0;
}

const void *boiler_lookup_find(const struct boiler_lookup *l, uint64_t mixed)
{
    unsigned part = (unsigned)(mixed >> 56);
    uint32_t key = boiler_low(mixed) + 1;
    uint64_t bit = filter_place(l, part, key);
    if (!(l->filter[bit / 64] >> (bit & 63) & 1)) {
        return NULL;
    }
    for (size_t i = l->first[run_of(l, part, key)]; i < l->parts[part].n; i++) {
        const char *entry = place(l, part, i);
        uint32_t found = key_of(entry);
        if (found >= key) {
            return found == key ? entry : NULL;
        }
    }
    return NULL;
}

// ---- questions

void boiler_table_free(struct boiler_table *t)
{
    if (t) {
        boiler_lookup_release(&t->lines);
        boiler_lookup_release(&t->titles);
        mem_free(t);
    }
}

const struct boiler_entry *boiler_find(const struct boiler_table *t, enum boiler_kind kind, uint64_t key)
{
    return key ? boiler_lookup_find(&t->lines, boiler_mix(kind, key)) : NULL;
}

void boiler_fetch(const struct boiler_table *t, enum boiler_kind kind, uint64_t key)
{
    uint64_t mixed = boiler_mix(kind, key);
    uint64_t bit = filter_place(&t->lines, (unsigned)(mixed >> 56), boiler_low(mixed) + 1);
    __builtin_prefetch(&t->lines.filter[bit / 64]);
}

bool boiler_is_title(const struct boiler_table *t, uint64_t key, uint32_t own_cluster)
{
    const struct boiler_title *title =
        key ? boiler_lookup_find(&t->titles, boiler_mix(BOILER_WORDS, key)) : NULL;
    return title && (title->cluster != own_cluster || title->key & BOILER_OTHERS);
}

uint64_t boiler_articles(const struct boiler_table *t)
{
    return t->n_articles;
}

// ---- bytes

static void put(struct buf *out, uint64_t value, unsigned bytes)
{
    uint8_t b[8];
    for (unsigned i = 0; i < bytes; i++) {
        b[i] = (uint8_t)(value >> 8 * i);
    }
    buf_add(out, b, bytes);
}

static uint64_t get(const char **at, unsigned bytes)
{
    uint64_t value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        value |= (uint64_t)(uint8_t)(*at)[i] << 8 * i;
    }
    *at += bytes;
    return value;
}

static void put_line(struct buf *out, unsigned part, const struct boiler_entry *e)
{
    put(out, part, 1);
    put(out, e->key, 4);
    put(out, e->articles, 4);
    put(out, e->clusters, 4);
    put(out, e->sources, 2);
    put(out, e->share, 2);
    put(out, e->top, 2);
    put(out, e->head, 1);
    put(out, e->tail, 1);
}

static void put_lookup(struct buf *out, const struct boiler_lookup *l, bool lines)
{
    put(out, l->n, 8);
    for (unsigned part = 0; part < SPILL_PARTS; part++) {
        for (size_t i = 0; i < l->parts[part].n; i++) {
            const char *entry = place(l, part, i);
            if (lines) {
                struct boiler_entry line;
                memcpy(&line, entry, sizeof line);
                put_line(out, part, &line);
            } else {
                put(out, part, 1);
                put(out, key_of(entry), 4);
            }
        }
    }
}

int boiler_write(const struct boiler_table *t, struct buf *out)
{
    buf_add(out, magic, sizeof magic);
    put(out, VERSION, 4);
    put(out, 0, 4);
    put(out, t->n_articles, 8);
    put_lookup(out, &t->lines, true);
    put_lookup(out, &t->titles, false);
    return out->failed ? COPYDESK_ERR_MEMORY : 0;
}

static bool append(struct boiler_part *part, const void *entry, size_t bytes)
{
    if (!mem_grow(&part->entries, &part->cap, part->n + 1, bytes)) {
        return false;
    }
    memcpy((char *)part->entries + part->n++ * bytes, entry, bytes);
    return true;
}

// Entries of one kind into parts. 0, COPYDESK_ERR_MEMORY, or COPYDESK_ERR_INPUT.
static int get_parts(const char **at, const char *end, bool lines, struct boiler_part parts[SPILL_PARTS])
{
    size_t bytes = lines ? LINE_BYTES : TITLE_BYTES;
    if (end - *at < 8) {
        return COPYDESK_ERR_INPUT;
    }
    uint64_t n = get(at, 8);
    if (n > (uint64_t)(end - *at) / bytes) {
        return COPYDESK_ERR_INPUT;
    }
    uint64_t before = 0;
    for (uint64_t i = 0; i < n; i++) {
        unsigned part = (unsigned)get(at, 1);
        uint32_t key = (uint32_t)get(at, 4);
        uint64_t rank = (uint64_t)part << 32 | key;
        if (key == 0 || key > UINT32_C(1) << BOILER_KEY_BITS || (i > 0 && rank <= before)) {
            return COPYDESK_ERR_INPUT;
        }
        before = rank;
        bool ok;
        if (lines) {
            struct boiler_entry e = {.key = key};
            e.articles = (uint32_t)get(at, 4);
            e.clusters = (uint32_t)get(at, 4);
            e.sources = (uint16_t)get(at, 2);
            e.share = (uint16_t)get(at, 2);
            e.top = (uint16_t)get(at, 2);
            e.head = (uint8_t)get(at, 1);
            e.tail = (uint8_t)get(at, 1);
            if (e.clusters < 2) {
                return COPYDESK_ERR_INPUT; // nothing is kept of a line that one story has
            }
            ok = append(&parts[part], &e, sizeof e);
        } else {
            struct boiler_title title = {.key = key, .cluster = UINT32_MAX - 1};
            ok = append(&parts[part], &title, sizeof title);
        }
        if (!ok) {
            return COPYDESK_ERR_MEMORY;
        }
    }
    return 0;
}

static int fail(int status, struct copydesk_error *error)
{
    return status == COPYDESK_ERR_INPUT
               ? error_set(error, COPYDESK_ERR_INPUT, NULL, "not a corpus profile, or a damaged one")
               : error_memory(error);
}

int boiler_read(struct boiler_table **table, struct str bytes, struct copydesk_error *error)
{
    const char *at = bytes.data;
    const char *end = bytes.data + bytes.len;
    if (bytes.len < sizeof magic + 16 || memcmp(at, magic, sizeof magic) != 0) {
        return fail(COPYDESK_ERR_INPUT, error);
    }
    at += sizeof magic;
    if (get(&at, 4) != VERSION || get(&at, 4) != 0) {
        return fail(COPYDESK_ERR_INPUT, error);
    }
    struct boiler_table *t = mem_zalloc(1, sizeof *t);
    struct boiler_part *parts = mem_zalloc(SPILL_PARTS, sizeof *parts);
    int status = t && parts ? 0 : COPYDESK_ERR_MEMORY;
    if (status == 0) {
        t->n_articles = get(&at, 8);
        status = get_parts(&at, end, true, parts);
        status = status < 0 ? status : boiler_lookup_build(&t->lines, sizeof(struct boiler_entry), parts);
        release_parts(parts);
        status = status < 0 ? status : get_parts(&at, end, false, parts);
        status = status < 0 ? status : boiler_lookup_build(&t->titles, sizeof(struct boiler_title), parts);
        release_parts(parts);
        status = status == 0 && at != end ? COPYDESK_ERR_INPUT : status;
    }
    mem_free(parts);
    if (status < 0) {
        boiler_table_free(t);
        return fail(status, error);
    }
    *table = t;
    return 0;
}

// ---- merging

static uint32_t add32(uint32_t a, uint32_t b)
{
    return a > UINT32_MAX - b ? UINT32_MAX : a + b;
}

static uint16_t add16(uint16_t a, uint16_t b)
{
    return (uint16_t)(a > UINT16_MAX - b ? UINT16_MAX : a + b);
}

// Mean of two figures, weighted by clusters.
static uint64_t mean(uint64_t x, uint64_t y, const struct boiler_entry *a, const struct boiler_entry *b)
{
    return (x * a->clusters + y * b->clusters) / ((uint64_t)a->clusters + b->clusters);
}

static struct boiler_entry sum_of(const struct boiler_entry *a, const struct boiler_entry *b)
{
    return (struct boiler_entry){
        .key = a->key,
        .articles = add32(a->articles, b->articles),
        .clusters = add32(a->clusters, b->clusters),
        .sources = add16(a->sources, b->sources), // a source of both counts twice: their names are not kept
        .share = (uint16_t)mean(a->share, b->share, a, b),
        .top = a->top > b->top ? a->top : b->top,
        .head = (uint8_t)mean(a->head, b->head, a, b),
        .tail = (uint8_t)mean(a->tail, b->tail, a, b),
    };
}

// What both have under one key, or the one entry there is.
static bool add_both(struct boiler_part *sum, const char *a, const char *b, bool lines)
{
    if (!a || !b) {
        return append(sum, a ? a : b, lines ? sizeof(struct boiler_entry) : sizeof(struct boiler_title));
    }
    if (lines) {
        struct boiler_entry one;
        struct boiler_entry other;
        memcpy(&one, a, sizeof one);
        memcpy(&other, b, sizeof other);
        one = sum_of(&one, &other);
        return append(sum, &one, sizeof one);
    }
    struct boiler_title title;
    memcpy(&title, a, sizeof title);
    title.key |= BOILER_OTHERS; // the title of an article in each
    return append(sum, &title, sizeof title);
}

static bool merge_part(const struct boiler_lookup *a, const struct boiler_lookup *b, unsigned part,
                       bool lines, struct boiler_part *sum)
{
    size_t i = 0;
    size_t k = 0;
    bool ok = true;
    while (ok && (i < a->parts[part].n || k < b->parts[part].n)) {
        const char *of_a = i < a->parts[part].n ? place(a, part, i) : NULL;
        const char *of_b = k < b->parts[part].n ? place(b, part, k) : NULL;
        if (of_a && of_b && key_of(of_a) != key_of(of_b)) {
            *(key_of(of_a) < key_of(of_b) ? &of_b : &of_a) = NULL;
        }
        i += of_a != NULL;
        k += of_b != NULL;
        ok = add_both(sum, of_a, of_b, lines);
    }
    return ok;
}

static int merge_lookup(const struct boiler_lookup *a, const struct boiler_lookup *b, bool lines,
                        struct boiler_lookup *sum)
{
    struct boiler_part *parts = mem_zalloc(SPILL_PARTS, sizeof *parts);
    bool ok = parts != NULL;
    for (unsigned part = 0; ok && part < SPILL_PARTS; part++) {
        ok = merge_part(a, b, part, lines, &parts[part]);
    }
    int status = ok ? boiler_lookup_build(sum, a->entry_bytes, parts) : COPYDESK_ERR_MEMORY;
    if (parts) {
        release_parts(parts);
    }
    mem_free(parts);
    return status;
}

int boiler_merge(const struct boiler_table *a, const struct boiler_table *b, struct boiler_table **sum,
                 struct copydesk_error *error)
{
    struct boiler_table *t = mem_zalloc(1, sizeof *t);
    if (!t) {
        return error_memory(error);
    }
    t->n_articles = a->n_articles + b->n_articles;
    if (merge_lookup(&a->lines, &b->lines, true, &t->lines) < 0 ||
        merge_lookup(&a->titles, &b->titles, false, &t->titles) < 0) {
        boiler_table_free(t);
        return error_memory(error);
    }
    *sum = t;
    return 0;
}

// ---- trimming

// Of `all` entries as good as each other, about `room` have a choice below it: each time others.
static uint64_t choice_of(unsigned part, uint32_t key, uint64_t articles, uint64_t all)
{
    uint64_t mixed = hash_mix(((uint64_t)part << 32 | key) ^ hash_mix(articles));
    return (mixed >> 32) * all >> 32;
}

// Many clusters are alike: what so many stories have is kept as long as anything is.
enum { MOST_CLUSTERS = 1023 };

static unsigned clusters_of(const char *line)
{
    const char *at = line + 9;
    uint64_t clusters = get(&at, 4);
    return clusters < MOST_CLUSTERS ? (unsigned)clusters : MOST_CLUSTERS;
}

// Lines of more than *least clusters are kept, and *room of the *ties that have as many.
static void choose_lines(const char *lines, uint64_t n, uint64_t most, unsigned *least, uint64_t *room,
                         uint64_t *ties)
{
    uint64_t with[MOST_CLUSTERS + 1] = {0};
    for (uint64_t i = 0; i < n; i++) {
        with[clusters_of(lines + i * LINE_BYTES)]++;
    }
    *least = MOST_CLUSTERS;
    *room = most;
    while (*least > 0 && with[*least] <= *room) {
        *room -= with[(*least)--];
    }
    *ties = with[*least];
}

struct trimmed {
    const char *from; // where to read
    char *to;         // where to write, never behind it
    uint64_t articles;
};

static void trim_entries(struct trimmed *t, size_t bytes, uint64_t most)
{
    uint64_t n = get(&t->from, 8);
    unsigned least = 0;
    uint64_t room = most;
    uint64_t ties = n; // titles are all alike
    if (bytes == LINE_BYTES) {
        choose_lines(t->from, n, most, &least, &room, &ties);
    }
    char *head = t->to;
    uint64_t left = room;
    uint64_t kept = 0;
    t->to += 8;
    for (uint64_t i = 0; i < n; i++, t->from += bytes) {
        const char *at = t->from;
        unsigned part = (unsigned)get(&at, 1);
        uint32_t key = (uint32_t)get(&at, 4);
        unsigned clusters = bytes == LINE_BYTES ? clusters_of(t->from) : 0;
        bool tie = clusters == least;
        bool chosen = tie && left > 0 && choice_of(part, key, t->articles, ties) < room;
        if (clusters > least || chosen) {
            left -= tie;
            memmove(t->to, t->from, bytes);
            t->to += bytes;
            kept++;
        }
    }
    for (unsigned i = 0; i < 8; i++) {
        head[i] = (char)(kept >> 8 * i);
    }
}

void boiler_trim(struct buf *out, size_t start, uint64_t most_lines, uint64_t most_titles)
{
    if (out->failed) {
        return;
    }
    const char *articles = out->data + start + sizeof magic + 8;
    struct trimmed t = {.from = out->data + start + HEAD_BYTES, .to = out->data + start + HEAD_BYTES};
    t.articles = get(&articles, 8);
    trim_entries(&t, LINE_BYTES, most_lines);
    trim_entries(&t, TITLE_BYTES, most_titles);
    out->len = (size_t)(t.to - out->data);
}
