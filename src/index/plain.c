// plain.c - one article as bytes, until it is sealed.
//
//     u32   length of all of it
//     u32   words; u32 source hash, leader, cluster; u16 length of id, title, source; u8 marks
//     u64   url hash, date, arrived, key (2), content
//     bytes id, title, source
//     5 x words: the top 40 bits of each hash; 1 x words: flags
//
// No packing to speak of: an article stays here for 8,192 others at most, and is read back often.

#include "index/plain.h"

enum { HAS_DATE = 1, DROPPED = 2, WORD_BYTES = INDEX_WORD_BITS / 8, FRONT_BYTES = 4 + 16 + 6 + 1 + 48 };

static void add(struct buf *out, uint64_t value, size_t bytes)
{
    buf_add(out, &value, bytes);
}

static size_t short_len(struct str s)
{
    return s.len < UINT16_MAX ? s.len : UINT16_MAX;
}

void plain_pack(struct buf *out, const struct index_record *r)
{
    size_t n_strings = short_len(r->id) + short_len(r->title) + short_len(r->source);
    size_t len = FRONT_BYTES + n_strings + (size_t)r->n_words * (WORD_BYTES + 1);
    // Words are written eight bytes at a time, three of them too many.
    if (len > UINT32_MAX || !buf_reserve(out, len + sizeof(uint64_t))) {
        out->failed = true;
        return;
    }
    add(out, len, 4);
    add(out, r->n_words, 4);
    add(out, r->source_hash, 4);
    add(out, r->leader, 4);
    add(out, r->cluster, 4);
    add(out, short_len(r->id), 2);
    add(out, short_len(r->title), 2);
    add(out, short_len(r->source), 2);
    add(out, (r->has_date ? HAS_DATE : 0) | (r->dropped ? DROPPED : 0), 1);
    add(out, r->url_hash, 8);
    add(out, (uint64_t)r->date, 8);
    add(out, (uint64_t)r->arrived, 8);
    add(out, r->key[0], 8);
    add(out, r->key[1], 8);
    add(out, r->content, 8);
    buf_add(out, r->id.data, short_len(r->id));
    buf_add(out, r->title.data, short_len(r->title));
    buf_add(out, r->source.data, short_len(r->source));
    char *at = out->data + out->len;
    for (size_t i = 0; i < r->n_words; i++, at += WORD_BYTES) {
        uint64_t top = r->words[i] >> (64 - INDEX_WORD_BITS);
        memcpy(at, &top, sizeof top);
    }
    if (r->n_words) {
        memcpy(at, r->flags, r->n_words);
    }
    out->len += (size_t)r->n_words * (WORD_BYTES + 1);
}

size_t plain_length(struct str bytes)
{
    if (bytes.len < FRONT_BYTES) {
        return 0;
    }
    size_t len = bytes_u32(bytes.data);
    return len >= FRONT_BYTES && len <= bytes.len ? len : 0;
}

uint32_t plain_words(struct str bytes)
{
    return bytes_u32(bytes.data + 4);
}

bool plain_unpack(struct str bytes, uint64_t *words, uint8_t *flags, struct index_record *out)
{
    struct reader r = reader_of(bytes);
    reader_u32(&r);
    *out = (struct index_record){.n_words = reader_u32(&r)};
    out->source_hash = reader_u32(&r);
    out->leader = reader_u32(&r);
    out->cluster = reader_u32(&r);
    size_t n_id = reader_number(&r, 2);
    size_t n_title = reader_number(&r, 2);
    size_t n_source = reader_number(&r, 2);
    unsigned marks = (unsigned)reader_number(&r, 1);
    out->has_date = marks & HAS_DATE;
    out->dropped = marks & DROPPED;
    out->url_hash = reader_u64(&r);
    out->date = (int64_t)reader_u64(&r);
    out->arrived = (int64_t)reader_u64(&r);
    out->key[0] = reader_u64(&r);
    out->key[1] = reader_u64(&r);
    out->content = reader_u64(&r);
    out->id = reader_take(&r, n_id);
    out->title = reader_take(&r, n_title);
    out->source = reader_take(&r, n_source);
    struct str packed = reader_take(&r, (size_t)out->n_words * (WORD_BYTES + 1));
    if (r.failed) {
        return false;
    }
    if (words) {
        // Eight bytes at a time, the first three of which belong to what stands before.
        for (size_t i = 0; i < out->n_words; i++) {
            words[i] = bytes_u64(packed.data + i * WORD_BYTES - (8 - WORD_BYTES)) & INDEX_WORD_MASK;
        }
        memcpy(flags, packed.data + (size_t)out->n_words * WORD_BYTES, out->n_words);
        out->words = words;
        out->flags = flags;
    }
    return true;
}
