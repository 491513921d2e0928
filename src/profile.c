// profile.c - the container of a saved corpus profile. Contract in profile.h.
//
//     0    magic              16 bytes, ends in CR LF, so that a transfer as text is noticed
//     16   version            of this container, u32
//     20   sections           u32
//     24   words              u64: fingerprint of the tokenizer, see below
//     32   articles           u64
//     40   length             of the whole file, u64
//     48   checksum           u64, XXH3 of the header (with 0 here) and the directory
//     56   zero               u64
//     64   directory          each section: name, 24 bytes, zeros behind it; offset, length, checksum, u64
//          sections           8-aligned, zeros between, in the order of the directory, without any other gap
//
// All numbers are little-endian. Each byte of the file is covered: by a checksum, or by having to be zero. So
// any flipped bit and any missing end is found, and the first thing found is the length.
//
// Hashes of words stand in nearly all sections. They mean nothing to a library that cuts or folds words in
// another way (newer Unicode tables, say). Nobody has to remember to count up a version for that: a fixed
// text in many scripts is tokenized, and a hash of what comes out is kept in the file.
//
// Why no database: a profile is written once, read once from end to end, and fits into memory.

#include "profile.h"

#include "base/file.h"
#include "base/mem.h"
#include "text/token.h"

#include <assert.h>
#include <unistd.h>
#include <xxhash.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "the file is little-endian");

enum { VERSION = 1, MAGIC = 16, MAX_BYTES_SHIFT = 36 };

static const char magic[MAGIC + 1] = "copydesk prof\r\n\x1a";

struct header {
    char magic[MAGIC];
    uint32_t version, n_sections;
    uint64_t words, articles, length, checksum, zero;
};

struct entry {
    char name[PROFILE_NAME + 1];
    uint64_t offset, length, checksum;
};

_Static_assert(sizeof(struct header) == 64 && sizeof(struct entry) == 48, "as drawn above");

static uint64_t padded(uint64_t length)
{
    return (length + 7) & ~UINT64_C(7);
}

// What the words of this library look like; 0 when out of memory.
uint64_t profile_words(void)
{
    static const char sample[] =
        "The 3rd Caf\xC3\xA9's na\xC3\xAFve STRASSE Stra\xC3\xA5\xC3\x9F\x65 \xC4\xB0stanbul \xEF\xAC\x81ne "
        "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 "
        "\xCE\xA3\xCE\xAF\xCF\x83\xCF\x85\xCF\x86\xCE\xBF\xCF\x82 "
        "\xE6\x96\xB0\xE8\x81\x9E\xE3\x83\x8B\xE3\x83\xA5 \xE0\xB8\x82\xE0\xB9\x88\xE0\xB8\xB2\xE0\xB8\xA7 "
        "\xE0\xA4\x96\xE0\xA4\xAC\xE0\xA4\xB0\xE0\xA5\x87\xE0\xA4\x82 "
        "\xD8\xA3\xD8\xAE\xD8\xA8\xD9\x80\xD8\xA7\xD8\xB1 "
        "\xD9\xA1\xD9\xA2\xD9\xA3 \xEB\x89\xB4\xEC\x8A\xA4 e\xCC\x81 x\xC2\xADy <p>z</p> a_b";
    char text[sizeof sample + TOKEN_PADDING] = {0};
    struct tokenizer *tokenizer = tokenizer_new(COPYDESK_CPU_PORTABLE);
    struct tokens words;
    uint64_t fingerprint = 0;
    memcpy(text, sample, sizeof sample);
    if (tokenizer && tokenize(tokenizer, text, sizeof sample - 1, false, &words) == COPYDESK_OK) {
        fingerprint = XXH3_64bits_withSeed(words.hash, words.n * sizeof *words.hash,
                                           XXH3_64bits(words.flags, words.n)) |
                      1;
    }
    tokenizer_free(tokenizer);
    return fingerprint;
}

