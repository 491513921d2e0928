// intake.c - the first pass: every article is read, cut into words, and reduced to what finds its relatives.
//
//   worker:  batch of ~256 KiB -> articles -> words -> exact key, fingerprints, band keys, fact counts
//            -> ticket (in input order): numbers and lines are given out, the catalog is written, exact
//            copies recognised
//            -> postings of those that are no exact copy
//
// The text is not kept. A worker holds one batch and its hashes; all else goes to the catalog and the spills.

#include "pipeline/pipeline.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/pool.h"
#include "base/sort.h"
#include "base/xxh3.h"
#include "match/candidate.h"
#include "read/date.h"
#include "pipeline/cleaning.h"
#include "pipeline/key.h"
#include "match/shingle.h"
#include "match/sketch.h"
#include "text/token.h"

#include <stdatomic.h>
#include <stdio.h>

// One article of a batch, until its number is known.
struct pending {
    struct catalog_record record;
    struct catalog_key key;
    size_t id_at, id_len; // in worker.ids
    size_t first_hash;    // in worker.hashes: fingerprints, then band keys
    uint32_t n_fingerprints, n_expected, n_bands;
    uint64_t line; // within the batch
    struct collected collected;
};

struct worker {
    struct batch batch;
    struct record_reader *reader;
    struct tokenizer *tokenizer;
    struct cleaner *cleaner; // NULL: nothing is to be cleaned
    struct fact_table *facts;
    struct spill_writer *fingerprints, *bands, *ids;
    struct pending *pending;
    size_t n_pending, cap_pending;
    struct buf ids_text;
    uint64_t *hashes;
    size_t n_hashes, cap_hashes;
    uint64_t *grams;
    size_t cap_grams;
    uint64_t n_good;
};

struct intake {
    struct pipeline *p;
    struct cleaning *cleaning;
    struct ticket ticket;
    struct spill *fingerprints, *bands, *ids;
    struct worker *workers;
    uint64_t *lines; // of each file, so far
    size_t cap_lines, cap_ends, cap_sizes;
    uint64_t total_bytes;
};

static int reserve_hashes(struct worker *w, size_t n_words, struct copydesk_error *error)
{
    void *hashes = w->hashes;
    void *grams = w->grams;
    bool ok = mem_grow(&hashes, &w->cap_hashes, w->n_hashes + n_words + SKETCH_BANDS, sizeof *w->hashes);
    w->hashes = hashes;
    ok = ok && mem_grow(&grams, &w->cap_grams, n_words + 1, sizeof *w->grams);
    w->grams = grams;
    return ok ? 0 : error_memory(error);
}

static bool is_mostly_solo(const struct tokens *words)
{
    size_t solo = 0;
    for (size_t i = 0; i < words->n; i++) {
        solo += (words->flags[i] & TOKEN_SOLO) != 0;
    }
    return solo * 2 > words->n;
}

static int fingerprint(const struct pipeline *p, struct worker *w, const struct tokens *words,
                       struct pending *pending, struct copydesk_error *error)
{
    int status = reserve_hashes(w, words->n, error);
    if (status < 0) {
        return status;
    }
    pending->first_hash = w->n_hashes;
    uint64_t *out = w->hashes + w->n_hashes;
    size_t n = shingle_hashes(p->cpu, words->hash, words->n, SHINGLE_WORDS, w->grams);
    pending->n_fingerprints = (uint32_t)shingle_winnow(p->cpu, w->grams, n, out);
    pending->n_expected = (uint32_t)shingle_expected(n);
    out += pending->n_fingerprints;
    unsigned k = is_mostly_solo(words) ? SKETCH_CHARACTERS : SKETCH_WORDS;
    n = shingle_hashes(p->cpu, words->hash, words->n, k, w->grams);
    if (n >= SKETCH_MIN_SHINGLES) {
        sketch_bands(w->grams, n, out);
        pending->n_bands = SKETCH_BANDS;
    }
    w->n_hashes += pending->n_fingerprints + pending->n_bands;
    return 0;
}

static uint64_t hash_str(struct str s)
{
    return s.len ? XXH3_64bits(s.data, s.len) | 1 : 0;
}

uint32_t pipeline_source_hash(struct str source)
{
    return (uint32_t)hash_str(source);
}

