// One article at a time against a run that reads that article alone: the same findings, to the last figure,
// the same title scores, the same text to be compared, without a profile and with one of other articles;
// and the same from a worker that has judged other articles before, in any order.
//
// Arguments: JSON lines to do the same with, and how many of them (200): prop_alone FILE.jsonl [N]

#include "pipeline/alone.h"

#include "pipeline/cleaning.h"
#include "pipeline/loader.h"
#include "../unit/test.h"

#include <unistd.h>

static struct copydesk_options plain_options(void)
{
    struct copydesk_options options;
    copydesk_options_init(&options);
    options.threads = 1;
    options.all_scores = true;
    options.temp_dir = test_temp_dir();
    return options;
}

// ---- an invented corpus

enum { ARTICLES = 400, SITES = 7, WORDS = 900, SERIES = 4, TITLES_KEPT = 40 };

struct corpus {
    struct str *lines; // JSON, line feed included
    size_t n, cap;
    struct buf bytes;
};

// Where each line stands is known when all are written.
static void settle(struct corpus *c)
{
    const char *at = c->bytes.data;
    const char *end = at + c->bytes.len;
    while (at < end) {
        const char *next = memchr(at, '\n', (size_t)(end - at));
        next = next ? next + 1 : end;
        void *lines = c->lines;
        assert_true(mem_grow(&lines, &c->cap, c->n + 1, sizeof *c->lines));
        c->lines = lines;
        c->lines[c->n++] = (struct str){at, (size_t)(next - at)};
        at = next;
    }
}

static void release(struct corpus *c)
{
    mem_free(c->lines);
    buf_release(&c->bytes);
}

static void add(struct buf *out, const char *s)
{
    buf_add(out, s, strlen(s));
}

// Common words are short and come up often; some have letters with accents.
static void add_word(struct buf *out, uint64_t number, bool capital)
{
    static const char *const part[] = {"ba",  "ke",  "lo",  "ri", "su",        "ta",
                                       "ven", "mor", "dal", "fi", "n\xC3\xA9", "\xC3\xBCr"};
    size_t from = out->len;
    for (uint64_t i = number * 7 + 3, k = 0; k < 1 + number % 3 || i > 0; k++, i /= COUNT_OF(part)) {
        add(out, part[i % COUNT_OF(part)]);
    }
    if (capital && (unsigned char)out->data[from] < 0x80) {
        out->data[from] = (char)(out->data[from] - 'a' + 'A');
    }
}

static uint64_t any_word(uint64_t *state)
{
    uint64_t a = test_below(state, WORDS);
    uint64_t b = test_below(state, WORDS);
    return a * b / WORDS;
}

static void add_sentence(struct buf *out, uint64_t *state, const uint64_t *theme, size_t n_theme)
{
    size_t n = 6 + test_below(state, 14);
    for (size_t i = 0; i < n; i++) {
        bool of_theme = test_below(state, 5) == 0;
        uint64_t word = of_theme ? theme[test_below(state, n_theme)] : any_word(state);
        add(out, i ? " " : "");
        add_word(out, word, i == 0 || (of_theme && word % 2));
    }
    add(out, test_below(state, 12) ? ". " : "? ");
}

// As UTF-8 that was read as Latin-1.
static void spoil(struct buf *text)
{
    struct buf spoilt = {0};
    for (size_t i = 0; i < text->len; i++) {
        uint8_t c = (uint8_t)text->data[i];
        if (c < 0x80) {
            buf_add_char(&spoilt, (char)c);
        } else {
            buf_add_char(&spoilt, (char)(0xC0 | c >> 6));
            buf_add_char(&spoilt, (char)(0x80 | (c & 0x3F)));
        }
    }
    buf_release(text);
    *text = spoilt;
}

static void add_furniture(struct buf *out, uint64_t *state, uint64_t site, bool above)
{
    static const char *const shared[] = {
        "Share this article",        "Read more: ", "Photo: ", "By ", "Advertisement", "Most read",
        "Sign up for our newsletter"};
    char line[160];
    switch (test_below(state, above ? 4 : 5)) {
    case 0:
        add(out, "By ");
        add_word(out, site * 5 + test_below(state, 4), true);
        add(out, " ");
        add_word(out, site * 7 + 1, true);
        add(out, "\n");
        break;
    case 1:
        add(out, shared[test_below(state, COUNT_OF(shared))]);
        add(out, "\n");
        break;
    case 2:
        snprintf(line, sizeof line, "Desk %d of the house on the quay is open from %d until late\n",
                 (int)site, (int)test_below(state, 12));
        add(out, line);
        break;
    case 3:
        break;
    default:
        snprintf(line, sizeof line,
                 "All that stands here belongs to the house number %d and is not to be copied.\n", (int)site);
        add(out, line);
    }
}