// Of header and directory, which stand one after another.
static uint64_t front_checksum(const struct header *header, const void *directory)
{
    struct header bare = *header;
    bare.checksum = 0;
    return XXH3_64bits_withSeed(directory, header->n_sections * sizeof(struct entry),
                                XXH3_64bits(&bare, sizeof bare));
}

// ---- Writing

static void add_zeros(struct buf *out, size_t n)
{
    static const char zeros[8];
    buf_add(out, zeros, n);
}

// Sections into `body`, directory entries with offsets from the front of the file.
static void collect(const struct profile_section *sections, size_t n, struct buf *body, struct entry *entries)
{
    uint64_t start = sizeof(struct header) + n * sizeof(struct entry);
    for (size_t i = 0; i < n && !body->failed; i++) {
        size_t from = body->len;
        sections[i].write(sections[i].state, body);
        if (body->failed) {
            return;
        }
        size_t len = body->len - from;
        struct str section = str_part(body->data, from, body->len);
        entries[i] =
            (struct entry){.offset = start + from, .length = len, .checksum = XXH3_64bits(section.data, len)};
        memcpy(entries[i].name, sections[i].name, strlen(sections[i].name));
        add_zeros(body, (size_t)(padded(len) - len));
    }
}

static int put(const char *path, const struct header *header, const struct entry *entries,
               const struct buf *body, struct copydesk_error *error)
{
    struct file_output out = {0};
    int status = file_output_open(&out, path, error);
    if (status == COPYDESK_OK) {
        status = file_output_write(&out, header, sizeof *header, error);
    }
    if (status == COPYDESK_OK) {
        status = file_output_write(&out, entries, header->n_sections * sizeof *entries, error);
    }
    if (status == COPYDESK_OK) {
        status = file_output_write(&out, body->data, body->len, error);
    }
    if (status == COPYDESK_OK) {
        status = file_output_commit(&out, error);
    }
    file_output_release(&out);
    return status;
}

int profile_save(const char *path, const struct profile_section *sections, size_t n, uint64_t articles,
                 struct copydesk_error *error)
{
    struct entry entries[PROFILE_MAX_SECTIONS] = {0};
    struct header header = {.version = VERSION, .n_sections = (uint32_t)n, .articles = articles};
    struct buf body = {0};
    int status = COPYDESK_OK;
    assert(n <= PROFILE_MAX_SECTIONS);
    memcpy(header.magic, magic, MAGIC);
    header.words = profile_words();
    collect(sections, n, &body, entries);
    if (header.words == 0 || body.failed) {
        status = error_memory(error);
    } else {
        header.length = sizeof header + n * sizeof *entries + body.len;
        header.checksum = front_checksum(&header, entries);
        status = put(path, &header, entries, &body, error);
    }
    buf_release(&body);
    return status;
}

// ---- Reading

static int refuse(const char *name, struct copydesk_error *error, const char *why)
{
    return error_set(error, COPYDESK_ERR_INPUT, name, "%s; make the profile anew with copydesk profile build",
                     why);
}

static bool all_zero(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i]) {
            return false;
        }
    }
    return true;
}

// NULL, or why the front of the file is not to be trusted.
static const char *check_front(struct str file, const struct header *header)
{
    if (memcmp(header->magic, magic, MAGIC) != 0) {
        return "is no copydesk profile";
    }
    if (header->version != VERSION) {
        return "was made by a version of copydesk with another format of profiles";
    }
    if (header->length != file.len) {
        return "is cut short or has something behind its end";
    }
    if (header->n_sections > PROFILE_MAX_SECTIONS || header->zero != 0 ||
        file.len < sizeof *header + header->n_sections * sizeof(struct entry) ||
        front_checksum(header, file.data + sizeof *header) != header->checksum) {
        return "is damaged (checksum of its directory)";
    }
    return NULL;
}