uint64_t pipeline_url_hash(struct str url)
{
    // "not available" is no address.
    return url.len && memchr(url.data, '.', url.len) ? hash_str(url) : 0;
}

static int take_article(const struct pipeline *p, struct worker *w, struct article *article,
                        struct pending *out, struct copydesk_error *error)
{
    struct tokens words;
    bool spans = w->cleaner && cleaner_wants_spans(w->cleaner);
    int status = w->cleaner ? cleaner_repair(w->cleaner, article, error) : 0;
    if (status < 0) {
        return status;
    }
    if (tokenize(w->tokenizer, article->text.data, article->text.len, spans, &words) < 0) {
        return error_memory(error);
    }
    if (w->cleaner && cleaner_collect(w->cleaner, article, &words, &out->collected, error) < 0) {
        return error_memory(error);
    }
    fact_table_add(w->facts, words.hash, words.flags, words.n);
    status = fingerprint(p, w, &words, out, error);
    if (status < 0) {
        return status;
    }
    out->record.n_words = (uint32_t)words.n;
    out->record.source_hash = pipeline_source_hash(article->source);
    out->record.url_hash = pipeline_url_hash(article->url);
    if (date_parse(article->date, &out->record.date)) {
        out->record.flags |= CATALOG_HAS_DATE;
    }
    if (key_of(w->tokenizer, &words, article->title, &out->key) < 0) {
        return error_memory(error);
    }
    out->record.check = (uint32_t)XXH3_64bits(article->raw.data, article->raw.len);
    if (p->options.actions[COPYDESK_EXACT_DUPLICATE] == COPYDESK_OFF) {
        out->key = (struct catalog_key){0, 0}; // then an exact copy is compared like any other article
    }
    w->n_good++;
    return 0;
}

static struct pending *add_pending(struct worker *w, const struct article *article)
{
    void *pending = w->pending;
    if (!mem_grow(&pending, &w->cap_pending, w->n_pending + 1, sizeof *w->pending)) {
        return NULL;
    }
    w->pending = pending;
    struct pending *out = &w->pending[w->n_pending++];
    *out = (struct pending){.line = article->line, .id_at = w->ids_text.len, .id_len = article->id.len};
    buf_add_str(&w->ids_text, article->id);
    out->record.offset = article->offset;
    out->record.length = (uint32_t)article->raw.len;
    out->record.file_no = article->file_no;
    out->record.flags = article->id.len ? 0 : CATALOG_NO_ID;
    return w->ids_text.failed ? NULL : out;
}

static void mark_bad(struct pending *out, const char *reason, uint64_t where, uint64_t length)
{
    out->record.flags |= CATALOG_BAD;
    out->record.reason = reason;
    out->record.date = (int64_t)where;
    out->record.bad_length = length;
    out->record.length = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
}

static int take_batch(const struct pipeline *p, struct worker *w, uint64_t *n_lines,
                      struct copydesk_error *error)
{
    w->n_pending = 0;
    w->n_hashes = 0;
    if (w->cleaner) {
        cleaner_start_batch(w->cleaner);
    }
    buf_clear(&w->ids_text);
    if (w->batch.bad) {
        struct article whole = {.file_no = w->batch.file_no, .offset = w->batch.offset};
        struct pending *out = add_pending(w, &whole);
        if (!out) {
            return error_memory(error);
        }
        mark_bad(out, w->batch.bad, 0, w->batch.bad_len);
        *n_lines = w->batch.bad_len > 0;
        return 0;
    }
    record_reader_start(w->reader, &w->batch);
    struct article article;
    int status;
    while ((status = record_reader_next(w->reader, &article, error)) == 1) {
        struct pending *out = add_pending(w, &article);
        if (!out) {
            return error_memory(error);
        }
        if (article.bad) {
            mark_bad(out, article.bad, article.bad_offset, article.raw.len);
        } else if ((status = take_article(p, w, &article, out, error)) < 0) {
            return status;
        }
    }
    *n_lines = record_reader_lines(w->reader);
    return status;
}

