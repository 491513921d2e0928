// group.c - sealed articles.
//
//     code      CODE_BYTES: lengths of classes
//     u8        0
//     u16       articles that refer to another; u32 where these stand; u32 strings; u32 words
//     columns   i64 least value, u8 bits, u32 place: N_COLUMNS times
//     bits      of each column
//     others    u8 article, u32 leader, u32 cluster: of the few whose leader or cluster is another
//     strings   u32 place of each block of 64 articles and of the end; a block: u32 bytes unpacked, then
//               zstd, or the bytes themselves if that is no shorter
//     words     of each article, from a whole byte on
//
// A column holds how far each value is above the least, in as many bits as the largest needs, so any one is
// read without the others; times of one group lie close together, hashes take what they take.
//
// An article of 400 words takes some 500 bytes for its words, 45 for numbers, 50 for strings.

#include "index/group.h"

#include "base/mem.h"
#include "index/bytes.h"

#include <zstd.h>

enum column {
    N_WORDS,
    WORDS_AT,
    SOURCE_HASH,
    URL_HASH,
    DATE,
    ARRIVED,
    MARKS,
    KEY_LOW,
    KEY_HIGH,
    CONTENT,
    N_COLUMNS,
};

enum {
    HAS_DATE = 1,
    DROPPED = 2,
    STRING_ARTICLES = 64,
    STRING_BLOCKS = GROUP_ARTICLES / STRING_ARTICLES,
    COLUMN_BYTES = 8 + 1 + 4,
    OTHER_BYTES = 1 + 4 + 4,
    AT_OTHERS = CODE_BYTES + 1,
    AT_COLUMNS = AT_OTHERS + 2 + 3 * 4,
    FRONT_BYTES = AT_COLUMNS + N_COLUMNS * COLUMN_BYTES,
    LEVEL = 6, // of zstd: a block is small, so a slow level is not slow
    MOST_STRINGS = STRING_ARTICLES * 3 * (UINT16_MAX + 2),
};

void group_packer_release(struct group_packer *p)
{
    buf_release(&p->out);
    buf_release(&p->strings);
    buf_release(&p->words);
    ZSTD_freeCCtx(p->zstd);
    *p = (struct group_packer){0};
}

void group_reader_release(struct group_reader *r)
{
    buf_release(&r->strings);
    ZSTD_freeDCtx(r->zstd);
    r->zstd = NULL;
}

// ---- write

static int64_t value_of(const struct index_record *r, enum column column, uint32_t words_at)
{
    switch (column) {
    case N_WORDS:
        return r->n_words;
    case WORDS_AT:
        return words_at;
    case SOURCE_HASH:
        return r->source_hash;
    case URL_HASH:
        return (int64_t)r->url_hash;
    case DATE:
        return r->has_date ? r->date : r->arrived; // any time that is near the others
    case ARRIVED:
        return r->arrived;
    case MARKS:
        return (r->has_date ? HAS_DATE : 0) | (r->dropped ? DROPPED : 0);
    case KEY_LOW:
        return (int64_t)r->key[0];
    case KEY_HIGH:
        return (int64_t)r->key[1];
    case CONTENT:
        return (int64_t)r->content;
    case N_COLUMNS:
        break;
    }
    return 0;
}

static void set_u32(struct buf *out, size_t at, uint32_t value)
{
    if (!out->failed) {
        memcpy(out->data + at, &value, sizeof value);
    }
}