static void add_text(struct buf *text, uint64_t *state, uint64_t site, const struct buf *title,
                     const uint64_t *theme)
{
    if (test_below(state, 9) == 0) {
        buf_add(text, title->data, title->len);
        add(text, "\n");
    }
    add_furniture(text, state, site, true);
    for (uint64_t p = test_below(state, 7); p < 8; p++) {
        for (uint64_t s = 1 + test_below(state, 4); s > 0; s--) {
            add_sentence(text, state, theme, 6);
        }
        add(text, test_below(state, 30) ? "\n" : "\r\n");
        if (test_below(state, 15) == 0) {
            add(text, test_below(state, 2) ? "&amp;nbsp;<p>&quot;" : "<b>\x01</b>\xE2\x80\x8B");
        }
    }
    add_furniture(text, state, site, false);
    add_furniture(text, state, site, false);
    static const char *const ends[] = {"", "", "", "", " [+2731 chars]", "Continue reading", " and then ..."};
    add(text, ends[test_below(state, COUNT_OF(ends))]);
}

// What the title of an article is about: its theme, another's, one of a few that come again and again.
static void add_title(struct buf *title, uint64_t *state, uint64_t site, const uint64_t *theme)
{
    static const char *const odd[] = {
        "", "Home", "News", "Are you a robot?", "The day in pictures", "404 Not Found"};
    uint64_t other = any_word(state);
    if (test_below(state, 8 * SITES) < site) {
        return; // some sites leave out many
    }
    switch (test_below(state, 12)) {
    case 0:
        add(title, odd[test_below(state, COUNT_OF(odd))]);
        return;
    case 2: // a column, or the title of a story that comes again
        other = test_below(state, SERIES + TITLES_KEPT);
        for (size_t i = 0; i < (other < SERIES ? 3 : 7); i++) {
            add_word(title, (other * 91 + i * 53) % WORDS, true);
            add(title, " ");
        }
        return;
    case 1:
        for (size_t i = 0; i < 6; i++) {
            add_word(title, (other + i * 37) % WORDS, i == 0);
            add(title, " ");
        }
        break;
    default:
        for (size_t i = 0; i < 6; i++) {
            add_word(title, theme[i], i == 0 || theme[i] % 2);
            add(title, " ");
        }
    }
    if (site % 3 == 0) {
        add(title, "| House of ");
        add_word(title, site * 11, true);
    }
}

static void add_article(struct corpus *c, uint64_t *state, uint64_t number)
{
    struct buf title = {0};
    struct buf text = {0};
    uint64_t theme[6];
    char field[80];
    uint64_t site = test_below(state, SITES);
    bool again = test_below(state, 10) == 0; // a story that has a title of its own, see add_title()
    uint64_t kept = SERIES + test_below(state, TITLES_KEPT);
    for (size_t i = 0; i < COUNT_OF(theme); i++) {
        theme[i] = again ? (kept * 91 + i * 53) % WORDS : test_below(state, WORDS);
    }
    add_title(&title, state, site, theme);
    if (test_below(state, 25) == 0) {
        add(&text, "Please enable JavaScript and cookies to continue. Access denied.");
    } else if (test_below(state, 40)) {
        add_text(&text, state, site, &title, theme);
    }
    if (test_below(state, 8) == 0) {
        spoil(&text);
    }
    if (test_below(state, 20) == 0) {
        spoil(&title);
    }
    snprintf(field, sizeof field, "{\"id\":\"%u\",\"source\":\"site %d\",\"title\":", (unsigned)number,
             (int)site);
    add(&c->bytes, field);
    buf_add_json(&c->bytes, (struct str){title.data, title.len});
    add(&c->bytes, ",\"text\":");
    buf_add_json(&c->bytes, (struct str){text.data, text.len});
    add(&c->bytes, "}\n");
    buf_release(&title);
    buf_release(&text);
}

static void invent(struct corpus *c, uint64_t seed)
{
    uint64_t state = seed;
    for (uint64_t i = 0; i < ARTICLES; i++) {
        uint64_t again = state;
        add_article(c, &state, i);
        if (i % 11 == 3) {
            add_article(c, &again, i + 100000); // a copy
        }
    }
    assert_false(c->bytes.failed);
    settle(c);
}

