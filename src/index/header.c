// header.c - what an index was made with, and whether this program may use it.
//
// Lines of NAME VALUE, so that a message can say which of them differs, and a person can read them. What must
// agree is whatever changes a stored word, print or record; the version of the program is only told.

#include "index/room.h"

#include "base/hash.h"
#include "profile.h"
#include "match/shingle.h"
#include "match/sketch.h"
#include "text/unicode.h"

#include <stdarg.h>
#include <stdio.h>

enum { FORMAT = 2 };

static void add_line(struct buf *out, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void add_line(struct buf *out, const char *name, const char *format, ...)
{
    char value[512];
    va_list args;
    va_start(args, format);
    vsnprintf(value, sizeof value, format, args);
    va_end(args);
    for (char *c = value; *c; c++) {
        *c = *c == '\n' ? ' ' : *c;
    }
    buf_printf(out, "%s %s\n", name, value);
}

int header_make(const struct index_params *params, struct buf *out, struct copydesk_error *error)
{
    struct str settings = params->settings_text;
    add_line(out, "format", "%d", FORMAT);
    add_line(out, "version", "%s", COPYDESK_VERSION);
    add_line(out, "unicode", "%s", unicode_version);
    add_line(out, "words", "%016llx", (unsigned long long)profile_words());
    add_line(out, "fingerprints", "%d words, windows of %d, at most %d, %d bits", SHINGLE_WORDS,
             SHINGLE_WINDOW_WIDE, SHINGLE_MAX_FINGERPRINTS, PRINT_BITS);
    add_line(out, "bands", "%d of %d, %d words or %d characters, from %d", SKETCH_BANDS, SKETCH_ROWS,
             SKETCH_WORDS, SKETCH_CHARACTERS, SKETCH_MIN_SHINGLES);
    add_line(out, "settings", "%016llx", (unsigned long long)params->settings);
    add_line(out, "options", "%.*s", (int)(settings.len < 480 ? settings.len : 480),
             settings.len ? settings.data : "");
    add_line(out, "texts", "%s", params->keep_text ? "kept" : "not kept");
    return out->failed ? error_memory(error) : 0;
}

struct str header_value(struct str header, const char *name)
{
    size_t n = strlen(name);
    for (size_t at = 0, end; at < header.len; at = end + 1) {
        const char *newline = memchr(header.data + at, '\n', header.len - at);
        end = newline ? (size_t)(newline - header.data) : header.len;
        if (end - at > n && memcmp(header.data + at, name, n) == 0 && header.data[at + n] == ' ') {
            return str_part(header.data, at + n + 1, end);
        }
    }
    return (struct str){"", 0};
}

int header_check(struct str stored, struct str ours, bool any_settings, const char *path,
                 struct copydesk_error *error)
{
    static const char *const names[] = {"format", "words", "fingerprints", "bands"};
    struct str version = header_value(stored, "version");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str a = header_value(stored, names[i]);
        struct str b = header_value(ours, names[i]);
        if (!str_equal(a, b)) {
            struct str unicode_a = header_value(stored, "unicode");
            struct str unicode_b = header_value(ours, "unicode");
            return error_set(
                error, COPYDESK_ERR_INPUT, path,
                "the index was made by copydesk %.*s (Unicode %.*s), whose %s are \"%.*s\"; here "
                "(Unicode %.*s) they are \"%.*s\"; use that version, or build the index anew",
                (int)version.len, version.data, (int)unicode_a.len, unicode_a.data, names[i], (int)a.len,
                a.data, (int)unicode_b.len, unicode_b.data, (int)b.len, b.data);
        }
    }
    if (!any_settings && !str_equal(header_value(stored, "settings"), header_value(ours, "settings"))) {
        struct str a = header_value(stored, "options");
        struct str b = header_value(ours, "options");
        return error_set(
            error, COPYDESK_ERR_OPTION, path,
            "the index was made with other options (%.*s) than these (%.*s), and so holds other words; "
            "give the same options, or build the index anew",
            (int)a.len, a.data, (int)b.len, b.data);
    }
    return 0;
}

// ---- manifest

enum { MANIFEST_NUMBERS = 13 };

static void manifest_numbers(struct manifest *m, uint32_t *out[MANIFEST_NUMBERS])
{
    uint32_t *const all[MANIFEST_NUMBERS] = {&m->n_articles, &m->n_sealed,   &m->texts_from, &m->profile,
                                             &m->learned,    &m->next_file,  &m->n_copies,   &m->n_dropped,
                                             &m->n_words,    &m->facts_upto, &m->n_segments, &m->newest_low,
                                             &m->newest_high};
    memcpy(out, all, sizeof all);
}

struct str manifest_pack(const struct manifest *m, struct buf *out)
{
    struct manifest copy = *m;
    uint32_t *numbers[MANIFEST_NUMBERS];
    manifest_numbers(&copy, numbers);
    buf_clear(out);
    for (size_t i = 0; i < MANIFEST_NUMBERS; i++) {
        buf_add(out, numbers[i], sizeof(uint32_t));
    }
    for (size_t i = 0; i < m->n_segments; i++) {
        const struct postings_name *s = &m->segments[i];
        buf_add(out, &s->file, sizeof s->file);
        buf_add(out, &s->base, sizeof s->base);
        buf_add(out, &s->log, sizeof s->log);
        buf_add(out, &s->n, sizeof s->n);
        buf_add(out, &s->checksum, sizeof s->checksum);
    }
    return (struct str){out->data, out->len};
}

bool manifest_unpack(struct str bytes, struct manifest *out)
{
    struct reader r = reader_of(bytes);
    uint32_t *numbers[MANIFEST_NUMBERS];
    uint64_t sealed = 0;
    *out = (struct manifest){0};
    manifest_numbers(out, numbers);
    for (size_t i = 0; i < MANIFEST_NUMBERS; i++) {
        *numbers[i] = reader_u32(&r);
    }
    bool ok = out->n_segments <= MOST_SEGMENTS;
    for (size_t i = 0; i < out->n_segments && ok; i++) {
        struct postings_name *s = &out->segments[i];
        s->file = reader_u32(&r);
        s->base = reader_u32(&r);
        s->log = reader_u32(&r);
        s->n = reader_u64(&r);
        s->checksum = reader_u64(&r);
        ok = s->base == sealed && s->log >= POSTINGS_LEAST_LOG && s->log <= POSTINGS_MOST_LOG &&
             s->n <= UINT32_MAX;
        sealed += ok ? UINT64_C(1) << s->log : 0;
    }
    return ok && !r.failed && r.at == r.end && sealed == out->n_sealed && out->n_sealed <= out->n_articles &&
           out->n_articles <= INDEX_MAX_ARTICLES;
}
