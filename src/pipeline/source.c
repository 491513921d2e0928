// source.c - articles by number for reports. Contracts in source.h.
//
// Reports choose among all records and then ask for the few thousand that they show: ids and places come from
// the catalog, titles and texts from the input once more. The sizes of clusters are counted beforehand, so
// that a large cluster is known for one when its first copy comes by.

#include "pipeline/source.h"

#include "pipeline/content.h"

// Of a bad record the beginning is enough to tell it from others.
enum { BAD_BYTES = 64 * 1024 };

static uint32_t head_of(const struct pipeline *p, uint32_t article)
{
    return p->best[p->representative[catalog_leader(p->catalog, article)]];
}

int source_init(struct source *s, struct pipeline *p, struct loader *loader, struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    *s = (struct source){.p = p, .loader = loader};
    s->sizes = mem_zalloc((size_t)n + 1, sizeof *s->sizes);
    if (!s->sizes) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n; i++) {
        uint32_t head = head_of(p, i);
        s->sizes[head] += head == i || !pipeline_is_known(p, i);
    }
    return 0;
}

void source_release(struct source *s)
{
    mem_free(s->sizes);
    buf_release(&s->id);
    buf_release(&s->raw);
    buf_release(&s->key);
    *s = (struct source){0};
}

uint32_t source_cluster_size(const struct source *s, uint64_t representative)
{
    return s->sizes[representative];
}

int source_facts(const struct source *s, const struct copydesk_verdict *verdict,
                 const struct catalog_record *record, struct write_facts *out, struct copydesk_error *error)
{
    struct catalog_record head = *record;
    int status = 0;
    if (verdict->representative != verdict->record) {
        status = catalog_get(s->p->catalog, (uint32_t)verdict->representative, &head, error);
    }
    *out = (struct write_facts){.file_no = record->file_no, .check = record->check, .bytes = record->length};
    if (record->flags & CATALOG_BAD) {
        out->bytes = record->bad_length;
        return status;
    }
    out->source = record->source_hash;
    out->head_source = head.source_hash;
    out->dated = record->flags & CATALOG_HAS_DATE;
    out->date = record->date;
    out->n_words = record->n_words;
    return status;
}

static int read_bad(struct source *s, const struct catalog_record *record, struct str *raw,
                    struct copydesk_error *error)
{
    size_t len = record->bad_length < BAD_BYTES ? (size_t)record->bad_length : BAD_BYTES;
    buf_clear(&s->raw);
    if (!buf_reserve(&s->raw, len)) {
        return error_memory(error);
    }
    int status = input_read_at(s->p->input, record->file_no, record->offset, s->raw.data, len, error);
    *raw = (struct str){s->raw.data, len};
    return status;
}

int source_fetch(void *data, uint64_t number, bool fields, struct write_source_record *out,
                 struct copydesk_error *error)
{
    struct source *s = data;
    struct catalog_record record;
    struct article article;
    int status = catalog_get(s->p->catalog, (uint32_t)number, &record, error);
    *out = (struct write_source_record){0};
    status = status < 0 ? status : catalog_id(s->p->catalog, &record, &s->id, &out->id, error);
    if (status < 0) {
        return status;
    }
    out->file = input_file_name(s->p->input, record.file_no);
    out->line = record.line;
    out->format = input_file_format(s->p->input, record.file_no);
    out->dated = !(record.flags & CATALOG_BAD) && record.flags & CATALOG_HAS_DATE;
    out->date = record.date;
    if (!fields) {
        return 0;
    }
    if (record.flags & CATALOG_BAD) {
        status = read_bad(s, &record, &out->raw, error);
        article = (struct article){.title = out->raw};
    } else {
        status = loader_article(s->loader, &record, &article, error);
        if (status < 0) {
            return status;
        }
        out->raw = article.raw;
        out->title = article.title;
        out->text = article.text;
        out->source = article.source;
    }
    if (status == 0 && !content_key(article.title, article.text, &s->key, &out->content)) {
        status = error_memory(error);
    }
    return status;
}