static void name_of(struct intake *in, const struct worker *w, const struct pending *pending,
                    char fallback[600], struct str *id)
{
    if (pending->id_len > 0) {
        *id = (struct str){w->ids_text.data + pending->id_at, pending->id_len};
    } else {
        struct str file = input_file_name(in->p->input, pending->record.file_no);
        int n = snprintf(fallback, 600, "%.*s:%u", (int)(file.len < 560 ? file.len : 560), file.data,
                         pending->record.line);
        *id = (struct str){fallback, (size_t)n};
    }
}

// Makes room for the line count and the end of a file.
static bool reserve_file(struct intake *in, size_t file_no)
{
    struct pipeline *p = in->p;
    void *lines = in->lines;
    bool ok = mem_grow(&lines, &in->cap_lines, file_no + 1, sizeof *in->lines);
    in->lines = lines;
    void *ends = p->file_ends;
    ok = ok && mem_grow(&ends, &in->cap_ends, file_no + 1, sizeof *p->file_ends);
    p->file_ends = ends;
    while (ok && p->n_file_ends <= file_no) {
        in->lines[p->n_file_ends] = 0;
        p->file_ends[p->n_file_ends++] = 0;
    }
    return ok;
}

static uint16_t cap16(uint32_t value)
{
    return (uint16_t)(value < UINT16_MAX ? value : UINT16_MAX);
}

// Inside the ticket: one worker at a time, in input order. Returns the number of the first article through
// *base.
static int enter_articles(struct intake *in, struct worker *w, uint64_t n_lines, uint32_t *base,
                          struct copydesk_error *error)
{
    struct pipeline *p = in->p;
    void *sizes = p->sizes;
    *base = catalog_count(p->catalog);
    if (!reserve_file(in, w->batch.file_no) ||
        !mem_grow(&sizes, &in->cap_sizes, (size_t)*base + w->n_pending + 1, sizeof *p->sizes)) {
        return error_memory(error);
    }
    p->sizes = sizes;
    uint64_t first_line = in->lines[w->batch.file_no] + 1;
    bool known = input_file_known(p->input, w->batch.file_no);
    for (size_t i = 0; i < w->n_pending; i++) {
        struct pending *pending = &w->pending[i];
        char fallback[600];
        struct str id;
        uint32_t leader;
        pending->record.line = (uint32_t)(first_line + pending->line);
        pending->record.flags |= known ? CATALOG_KNOWN : 0;
        name_of(in, w, pending, fallback, &id);
        if (id.len > LOG_CHUNK_BYTES) {
            id.len = LOG_CHUNK_BYTES;
        }
        int status = catalog_add(p->catalog, &pending->record, id, pending->key, &leader, error);
        if (status == 0 && w->cleaner) {
            status = cleaner_enter(w->cleaner, &pending->collected, error);
        }
        if (status < 0) {
            return status;
        }
        if (leader != *base + i) {
            pending->n_fingerprints = 0; // an exact copy: its leader stands for it
            pending->n_bands = 0;
        }
        p->sizes[*base + i] =
            (struct candidate_size){cap16(pending->n_fingerprints), cap16(pending->n_expected)};
    }
    uint64_t bytes = w->batch.bad || w->batch.len == 0 ? w->batch.bad_len : w->batch.len;
    in->lines[w->batch.file_no] += n_lines;
    p->file_ends[w->batch.file_no] = w->batch.offset + bytes;
    p->bytes += bytes;
    p->known_bytes += known ? bytes : 0;
    return 0;
}

// Winnowed hashes are small by nature: spread them over all parts again.
static uint64_t spread(uint64_t hash)
{
    return hash_mix(hash);
}

static int post(struct worker *w, uint32_t base, bool check_ids, struct copydesk_error *error)
{
    for (size_t i = 0; i < w->n_pending; i++) {
        const struct pending *pending = &w->pending[i];
        if (w->cleaner && cleaner_post(w->cleaner, base + (uint32_t)i, &pending->collected, error) < 0) {
            return error->status;
        }
        const uint64_t *hash =
            w->hashes ? w->hashes + pending->first_hash : NULL; // NULL: no article was good yet
        uint32_t number = base + (uint32_t)i;
        for (uint32_t k = 0; k < pending->n_fingerprints; k++) {
            candidate_post(w->fingerprints, spread(*hash++), number);
        }
        for (uint32_t k = 0; k < pending->n_bands; k++) {
            candidate_post(w->bands, *hash++, number);
        }
        if (check_ids && pending->id_len) {
            candidate_post(w->ids, XXH3_64bits(w->ids_text.data + pending->id_at, pending->id_len), number);
        }
    }
    int status = spill_check(w->fingerprints, error);
    status = status < 0 ? status : spill_check(w->bands, error);
    return status < 0 ? status : spill_check(w->ids, error);
}