static void write_column(struct buf *out, enum column column, const int64_t *values)
{
    int64_t least = values[0];
    uint64_t most = 0;
    for (size_t i = 1; i < GROUP_ARTICLES; i++) {
        least = values[i] < least ? values[i] : least;
    }
    for (size_t i = 0; i < GROUP_ARTICLES; i++) {
        most |= (uint64_t)values[i] - (uint64_t)least;
    }
    unsigned width = most ? 64 - (unsigned)__builtin_clzll(most) : 0;
    size_t head = AT_COLUMNS + (size_t)column * COLUMN_BYTES;
    size_t at = out->len;
    size_t bytes = (GROUP_ARTICLES * width + 7) / 8;
    if (!buf_reserve(out, bytes + 16)) {
        return;
    }
    memcpy(out->data + head, &least, sizeof least);
    out->data[head + 8] = (char)width;
    set_u32(out, head + 9, (uint32_t)at);
    memset(out->data + at, 0, bytes + 16);
    for (size_t i = 0; i < GROUP_ARTICLES && width; i++) {
        uint64_t value = (uint64_t)values[i] - (uint64_t)least;
        char *byte = out->data + at + i * width / 8;
        unsigned shift = i * width % 8;
        uint64_t low = bytes_u64(byte) | value << shift;
        memcpy(byte, &low, sizeof low);
        byte[8] = (char)((uint8_t)byte[8] | (shift ? value >> (64 - shift) : 0));
    }
    out->len += bytes;
}

static size_t short_len(struct str s)
{
    return s.len < UINT16_MAX ? s.len : UINT16_MAX;
}

static void add_string(struct buf *lengths, struct str s)
{
    uint16_t len = (uint16_t)short_len(s);
    buf_add(lengths, &len, sizeof len);
}

// Lengths first, then all ids, all titles, all sources: like stands beside like.
static void gather_strings(struct buf *out, const struct index_record *r)
{
    buf_clear(out);
    for (size_t i = 0; i < STRING_ARTICLES; i++) {
        add_string(out, r[i].id);
        add_string(out, r[i].title);
        add_string(out, r[i].source);
    }
    for (size_t i = 0; i < STRING_ARTICLES; i++) {
        buf_add(out, r[i].id.data, short_len(r[i].id));
    }
    for (size_t i = 0; i < STRING_ARTICLES; i++) {
        buf_add(out, r[i].title.data, short_len(r[i].title));
    }
    for (size_t i = 0; i < STRING_ARTICLES; i++) {
        buf_add(out, r[i].source.data, short_len(r[i].source));
    }
}

static bool write_strings(struct group_packer *p, const struct index_record *r)
{
    gather_strings(&p->strings, r);
    uint32_t n = (uint32_t)p->strings.len;
    buf_add(&p->out, &n, sizeof n);
    size_t bound = ZSTD_compressBound(n);
    if (p->strings.failed || !buf_reserve(&p->out, bound)) {
        return false;
    }
    size_t packed = ZSTD_compressCCtx(p->zstd, p->out.data + p->out.len, bound, p->strings.data, n, LEVEL);
    if (ZSTD_isError(packed) || packed >= n) {
        buf_add(&p->out, p->strings.data, n);
    } else {
        p->out.len += packed;
    }
    return !p->out.failed;
}

static void write_others(struct group_packer *p, const struct index_record *records, uint32_t first)
{
    uint16_t n = 0;
    set_u32(&p->out, AT_OTHERS + 2, (uint32_t)p->out.len);
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        const struct index_record *r = &records[i];
        if (r->leader != first + i || r->cluster != first + i) {
            buf_add_char(&p->out, (char)i);
            buf_add(&p->out, &r->leader, sizeof r->leader);
            buf_add(&p->out, &r->cluster, sizeof r->cluster);
            n++;
        }
    }
    if (!p->out.failed) {
        memcpy(p->out.data + AT_OTHERS, &n, sizeof n);
    }
}

// An exact copy has its leader's.
static size_t own_words(const struct index_record *r, uint32_t number)
{
    return r->leader == number ? r->n_words : 0;
}

static void write_words(struct group_packer *p, const struct index_record *records, uint32_t first,
                        const uint32_t *numbers, uint32_t words_at[GROUP_ARTICLES])
{
    uint32_t counts[CODE_CLASSES] = {0};
    struct code code;
    size_t n_all = 0;
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        n_all += own_words(&records[i], first + i);
    }
    for (size_t i = 0; i < n_all; i++) {
        counts[code_class(numbers[i])]++;
    }
    code_make(&code, counts);
    code_save(&code, (uint8_t *)p->out.data);
    buf_clear(&p->words);
    for (uint32_t i = 0; i < GROUP_ARTICLES; i++) {
        size_t n = own_words(&records[i], first + i);
        words_at[i] = (uint32_t)p->words.len;
        code_write(&p->words, &code, records[i].words, numbers, n);
        numbers += n;
    }
}

