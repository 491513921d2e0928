// fuzz_filter.c - any bytes as lines of a filter that only reads its index: a line out for every line in, in
// order; each is JSON with a verdict; a record that is not cleaned begins with its own bytes.
#include "read/json.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINES = 256 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds) {
        abort();
    }
}

#define PARA                                                                                                 \
    "The harbour master of Sandholm has counted the gulls on the roof of the fish hall and come to four "    \
    "hundred and two. He was asked to do so by the council, which wants to know whether there are more of "  \
    "them than last year. There are not, he says, but they have grown louder."

static const char known[] =
    "{\"id\":\"gulls\",\"title\":\"Gulls counted\",\"text\":\"" PARA "\",\"date\":\"2024-05-02\"}\n"
    "{\"id\":\"ferry\",\"text\":\"Ferry times change on Sunday, when the boat leaves at seven in the morning "
    "and not at eight, as it has since the war; who comes at eight will see it from behind.\"}\n"
    "{\"id\":\"same\",\"text\":\"" PARA " \\u00dcber alles andere schwieg er.\"}\n";

static char folder[] = "/tmp/copydesk-fuzz-XXXXXX";
static struct copydesk_filter *filter;

static int remove_one(const char *path, const struct stat *info, int type, struct FTW *walk)
{
    (void)info;
    (void)type;
    (void)walk;
    return remove(path);
}

static void end(void)
{
    copydesk_filter_close(filter);
    nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static int pass_over(void *data, const struct copydesk_filtered *filtered)
{
    (void)data;
    (void)filtered;
    return 0;
}

static size_t split(const char *data, size_t size, struct copydesk_view lines[LINES])
{
    size_t n = 0;
    while (size > 0 && n < LINES) {
        const char *feed = memchr(data, '\n', size);
        size_t len = feed ? (size_t)(feed - data) + 1 : size;
        lines[n++] = (struct copydesk_view){data, len};
        data += len;
        size -= len;
    }
    return n;
}

static void begin(void)
{
    struct copydesk_options options;
    struct copydesk_filter_options how;
    struct copydesk_error error;
    struct copydesk_view lines[LINES];
    demand(mkdtemp(folder) != NULL);
    copydesk_options_init(&options);
    copydesk_filter_options_init(&how);
    options.threads = 1;
    how.index = folder;
    demand(copydesk_filter_open(&filter, &options, &how, &error) == 0);
    size_t n = split(known, sizeof known - 1, lines);
    demand(copydesk_filter_judge(filter, lines, n, pass_over, NULL, &error) == 0);
    demand(copydesk_filter_commit(filter, &error) == 0);
    copydesk_filter_close(filter);
    how.entry = COPYDESK_ENTER_NEVER;
    how.clean = true;
    demand(copydesk_filter_open(&filter, &options, &how, &error) == 0);
    atexit(end);
}

struct walk {
    const struct copydesk_view *lines;
    size_t n, i;
};

static bool is_blank(struct str s)
{
    return str_trim(s).len == 0;
}

// An object that the parser takes for one, with the member `copydesk`.
static void check_json(struct str line)
{
    static const struct field_names names = {
        {{"copydesk", 8}, {"b", 1}, {"c", 1}, {"e", 1}, {"f", 1}, {"s", 1}, {"d", 1}}};
    struct json_value values[N_FIELDS];
    struct buf memory = {0};
    uint64_t offset;
    demand(json_valid_utf8(line));
    demand(!json_scan(line, &names, values, &memory, &offset));
    demand(values[0].type == JSON_OTHER && !values[0].raw.data); // no plain value
    buf_release(&memory);
}

static int check_answer(void *data, const struct copydesk_filtered *f)
{
    struct walk *w = data;
    demand(w->i < w->n);
    struct copydesk_view in = w->lines[w->i++];
    struct str raw = {in.data, in.len - (in.len > 0 && in.data[in.len - 1] == '\n')};
    struct str out = {f->line.data, f->line.len};
    const struct copydesk_verdict *v = &f->verdict;
    demand(out.len > 0 && out.data[out.len - 1] == '\n');
    out.len--;
    demand(!memchr(out.data, '\n', out.len));
    demand(f->blank == is_blank(raw));
    if (f->blank) {
        demand(str_equal(raw, out));
        return 0;
    }
    bool is_bad = v->n_findings > 0 && v->findings[0].rule == COPYDESK_BAD_RECORD;
    if (is_bad || json_valid_utf8(raw)) {
        check_json(out); // a record in an older encoding stays in it
    }
    demand((f->reject.len > 0) == (v->fate != COPYDESK_KEPT));
    demand(is_bad == (v->fate == COPYDESK_REJECTED));
    if (is_bad || v->cleaned || memchr(raw.data, '\\', raw.len) || memmem(raw.data, raw.len, "copydesk", 8)) {
        return 0;
    }
    const char *close = memrchr(raw.data, '}', raw.len);
    demand(close != NULL);
    struct str members = str_trim((struct str){raw.data, (size_t)(close - raw.data)});
    size_t same = (size_t)(members.data - raw.data) + members.len;
    demand(out.len > same && memcmp(out.data, raw.data, same) == 0);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct copydesk_view lines[LINES];
    struct copydesk_error error;
    if (!filter) {
        begin();
    }
    struct walk walk = {lines, split((const char *)data, size, lines), 0};
    demand(copydesk_filter_judge(filter, lines, walk.n, check_answer, &walk, &error) == 0);
    demand(walk.i == walk.n);
    demand(copydesk_filter_committed(filter) == 3 && copydesk_filter_entered(filter) == 3);
    return 0;
}
