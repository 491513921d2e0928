// loader.c - articles by number. Contracts in loader.h.
//
// The corpus is not kept in memory: reading an article again costs about as much as comparing it twice, and
// few articles have candidates. Those used last stay ready in a direct-mapped cache. Pairs are asked for in
// blocks of first articles, sorted by the second one; so the first articles of a block have precedence.

#include "pipeline/loader.h"

#include "apply.h"
#include "base/mem.h"
#include "base/xxh3.h"

enum { BIG_FEATURES = 1 << 20 };

struct loader {
    struct pipeline *p;
    struct record_reader *reader;
    struct tokenizer *tokenizer;
    struct buf raw;
    struct edit_list edits;
    struct buf title, text; // cleaned
    struct features_params params;
    size_t n_slots;
    struct features *slots; // the last one is spare
    uint32_t *article;      // in each slot; UINT32_MAX: none
};

static uint32_t count_fact(const void *table, uint64_t hash)
{
    return fact_table_count(table, hash);
}

int loader_new(struct loader **out, struct pipeline *p, size_t cached_articles, struct copydesk_error *error)
{
    struct loader *l = mem_zalloc(1, sizeof *l);
    if (!l) {
        return error_memory(error);
    }
    l->p = p;
    l->n_slots = cached_articles;
    l->params = (struct features_params){p->cpu, count_fact, p->facts, (uint32_t)p->n_good};
    l->slots = mem_zalloc(cached_articles + 1, sizeof *l->slots);
    l->article = mem_alloc(cached_articles + 1, sizeof *l->article);
    l->tokenizer = tokenizer_new(p->cpu);
    int status = l->slots && l->article && l->tokenizer ? 0 : error_memory(error);
    for (size_t i = 0; status == 0 && i <= cached_articles; i++) {
        l->article[i] = UINT32_MAX;
    }
    if (status == 0) {
        status = record_reader_new(&l->reader, p->input, error);
    }
    if (status < 0) {
        loader_free(l);
        return status;
    }
    *out = l;
    return 0;
}

void loader_free(struct loader *l)
{
    if (!l) {
        return;
    }
    for (size_t i = 0; l->slots && i <= l->n_slots; i++) {
        features_release(&l->slots[i]);
    }
    mem_free(l->slots);
    mem_free(l->article);
    tokenizer_free(l->tokenizer);
    record_reader_free(l->reader);
    buf_release(&l->raw);
    buf_release(&l->title);
    buf_release(&l->text);
    edit_list_release(&l->edits);
    mem_free(l);
}

int loader_article(struct loader *l, const struct catalog_record *record, struct article *article,
                   struct copydesk_error *error)
{
    buf_clear(&l->raw);
    if (!buf_reserve(&l->raw, (size_t)record->length + ARTICLE_PADDING)) {
        return error_memory(error);
    }
    memset(l->raw.data + record->length, 0, ARTICLE_PADDING);
    int status =
        input_read_at(l->p->input, record->file_no, record->offset, l->raw.data, record->length, error);
    if (status < 0) {
        return status;
    }
    return loader_parse(l, record, (struct str){l->raw.data, record->length}, article, error);
}

int loader_parse(struct loader *l, const struct catalog_record *record, struct str raw,
                 struct article *article, struct copydesk_error *error)
{
    return record_reader_parse(l->reader, record->file_no, raw, article, error);
}

// One field with its edits; padded as article fields are.
static bool clean_field(struct str *field, enum copydesk_field which, const struct edit_list *edits,
                        const enum copydesk_action *actions, struct buf *out)
{
    if (!edits_touch(which, edits->edits, edits->n, actions)) {
        return true;
    }
    buf_clear(out);
    edits_apply(*field, which, edits->edits, edits->n, actions, out);
    if (!buf_reserve(out, ARTICLE_PADDING)) {
        return false;
    }
    memset(out->data + out->len, 0, ARTICLE_PADDING);
    *field = (struct str){out->data, out->len};
    return true;
}