int group_pack(struct group_packer *p, const struct index_record *records, uint32_t first,
               const uint32_t *numbers, struct copydesk_error *error)
{
    uint32_t words_at[GROUP_ARTICLES];
    int64_t values[GROUP_ARTICLES];
    p->zstd = p->zstd ? p->zstd : ZSTD_createCCtx();
    buf_clear(&p->out);
    if (!p->zstd || !buf_reserve(&p->out, FRONT_BYTES)) {
        return error_memory(error);
    }
    memset(p->out.data, 0, FRONT_BYTES);
    p->out.len = FRONT_BYTES;
    write_words(p, records, first, numbers, words_at);
    for (int c = 0; c < N_COLUMNS; c++) {
        for (size_t i = 0; i < GROUP_ARTICLES; i++) {
            values[i] = value_of(&records[i], (enum column)c, words_at[i]);
        }
        write_column(&p->out, (enum column)c, values);
    }
    write_others(p, records, first);
    size_t places = p->out.len;
    set_u32(&p->out, AT_OTHERS + 6, (uint32_t)places);
    const uint32_t none[STRING_BLOCKS + 1] = {0};
    buf_add(&p->out, none, sizeof none);
    for (size_t b = 0; b <= STRING_BLOCKS; b++) {
        set_u32(&p->out, places + 4 * b, (uint32_t)p->out.len);
        if (b < STRING_BLOCKS && !write_strings(p, records + b * STRING_ARTICLES)) {
            return error_memory(error);
        }
    }
    set_u32(&p->out, AT_OTHERS + 10, (uint32_t)p->out.len);
    buf_add(&p->out, p->words.data, p->words.len);
    return p->out.failed || p->words.failed || p->out.len > UINT32_MAX ? error_memory(error) : 0;
}

// ---- read

static bool read_column(struct str group, enum column column, size_t i, uint64_t *value)
{
    const char *head = group.data + AT_COLUMNS + (size_t)column * COLUMN_BYTES;
    unsigned width = (uint8_t)head[8];
    size_t at = bytes_u32(head + 9) + i * width / 8;
    // Behind a group stands a checksum, so nine bytes may be read where one is left.
    if (width > 64 || at >= group.len) {
        *value = bytes_u64(head);
        return width == 0;
    }
    unsigned shift = i * width % 8;
    uint64_t bits = bytes_u64(group.data + at) >> shift;
    if (shift + width > 64) {
        bits |= (uint64_t)(uint8_t)group.data[at + 8] << (64 - shift);
    }
    *value = bytes_u64(head) + (width < 64 ? bits & ((UINT64_C(1) << width) - 1) : bits);
    return true;
}

static bool read_numbers(struct str group, uint32_t number, struct index_record *out, uint64_t *words_at)
{
    size_t i = number % GROUP_ARTICLES;
    uint64_t v[N_COLUMNS];
    if (group.len < FRONT_BYTES) {
        return false;
    }
    for (int c = 0; c < N_COLUMNS; c++) {
        if (!read_column(group, (enum column)c, i, &v[c])) {
            return false;
        }
    }
    *out = (struct index_record){
        .source_hash = (uint32_t)v[SOURCE_HASH],
        .url_hash = v[URL_HASH],
        .date = v[MARKS] & HAS_DATE ? (int64_t)v[DATE] : 0,
        .arrived = (int64_t)v[ARRIVED],
        .has_date = v[MARKS] & HAS_DATE,
        .dropped = v[MARKS] & DROPPED,
        .key = {v[KEY_LOW], v[KEY_HIGH]},
        .content = v[CONTENT],
        .leader = number,
        .cluster = number,
        .n_words = (uint32_t)v[N_WORDS],
    };
    *words_at = v[WORDS_AT];
    size_t n = bytes_u16(group.data + AT_OTHERS);
    size_t at = bytes_u32(group.data + AT_OTHERS + 2);
    if (n > GROUP_ARTICLES || at > group.len || n * OTHER_BYTES > group.len - at) {
        return false;
    }
    for (const char *other = group.data + at; n > 0; n--, other += OTHER_BYTES) {
        if ((uint8_t)other[0] == i) {
            out->leader = bytes_u32(other + 1);
            out->cluster = bytes_u32(other + 5);
        }
    }
    return true;
}