// ---- the comparison

static bool same_str(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static bool same_edit(const struct edit *a, const struct edit *b)
{
    return a->rule == b->rule && a->field == b->field && a->start == b->start && a->end == b->end &&
           a->score == b->score && a->articles == b->articles && a->clusters == b->clusters &&
           same_str(a->to, b->to) && a->reason == b->reason;
}

// A run over one line, and all that it says.
struct single {
    struct pipeline *p;
    struct loader *loader;
    struct record_reader *reader;
    struct edit_list found;
    struct catalog_record record;
    struct article as_read, cleaned;
};

static void run_single(struct single *s, const struct copydesk_options *options, struct str line)
{
    *s = (struct single){0};
    assert_int_equal(pipeline_new(&s->p, options, NULL), 0);
    assert_int_equal(input_add_line(s->p->input, line, NULL), 0);
    assert_int_equal(pipeline_run(s->p, NULL), 0);
    assert_int_equal(catalog_count(s->p->catalog), 1);
    assert_int_equal(catalog_get(s->p->catalog, 0, &s->record, NULL), 0);
}

static void read_single(struct single *s)
{
    assert_int_equal(edit_store_get(s->p->edits, 0, &s->found, NULL), 0);
    assert_int_equal(loader_new(&s->loader, s->p, 2, NULL), 0);
    assert_int_equal(loader_article(s->loader, &s->record, &s->cleaned, NULL), 0);
    assert_int_equal(loader_clean(s->loader, 0, s->p->compared, &s->cleaned, NULL), 0);
}

static void release_single(struct single *s)
{
    loader_free(s->loader);
    record_reader_free(s->reader);
    edit_list_release(&s->found);
    pipeline_free(s->p);
}

static void print_edits(const char *who, const struct found *found, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const struct edit *e = &found[i].edit;
        fprintf(stderr, "  %s: %s field %d [%u, %u) score %u articles %u clusters %u: %s\n", who,
                copydesk_rule_name(e->rule), (int)e->field, e->start, e->end, e->score, e->articles,
                e->clusters, e->reason ? e->reason : "");
    }
}

static size_t words_at(const struct tokens *words)
{
    size_t sum = words->n;
    for (size_t i = 0; i < words->n; i++) {
        sum = sum * 31 + words->hash[i] + words->flags[i];
    }
    return sum;
}

static void check_same(const struct single *s, const struct alone_result *r, struct str line)
{
    uint16_t score = s->p->title_scores ? s->p->title_scores[0] : UINT16_MAX;
    bool same = r->n_found == s->found.n && r->dropped == s->p->dropped[0] && r->title_score == score &&
                same_str(r->compared, s->cleaned.text);
    for (size_t i = 0; same && i < r->n_found; i++) {
        same = same_edit(&r->found[i].edit, &s->found.found[i].edit) && r->found[i].other == UINT32_MAX;
    }
    if (!same) {
        fprintf(stderr, "title score %u alone, %u in a run; %.*s\n", r->title_score, score,
                (int)(line.len < 2000 ? line.len : 2000), line.data);
        print_edits("alone", r->found, r->n_found);
        print_edits("run", s->found.found, s->found.n);
    }
    assert_true(same);
    struct tokens words;
    struct article compared = {.text = r->compared};
    assert_int_equal(loader_tokens(s->loader, &compared, false, &words, NULL), 0);
    assert_int_equal(words_at(&words), words_at(&r->compared_words));
    compared.text = r->text;
    assert_int_equal(loader_tokens(s->loader, &compared, false, &words, NULL), 0);
    assert_int_equal(words_at(&words), words_at(&r->words));
}

static void compare_one(struct alone_worker *w, const struct copydesk_options *options, struct str line)
{
    struct single s;
    struct article article;
    struct alone_result r;
    run_single(&s, options, line);
    if (!(s.record.flags & CATALOG_BAD)) {
        read_single(&s);
        assert_int_equal(record_reader_new(&s.reader, s.p->input, NULL), 0);
        struct buf raw = {0};
        buf_add_str(&raw, line);
        assert_true(buf_reserve(&raw, ARTICLE_PADDING));
        memset(raw.data + raw.len, 0, ARTICLE_PADDING);
        assert_int_equal(record_reader_parse(s.reader, 0, (struct str){raw.data, raw.len}, &article, NULL),
                         0);
        assert_int_equal(alone_judge(w, &article, &r, NULL), 0);
        check_same(&s, &r, line);
        buf_release(&raw);
    }
    release_single(&s);
}