int loader_clean(struct loader *l, uint32_t number, const enum copydesk_action *actions,
                 struct article *article, struct copydesk_error *error)
{
    if (!edit_store_has(l->p->edits, number)) {
        return 0;
    }
    int status = edit_store_get(l->p->edits, number, &l->edits, error);
    if (status < 0) {
        return status;
    }
    bool ok = clean_field(&article->title, COPYDESK_FIELD_TITLE, &l->edits, actions, &l->title) &&
              clean_field(&article->text, COPYDESK_FIELD_TEXT, &l->edits, actions, &l->text);
    return ok ? 0 : error_memory(error);
}

int loader_rewrite(struct loader *l, const struct catalog_record *record, struct str raw,
                   const struct record_change *change, struct buf *out, struct copydesk_error *error)
{
    return record_reader_rewrite(l->reader, record->file_no, raw, change, out, error);
}

int loader_tokens(struct loader *l, const struct article *article, bool spans, struct tokens *tokens,
                  struct copydesk_error *error)
{
    int status = tokenize(l->tokenizer, article->text.data, article->text.len, spans, tokens);
    return status < 0 ? error_memory(error) : 0;
}

int loader_check(const struct pipeline *p, const struct catalog_record *record, struct str raw,
                 struct copydesk_error *error)
{
    if ((uint32_t)XXH3_64bits(raw.data, raw.len) == record->check) {
        return 0;
    }
    struct str file = input_file_name(p->input, record->file_no);
    char name[512];
    size_t len = file.len < sizeof name - 1 ? file.len : sizeof name - 1;
    memcpy(name, file.data, len);
    name[len] = 0;
    return error_set_at(error, COPYDESK_ERR_CHANGED, name, record->line, record->offset,
                        "the file changed while it was being read; run again when nothing writes to it");
}

static int load(struct loader *l, uint32_t number, size_t slot, struct copydesk_error *error)
{
    struct catalog_record record;
    struct article article;
    struct tokens tokens;
    l->article[slot] = UINT32_MAX;
    int status = catalog_get(l->p->catalog, number, &record, error);
    status = status < 0 ? status : loader_article(l, &record, &article, error);
    status = status < 0 ? status : loader_check(l->p, &record, article.raw, error);
    status = status < 0 ? status : loader_clean(l, number, l->p->compared, &article, error);
    status = status < 0 ? status : loader_tokens(l, &article, false, &tokens, error);
    if (status < 0) {
        return status;
    }
    status = features_build(&l->slots[slot], tokens.hash, tokens.flags, tokens.n, &l->params);
    if (status < 0) {
        return error_memory(error);
    }
    l->article[slot] = number;
    return 0;
}

// A text of book length must not sit in the cache for good.
static void shrink(struct loader *l, size_t slot)
{
    if (features_bytes(&l->slots[slot]) > BIG_FEATURES) {
        features_release(&l->slots[slot]);
        l->article[slot] = UINT32_MAX;
    }
}

// Where article b stands beside a: in a slot of its own unless that would push out a neighbour of a, which
// will be needed again before b is.
static size_t second_slot(const struct loader *l, uint32_t a, uint32_t b)
{
    size_t slot = b & (l->n_slots - 1);
    uint32_t there = l->article[slot];
    bool is_neighbour = there != UINT32_MAX && there / PIPELINE_BLOCK == a / PIPELINE_BLOCK;
    return slot == (a & (l->n_slots - 1)) || (is_neighbour && there != b) ? l->n_slots : slot;
}

int loader_pair(struct loader *l, uint32_t a, uint32_t b, struct features **fa, struct features **fb,
                struct copydesk_error *error)
{
    size_t slot_a = a & (l->n_slots - 1);
    if (l->article[slot_a] != a) {
        shrink(l, slot_a);
        int status = load(l, a, slot_a, error);
        if (status < 0) {
            return status;
        }
    }
    size_t slot_b = second_slot(l, a, b);
    if (l->article[slot_b] != b) {
        shrink(l, slot_b);
        int status = load(l, b, slot_b, error);
        if (status < 0) {
            return status;
        }
    }
    *fa = &l->slots[slot_a];
    *fb = &l->slots[slot_b];
    return 0;
}