static int intake_worker(void *data, unsigned thread, struct copydesk_error *error)
{
    struct intake *in = data;
    struct pipeline *p = in->p;
    struct worker *w = &in->workers[thread];
    bool check_ids = p->options.actions[COPYDESK_DUPLICATE_ID] != COPYDESK_OFF;
    int status = 0;
    while ((status = input_next(p->input, &w->batch, error)) == 1) {
        uint64_t n_lines = 0;
        uint32_t base = 0;
        if (in->cleaning && !w->cleaner) {
            // Not before there is work for it.
            status = cleaning_cleaner(in->cleaning, thread, &w->cleaner, error);
        }
        status = status < 0 ? status : take_batch(p, w, &n_lines, error);
        if (status < 0) {
            break;
        }
        if (!ticket_enter(&in->ticket, w->batch.serial)) {
            return 0; // another worker failed, and reports it
        }
        status = enter_articles(in, w, n_lines, &base, error);
        if (status < 0) {
            break;
        }
        if (thread == 0) {
            pipeline_progress(p, COPYDESK_STAGE_READ, p->bytes, in->total_bytes, catalog_count(p->catalog));
        }
        ticket_leave(&in->ticket);
        status = post(w, base, check_ids, error);
        if (status < 0) {
            break;
        }
    }
    if (status < 0) {
        ticket_stop(&in->ticket);
    }
    return status;
}

// ---- duplicate ids

static int same_id(const struct pipeline *p, uint32_t a, uint32_t b, bool *same, struct copydesk_error *error)
{
    struct catalog_record ra;
    struct catalog_record rb;
    struct buf scratch_a = {0};
    struct buf scratch_b = {0};
    struct str id_a = {0};
    struct str id_b = {0};
    int status = catalog_get(p->catalog, a, &ra, error);
    status = status < 0 ? status : catalog_get(p->catalog, b, &rb, error);
    status = status < 0 ? status : catalog_id(p->catalog, &ra, &scratch_a, &id_a, error);
    status = status < 0 ? status : catalog_id(p->catalog, &rb, &scratch_b, &id_b, error);
    *same = status == 0 && str_equal(id_a, id_b);
    buf_release(&scratch_a);
    buf_release(&scratch_b);
    return status;
}

static int add_duplicate_id(struct pipeline *p, size_t *cap, uint32_t article, uint32_t first,
                            struct copydesk_error *error)
{
    void *list = p->duplicate_ids;
    if (!mem_grow(&list, cap, p->n_duplicate_ids + 1, sizeof *p->duplicate_ids)) {
        return error_memory(error);
    }
    p->duplicate_ids = list;
    p->duplicate_ids[p->n_duplicate_ids++] = (struct duplicate_id){article, first};
    return 0;
}

// Each article with the id of an earlier one, by hash and then by the id itself.
static int find_duplicate_ids(struct intake *in, struct copydesk_error *error)
{
    size_t cap = 0;
    int status = 0;
    for (unsigned part = 0; part < SPILL_PARTS && status == 0; part++) {
        size_t n = spill_count(in->ids, part);
        uint64_t *records = mem_alloc(2 * n + 1, sizeof *records);
        status = records ? spill_load_postings(in->ids, part, records, &n, error) : error_memory(error);
        if (status == 0) {
            sort_u64(records, records + n, n, 0);
        }
        for (size_t start = 0, i = 1; i < n && status == 0; i++) {
            if (records[i] >> 32 != records[start] >> 32) {
                start = i;
                continue;
            }
            bool same;
            status = same_id(in->p, (uint32_t)records[start], (uint32_t)records[i], &same, error);
            if (status == 0 && same) {
                status = add_duplicate_id(in->p, &cap, (uint32_t)records[i], (uint32_t)records[start], error);
            }
        }
        mem_free(records);
    }
    // Pairs as 64-bit records sort by article.
    _Static_assert(sizeof(struct duplicate_id) == 8, "two numbers");
    size_t n = in->p->n_duplicate_ids;
    uint64_t *keys = mem_alloc(2 * n + 1, sizeof *keys);
    if (!keys) {
        return error_memory(error);
    }
    for (size_t i = 0; i < n; i++) {
        keys[i] = (uint64_t)in->p->duplicate_ids[i].article << 32 | in->p->duplicate_ids[i].first;
    }
    sort_u64(keys, keys + n, n, 0);
    for (size_t i = 0; i < n; i++) {
        in->p->duplicate_ids[i] = (struct duplicate_id){(uint32_t)(keys[i] >> 32), (uint32_t)keys[i]};
    }
    mem_free(keys);
    return status;
}