// Of every `step` lines the first is left out.
static void build_profile(const struct corpus *c, size_t step, const char *path)
{
    struct copydesk_options options = plain_options();
    struct pipeline *p = NULL;
    assert_int_equal(pipeline_new(&p, &options, NULL), 0);
    for (size_t i = 0; i < c->n; i++) {
        if (i % step) {
            assert_int_equal(input_add_line(p->input, c->lines[i], NULL), 0);
        }
    }
    assert_int_equal(pipeline_build_profile(p, path, NULL, NULL), 0);
    pipeline_free(p);
}

// Articles that the profile has not seen, and some that it has.
static void compare_all(const struct corpus *c, const struct copydesk_options *options, const char *profile,
                        size_t step, size_t most)
{
    struct copydesk_options with = *options;
    struct alone *a = NULL;
    struct alone_worker *w = NULL;
    assert_int_equal(alone_new(&a, options, profile, NULL), 0);
    assert_int_equal(alone_worker_new(&w, a, NULL), 0);
    with.profiles = &profile;
    with.n_profiles = profile != NULL;
    for (size_t i = 0, n = 0; i < c->n && n < most; i++) {
        if (i % step == 0 || i % (7 * step) == 1) {
            compare_one(w, &with, c->lines[i]);
            n++;
        }
    }
    alone_worker_free(w);
    alone_free(a);
}

static void with_and_without(const struct corpus *c, const struct copydesk_options *options, size_t step,
                             size_t most)
{
    char path[300];
    snprintf(path, sizeof path, "%s/prop_alone.%d.profile", test_temp_dir(), (int)getpid());
    build_profile(c, step, path);
    compare_all(c, options, path, step, most);
    unlink(path);
    compare_all(c, options, NULL, step, most);
}

static void invented(void **state)
{
    (void)state;
    struct copydesk_options options = plain_options();
    struct corpus c = {0};
    invent(&c, test_seed("prop_alone"));
    with_and_without(&c, &options, 4, 120);
    release(&c);
}

// Stages that are off, repairs that are only flagged, a language that is asked for.
static void other_options(void **state)
{
    (void)state;
    struct corpus c = {0};
    invent(&c, 77);
    for (int variant = 0; variant < 4; variant++) {
        struct copydesk_options options = plain_options();
        for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
            bool repair = rule >= COPYDESK_MOJIBAKE && rule <= COPYDESK_INVALID_UTF8;
            bool title = rule >= COPYDESK_TITLE_MISMATCH && rule <= COPYDESK_TITLE_SUFFIX;
            bool furniture = rule >= COPYDESK_REPEATED_LINE && rule <= COPYDESK_CAPTION;
            options.actions[rule] =
                (variant == 0 && repair) || (variant == 1 && title) || (variant == 2 && furniture)
                    ? COPYDESK_OFF
                : variant == 3 && repair ? COPYDESK_FLAG
                                         : options.actions[rule];
        }
        options.all_scores = variant != 1;
        options.languages = variant == 3 ? "en,de" : NULL;
        with_and_without(&c, &options, 9, 30);
    }
    release(&c);
}

// ---- lines of a file

static struct corpus file_lines;
static size_t file_most = 200;

static void from_file(void **state)
{
    (void)state;
    struct copydesk_options options = plain_options();
    size_t step = file_lines.n / file_most;
    with_and_without(&file_lines, &options, step > 2 ? step : 2, file_most);
}

static int read_file(const char *path)
{
    FILE *f = fopen(path, "rb");
    if (!f) {
        return 2;
    }
    char block[65536];
    for (size_t n; (n = fread(block, 1, sizeof block, f)) > 0;) {
        buf_add(&file_lines.bytes, block, n);
    }
    fclose(f);
    settle(&file_lines);
    return 0;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invented),
        cmocka_unit_test(other_options),
    };
    const struct CMUnitTest of_file[] = {cmocka_unit_test(from_file)};
    if (argc > 1) {
        file_most = argc > 2 ? strtoull(argv[2], NULL, 10) : file_most;
        int status = read_file(argv[1]);
        status = status ? status : cmocka_run_group_tests(of_file, NULL, NULL);
        release(&file_lines);
        return status;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