// NULL, or why a section is not to be trusted. *at is where it has to begin, then where the next one has to.
static const char *check_section(struct str file, const struct entry *entry, uint64_t *at)
{
    size_t name_len = strnlen(entry->name, sizeof entry->name);
    if (name_len == sizeof entry->name || !all_zero(entry->name + name_len, sizeof entry->name - name_len)) {
        return "is damaged (name of a section)";
    }
    if (entry->offset != *at || entry->length > file.len - *at || padded(entry->length) > file.len - *at) {
        return "is damaged (place of a section)";
    }
    const char *data = file.data + entry->offset;
    if (XXH3_64bits(data, entry->length) != entry->checksum ||
        !all_zero(data + entry->length, (size_t)(padded(entry->length) - entry->length))) {
        return "is damaged (checksum of a section)";
    }
    *at += padded(entry->length);
    return NULL;
}

static const char *check(struct str file, struct header *header, struct entry *entries)
{
    if (file.len < sizeof *header) {
        return file.len < MAGIC || memcmp(file.data, magic, MAGIC) != 0 ? "is no copydesk profile"
                                                                        : "is cut short";
    }
    memcpy(header, file.data, sizeof *header);
    const char *why = check_front(file, header);
    if (why) {
        return why;
    }
    memcpy(entries, file.data + sizeof *header, header->n_sections * sizeof *entries);
    uint64_t at = sizeof *header + header->n_sections * sizeof *entries;
    for (size_t i = 0; i < header->n_sections; i++) {
        why = check_section(file, &entries[i], &at);
        if (why) {
            return why;
        }
        for (size_t j = 0; j < i; j++) {
            if (strcmp(entries[i].name, entries[j].name) == 0) {
                return "is damaged (a section stands twice)";
            }
        }
    }
    return at == file.len ? NULL : "is damaged (bytes that belong to no section)";
}

int profile_parse(struct str file, const char *name, const struct profile_section *sections, size_t n,
                  uint64_t *articles, struct copydesk_error *error)
{
    struct entry entries[PROFILE_MAX_SECTIONS];
    struct header header;
    const char *why = check(file, &header, entries);
    if (why) {
        return refuse(name, error, why);
    }
    uint64_t words = profile_words();
    if (words == 0) {
        return error_memory(error);
    }
    if (header.words != words) {
        return refuse(name, error, "was made by a version of copydesk that cuts words in another way");
    }
    for (size_t i = 0; i < header.n_sections; i++) {
        for (size_t s = 0; s < n; s++) {
            if (strcmp(entries[i].name, sections[s].name) == 0) {
                struct str data = {file.data + entries[i].offset, entries[i].length};
                int status = sections[s].merge(sections[s].state, data, error);
                if (status != COPYDESK_OK) {
                    return status;
                }
            }
        }
    }
    *articles += header.articles;
    return COPYDESK_OK;
}

// The whole file into *data; it has to be all there is.
static int read_whole(const char *path, struct buf *data, struct copydesk_error *error)
{
    enum { STEP = 1 << 20 };
    int fd = -1;
    size_t got = STEP;
    int status = file_open(path, &fd, error);
    while (status == COPYDESK_OK && got == STEP) {
        if (data->len >> MAX_BYTES_SHIFT) {
            status = refuse(path, error, "is too large for a profile");
        } else if (!buf_reserve(data, STEP)) {
            status = error_memory(error);
        } else {
            status = file_read(fd, data->data + data->len, STEP, &got, path, error);
            data->len += status == COPYDESK_OK ? got : 0;
        }
    }
    if (fd >= 0) {
        close(fd); // only read: nothing is lost when this fails
    }
    return status;
}

int profile_load(const char *path, const struct profile_section *sections, size_t n, uint64_t *articles,
                 struct copydesk_error *error)
{
    struct buf data = {0};
    int status = read_whole(path, &data, error);
    if (status == COPYDESK_OK) {
        status = profile_parse((struct str){data.data, data.len}, path, sections, n, articles, error);
    }
    buf_release(&data);
    return status;
}