// ---- set-up

static int start_worker(struct intake *in, unsigned thread, struct copydesk_error *error)
{
    struct worker *w = &in->workers[thread];
    w->tokenizer = tokenizer_new(in->p->cpu);
    w->facts = fact_table_new();
    w->fingerprints = spill_writer(in->fingerprints, thread);
    w->bands = spill_writer(in->bands, thread);
    w->ids = spill_writer(in->ids, thread);
    if (!w->tokenizer || !w->facts) {
        return error_memory(error);
    }
    return record_reader_new(&w->reader, in->p->input, error);
}

static void free_worker(struct worker *w)
{
    batch_release(&w->batch);
    record_reader_free(w->reader);
    tokenizer_free(w->tokenizer);
    fact_table_free(w->facts);
    buf_release(&w->ids_text);
    mem_free(w->pending);
    mem_free(w->hashes);
    mem_free(w->grams);
}

static void gather(struct intake *in)
{
    struct pipeline *p = in->p;
    for (unsigned i = 0; i < p->threads; i++) {
        struct worker *w = &in->workers[i];
        p->n_good += w->n_good;
        if (i > 0) {
            fact_table_merge(in->workers[0].facts, w->facts);
        }
    }
    p->facts = in->workers[0].facts;
    in->workers[0].facts = NULL;
}

int pipeline_intake(struct pipeline *p, struct cleaning *cleaning, struct intake_result *result,
                    struct copydesk_error *error)
{
    struct intake in = {.p = p, .cleaning = cleaning, .total_bytes = input_total_bytes(p->input)};
    struct memory_plan plan = pipeline_memory_plan(p);
    const char *temp = p->options.temp_dir;
    ticket_init(&in.ticket);
    in.workers = mem_zalloc(p->threads, sizeof *in.workers);
    int status = in.workers ? 0 : error_memory(error);
    if (status == 0) {
        status = catalog_new(&p->catalog, plan.catalog, temp, error);
    }
    if (status == 0) {
        status = spill_new(&in.fingerprints, SPILL_POSTINGS, p->threads, plan.fingerprints, temp, error);
    }
    if (status == 0) {
        status = spill_new(&in.bands, SPILL_POSTINGS, p->threads, plan.bands, temp, error);
    }
    if (status == 0) {
        status = spill_new(&in.ids, SPILL_POSTINGS, p->threads, plan.bands / 8, temp, error);
    }
    for (unsigned i = 0; i < p->threads && status == 0; i++) {
        status = start_worker(&in, i, error);
    }
    if (status == 0) {
        status = pool_run(p->threads, intake_worker, &in, error);
    }
    if (status == 0) {
        catalog_seal(p->catalog);
        status = find_duplicate_ids(&in, error);
    }
    if (status == 0) {
        gather(&in);
        p->spilled_bytes +=
            spill_disk_bytes(in.fingerprints) + spill_disk_bytes(in.bands) + spill_disk_bytes(in.ids);
        result->fingerprints = in.fingerprints;
        result->bands = in.bands;
        in.fingerprints = NULL;
        in.bands = NULL;
    }
    for (unsigned i = 0; in.workers && i < p->threads; i++) {
        free_worker(&in.workers[i]);
    }
    mem_free(in.workers);
    mem_free(in.lines);
    spill_free(in.fingerprints);
    spill_free(in.bands);
    spill_free(in.ids);
    ticket_release(&in.ticket);
    return status;
}