bool group_words(struct str group, uint32_t number, uint32_t *n_words)
{
    struct index_record record;
    uint64_t words_at;
    *n_words = 0;
    if (!read_numbers(group, number, &record, &words_at)) {
        return false;
    }
    *n_words = (uint32_t)own_words(&record, number);
    // A word takes a bit at least.
    return *n_words / 8 <= group.len;
}

static bool unpack_strings(struct str group, size_t block, struct group_reader *reader, struct str *out)
{
    size_t places = bytes_u32(group.data + AT_OTHERS + 6) + 4 * block;
    if (places > group.len || group.len - places < 8) {
        return false;
    }
    size_t from = bytes_u32(group.data + places);
    size_t to = bytes_u32(group.data + places + 4);
    if (from > to || to > group.len || to - from < 4) {
        return false;
    }
    size_t n = bytes_u32(group.data + from);
    struct str packed = str_part(group.data, from + 4, to);
    reader->zstd = reader->zstd ? reader->zstd : ZSTD_createDCtx();
    buf_clear(&reader->strings);
    if (!reader->zstd || n > MOST_STRINGS || !buf_reserve(&reader->strings, n)) {
        return false;
    }
    *out = (struct str){reader->strings.data, n};
    if (packed.len == n) {
        memcpy(reader->strings.data, packed.data, n); // a view would not outlive the transaction
        return true;
    }
    return ZSTD_decompressDCtx(reader->zstd, reader->strings.data, n, packed.data, packed.len) == n;
}

static bool read_strings(struct str group, uint32_t number, struct group_reader *reader,
                         struct index_record *out)
{
    enum { STRINGS = 3, LENGTHS = STRING_ARTICLES * STRINGS * 2 };
    struct str all;
    struct str *const parts[STRINGS] = {&out->id, &out->title, &out->source};
    size_t own = number % STRING_ARTICLES;
    size_t at = LENGTHS;
    if (!unpack_strings(group, number % GROUP_ARTICLES / STRING_ARTICLES, reader, &all) ||
        all.len < LENGTHS) {
        return false;
    }
    for (size_t s = 0; s < STRINGS; s++) {
        for (size_t i = 0; i < STRING_ARTICLES; i++) {
            size_t len = bytes_u16(all.data + 2 * (i * STRINGS + s));
            if (i == own) {
                *parts[s] = (struct str){all.data + at, len};
            }
            at += len;
        }
    }
    return at == all.len;
}

bool group_get(struct str group, uint32_t number, unsigned parts, const struct lexicon *lexicon,
               struct group_reader *reader, uint64_t *words, uint8_t *flags, struct index_record *out)
{
    uint64_t words_at;
    if (!read_numbers(group, number, out, &words_at)) {
        return false;
    }
    if (parts & INDEX_WORDS) {
        size_t all = bytes_u32(group.data + AT_OTHERS + 10);
        size_t n = own_words(out, number);
        if (all > group.len || words_at > group.len - all ||
            !code_load(&reader->table, (const uint8_t *)group.data) ||
            !code_read(str_part(group.data, all + (size_t)words_at, group.len), &reader->table, lexicon, n,
                       words, flags)) {
            return false;
        }
        out->words = words;
        out->flags = flags;
    }
    return !(parts & INDEX_STRINGS) || read_strings(group, number, reader, out);
}
