// cleaning_profile.c - what was learned of a corpus, to a file and back. Contract in cleaning.h.
//
// A profile holds, by stage: the counts of words with letters outside ASCII (repair), the table of lines,
// sentences and titles with their clusters (boilerplate), the statistics of titles, and how the articles of
// each source end. No text. A profile that is loaded counts as if its corpus stood beside the one that is
// read, so ten new articles are judged with the knowledge of a million. A profile learned with another
// profile loaded holds both.
//
// However many are made of one another, a profile stays below 20 MB: words and endings are of fixed size,
// titles and texts are samples, and of lines those are kept that most stories have.

#include "pipeline/cleaning_state.h"

#include "profile.h"

// Of a few million articles of news: what three stories have is all there, and 8 MB.
enum { MOST_LINES = 1 << 18, MOST_TITLES = 1 << 19 };

static void write_words(const void *state, struct buf *out)
{
    const struct cleaning *c = state;
    vocabulary_write(c->words, out);
}

static int merge_words(void *state, struct str data, struct copydesk_error *error)
{
    struct cleaning *c = state;
    struct vocabulary *saved = NULL;
    int status = vocabulary_read(&saved, data);
    status = status < 0 ? status : vocabulary_merge(c->words, saved);
    vocabulary_free(saved);
    if (status == COPYDESK_ERR_MEMORY) {
        return error_memory(error);
    }
    return status < 0 ? error_set(error, COPYDESK_ERR_INPUT, NULL, "the counts of words are of another size")
                      : 0;
}

static void write_lines(const void *state, struct buf *out)
{
    const struct cleaning *c = state;
    size_t start = out->len;
    if (boiler_write(c->table, out) < 0) {
        out->failed = true;
    }
    boiler_trim(out, start, MOST_LINES, MOST_TITLES);
}

static int merge_lines(void *state, struct str data, struct copydesk_error *error)
{
    struct cleaning *c = state;
    struct boiler_table *saved = NULL;
    struct boiler_table *sum = NULL;
    int status = boiler_read(&saved, data, error);
    if (status == 0 && c->known_lines) {
        status = boiler_merge(c->known_lines, saved, &sum, error);
        boiler_table_free(saved);
        saved = sum;
    }
    if (status == 0) {
        boiler_table_free(c->known_lines);
        c->known_lines = saved;
    }
    return status;
}

static void write_titles(const void *state, struct buf *out)
{
    const struct cleaning *c = state;
    struct copydesk_error error;
    if (title_stats_write(c->title_stats, out, &error) < 0) {
        out->failed = true;
    }
}

static int merge_titles(void *state, struct str data, struct copydesk_error *error)
{
    struct cleaning *c = state;
    return title_stats_read(c->title_stats, data, error);
}

static void write_endings(const void *state, struct buf *out)
{
    const struct cleaning *c = state;
    page_stats_write(c->page_stats, out);
}

static int merge_endings(void *state, struct str data, struct copydesk_error *error)
{
    struct cleaning *c = state;
    return page_stats_read(c->page_stats, data, error);
}

// The sections of the stages that are on.
static size_t list_sections(struct cleaning *c, struct profile_section sections[4])
{
    size_t n = 0;
    if (c->repairs) {
        sections[n++] = (struct profile_section){"words", c, write_words, merge_words};
    }
    if (c->furniture) {
        sections[n++] = (struct profile_section){"lines", c, write_lines, merge_lines};
    }
    if (c->titles) {
        sections[n++] = (struct profile_section){"titles", c, write_titles, merge_titles};
    }
    if (c->pages) {
        sections[n++] = (struct profile_section){"page endings", c, write_endings, merge_endings};
    }
    return n;
}

int cleaning_load(struct cleaning *c, const char *path, struct copydesk_error *error)
{
    struct profile_section sections[4];
    size_t n = list_sections(c, sections);
    return profile_load(path, sections, n, &c->known_articles, error);
}

int cleaning_save(struct cleaning *c, const char *path, uint64_t *articles, struct copydesk_error *error)
{
    struct profile_section sections[4];
    size_t n = list_sections(c, sections);
    uint64_t total = c->known_articles + c->p->n_good;
    if (articles) {
        *articles = total;
    }
    return profile_save(path, sections, n, total, error);
}
