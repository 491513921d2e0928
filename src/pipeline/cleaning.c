// cleaning.c - the cleaning stages side by side. Contract in cleaning.h.
//
// Order: what is damaged is repaired first, so that a line is the same line on every page; then furniture
// is judged on sound text; then the page as a whole, without its furniture; titles last, by what was noted of
// them in the first reading, those in doubt by the story without its furniture.
//
// Here: their life, the first reading, and what is made of it. The second reading is in cleaning_judge.c.

#include "pipeline/cleaning.h"

#include "furniture/furniture.h"
#include "page/page.h"
#include "furniture/phrases.h"
#include "pipeline/cleaning_state.h"
#include "repair/repair.h"

#include <xxhash.h>

enum { VOCABULARY_BYTES = 1 << 20 };

// ---- life

static bool any_on(const struct pipeline *p, enum copydesk_rule first, enum copydesk_rule last)
{
    bool on = false;
    for (int rule = (int)first; rule <= (int)last; rule++) {
        on |= p->options.actions[rule] != COPYDESK_OFF;
    }
    return on;
}

static void choose_stages(struct cleaning *c)
{
    static const struct {
        enum copydesk_rule rule;
        unsigned find;
    } pages[] = {
        {COPYDESK_JUNK_PAGE, PAGE_FIND_JUNK},
        {COPYDESK_TOO_SHORT, PAGE_FIND_SHORT},
        {COPYDESK_TRUNCATED, PAGE_FIND_TRUNCATED},
        {COPYDESK_WRONG_LANGUAGE, PAGE_FIND_LANGUAGE},
    };
    const struct pipeline *p = c->p;
    for (int rule = COPYDESK_REPEATED_LINE; rule <= COPYDESK_CAPTION; rule++) {
        if (p->options.actions[rule] != COPYDESK_OFF) {
            c->furniture_rules |= FURNITURE_RULE(rule);
        }
    }
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        bool asked = pages[i].rule != COPYDESK_WRONG_LANGUAGE || p->options.languages;
        c->page_rules |= asked && p->options.actions[pages[i].rule] != COPYDESK_OFF ? pages[i].find : 0;
    }
    c->repairs = any_on(p, COPYDESK_MOJIBAKE, COPYDESK_INVALID_UTF8);
    c->furniture = c->furniture_rules != 0;
    c->titles = any_on(p, COPYDESK_TITLE_MISMATCH, COPYDESK_TITLE_SUFFIX) || p->options.all_scores;
    c->pages = c->page_rules != 0;
}

int cleaning_new(struct cleaning **out, const struct pipeline *p, struct copydesk_error *error)
{
    struct cleaning *c = mem_zalloc(1, sizeof *c);
    struct memory_plan plan = pipeline_memory_plan(p);
    int status = 0;
    if (!c) {
        return error_memory(error);
    }
    c->p = p;
    choose_stages(c);
    if (!c->repairs && !c->furniture && !c->titles && !c->pages) {
        mem_free(c);
        return 0;
    }
    c->cleaners = mem_zalloc(p->threads, sizeof *c->cleaners);
    status = c->cleaners ? 0 : error_memory(error);
    if (status == 0 && c->repairs && !(c->words = vocabulary_new(VOCABULARY_BYTES))) {
        status = error_memory(error);
    }
    if (status == 0 && c->furniture) {
        status = phrases_new(&c->phrases, p->cpu, error);
        status = status < 0 ? status
                            : boiler_stats_new(&c->lines, p->threads, plan.lines, p->options.temp_dir, error);
    }
    if (status == 0 && c->titles) {
        status = title_stats_new(&c->title_stats, plan.titles, p->options.temp_dir, error);
    }
    if (status == 0 && c->pages) {
        c->page_stats = page_stats_new();
        status =
            c->page_stats ? page_table_new(&c->page_table, p->options.languages, error) : error_memory(error);
    }
    for (size_t i = 0; i < p->options.n_profiles && status == 0; i++) {
        status = cleaning_load(c, p->options.profiles[i], error);
    }
    if (status < 0) {
        cleaning_free(c);
        return status;
    }
    *out = c;
    return 0;
}

void cleaner_free(struct cleaner *cl)
{
    if (cl) {
        repairer_free(cl->title_repairer);
        repairer_free(cl->text_repairer);
        repairer_free(cl->early_repairer);
        tokenizer_free(cl->tokenizer);
        tokenizer_free(cl->title_tokenizer);
        boiler_collector_release(&cl->keys);
        title_collector_free(cl->title_collector);
        page_stats_free(cl->page_stats);
        buf_release(&cl->notes);
        furniture_free(cl->early_furniture);
        buf_release(&cl->story);
        furniture_free(cl->furniture);
        page_judge_free(cl->page_judge);
        mem_free(cl->found);
        mem_free(cl->done);
        mem_free(cl);
    }
}

void cleaning_free(struct cleaning *c)
{
    if (!c) {
        return;
    }
    pool_finish(&c->measuring, NULL); // it runs on where another stage failed
    for (unsigned i = 0; c->cleaners && i < c->p->threads; i++) {
        cleaner_free(c->cleaners[i]);
    }
    mem_free(c->cleaners);
    vocabulary_free(c->words);
    phrases_free(c->phrases);
    boiler_stats_free(c->lines);
    boiler_table_free(c->table);
    boiler_table_free(c->known_lines);
    title_stats_free(c->title_stats);
    page_table_free(c->page_table);
    page_stats_free(c->page_stats);
    repeats_release(&c->repeats);
    mem_free(c->marks);
    mem_free(c->sound);
    mem_free(c);
}

int cleaner_new(struct cleaner **out, struct cleaning *c, unsigned thread, struct copydesk_error *error)
{
    const struct pipeline *p = c->p;
    struct cleaner *cl = mem_zalloc(1, sizeof *cl);
    int status = cl ? 0 : error_memory(error);
    if (status == 0) {
        cl->c = c;
        cl->thread = thread;
        cl->tokenizer = tokenizer_new(p->cpu);
        cl->title_tokenizer = tokenizer_new(p->cpu);
        cl->title_collector = c->titles ? title_collector_new(p->cpu) : NULL;
        cl->page_stats = c->pages ? page_stats_new() : NULL;
        cl->early_furniture = c->furniture ? furniture_new(NULL, c->phrases, c->furniture_rules) : NULL;
        bool ok = cl->tokenizer && cl->title_tokenizer && (!c->titles || cl->title_collector) &&
                  (!c->pages || cl->page_stats) && (!c->furniture || cl->early_furniture);
        status = ok ? 0 : error_memory(error);
    }
    if (status == 0 && c->repairs) {
        status = repairer_new(&cl->title_repairer, p->cpu, p->options.actions, error);
        status = status < 0 ? status : repairer_new(&cl->text_repairer, p->cpu, p->options.actions, error);
        status = status < 0 ? status : repairer_new(&cl->early_repairer, p->cpu, p->options.actions, error);
    }
    if (status < 0) {
        cleaner_free(cl);
        return status;
    }
    *out = cl;
    return 0;
}

int cleaner_prepare_to_judge(struct cleaner *cl, struct copydesk_error *error)
{
    struct cleaning *c = cl->c;
    if (c->furniture && !cl->furniture) {
        cl->furniture = furniture_new(c->table, c->phrases, c->furniture_rules);
    }
    if (c->pages && !cl->page_judge) {
        cl->page_judge = page_judge_new(c->page_table, c->p->cpu);
    }
    bool ok = (!c->furniture || cl->furniture) && (!c->pages || cl->page_judge);
    return ok ? 0 : error_memory(error);
}

int cleaning_cleaner(struct cleaning *c, unsigned thread, struct cleaner **cleaner,
                     struct copydesk_error *error)
{
    int status = c->cleaners[thread] ? 0 : cleaner_new(&c->cleaners[thread], c, thread, error);
    *cleaner = c->cleaners[thread];
    return status == 0 && c->learned ? cleaner_prepare_to_judge(*cleaner, error) : status;
}

// ---- first reading

int cleaner_repair_field(struct repairer *r, struct str *field, enum copydesk_field which,
                         const struct vocabulary *words, struct repaired *out, struct copydesk_error *error)
{
    *out = (struct repaired){.text = *field, .sound = true};
    if (!r || field->len == 0) {
        return 0;
    }
    if (repair_text(r, *field, which, words, out) < 0) {
        return error_memory(error);
    }
    *field = out->text;
    return 0;
}

int cleaner_repair(struct cleaner *cl, struct article *article, struct copydesk_error *error)
{
    struct repaired repaired;
    int status = cleaner_repair_field(cl->title_repairer, &article->title, COPYDESK_FIELD_TITLE, NULL,
                                      &repaired, error);
    cl->sound = repaired.sound;
    status = status < 0 ? status
                        : cleaner_repair_field(cl->text_repairer, &article->text, COPYDESK_FIELD_TEXT, NULL,
                                               &repaired, error);
    cl->sound = cl->sound && repaired.sound;
    if (status == 0 && cl->c->words) {
        vocabulary_add(cl->c->words, article->title);
        vocabulary_add(cl->c->words, article->text);
    }
    return status;
}

bool cleaner_wants_spans(const struct cleaner *cl)
{
    return cl->c->furniture || cl->c->titles || cl->c->pages;
}

void cleaner_start_batch(struct cleaner *cl)
{
    buf_clear(&cl->notes);
    cl->keys.n = 0;
}

// Whether nothing can be found in an article by itself, so that it need not be read again unless the corpus
// repeats some of it. Its segments were made just now.
static int is_quiet(struct cleaner *cl, const struct article *article, const struct tokens *words,
                    bool *quiet)
{
    const struct cleaning *c = cl->c;
    *quiet = cl->sound && !c->known_lines; // what a profile knows marks no article
    if (*quiet && c->furniture) {
        struct furniture_article in = {.text = article->text.data, .len = article->text.len, .words = words};
        int status = furniture_is_quiet(cl->early_furniture, &in, &cl->keys.segments);
        if (status < 0) {
            return status;
        }
        *quiet = status == 1;
    }
    if (*quiet && c->pages) {
        struct page_article in = {.title = article->title, .text = article->text, .words = words};
        *quiet = page_is_quiet(c->page_table, c->page_rules, &in);
    }
    return 0;
}

int cleaner_collect(struct cleaner *cl, const struct article *article, const struct tokens *words,
                    struct collected *collected, struct copydesk_error *error)
{
    struct cleaning *c = cl->c;
    struct tokens title_words = {0};
    uint32_t source = pipeline_source_hash(article->source);
    int status = 0;
    *collected = (struct collected){.note_at = cl->notes.len, .keys_at = cl->keys.n, .sound = cl->sound};
    if (c->furniture) {
        status = tokenize(cl->title_tokenizer, article->title.data, article->title.len, false, &title_words);
        status = status < 0
                     ? status
                     : boiler_collect_text(&cl->keys, article->text.data, article->text.len, words, source);
        status = status < 0 ? status : boiler_collect_title(&cl->keys, &title_words, title_words.n);
    }
    status = status < 0 ? status : is_quiet(cl, article, words, &collected->quiet);
    if (status == 0 && c->titles) {
        struct title_input in = {article->title, article->text, words, article->source, article->url};
        status = title_collect(cl->title_collector, &in, &cl->notes);
    }
    if (c->pages) {
        page_stats_add(cl->page_stats, source, article->text, words);
        collected->title_hash = (uint32_t)XXH3_64bits(article->title.data, article->title.len);
    }
    collected->note_len = (uint32_t)(cl->notes.len - collected->note_at);
    collected->n_keys = (uint32_t)(cl->keys.n - collected->keys_at);
    return status < 0 ? error_memory(error) : 0;
}

int cleaner_enter(struct cleaner *cl, const struct collected *collected, struct copydesk_error *error)
{
    struct cleaning *c = cl->c;
    void *marks = c->marks;
    bool ok = mem_grow(&marks, &c->cap_marks, c->n_marks + 1, sizeof *c->marks);
    c->marks = marks;
    void *sound = c->sound;
    ok = ok && mem_grow(&sound, &c->cap_sound, c->n_marks + 1, sizeof *c->sound);
    c->sound = sound;
    if (!ok) {
        return error_memory(error);
    }
    c->sound[c->n_marks] = collected->sound;
    c->marks[c->n_marks++] = collected->quiet ? 0 : BOILER_MARK;
    if (c->pages && repeats_add(&c->repeats, collected->title_hash) < 0) {
        return error_memory(error);
    }
    if (!c->titles) {
        return 0;
    }
    struct str note = str_part(cl->notes.data, collected->note_at, collected->note_at + collected->note_len);
    return title_stats_add(c->title_stats, note.data, note.len, error);
}

int cleaner_post(struct cleaner *cl, uint32_t article, const struct collected *collected,
                 struct copydesk_error *error)
{
    if (collected->n_keys == 0) {
        return 0;
    }
    return boiler_post(cl->c->lines, cl->thread, article, cl->keys.records + collected->keys_at,
                       collected->n_keys, error);
}

// ---- between

// Sources by article, for the statistics of lines; NULL where none is known.
static int list_sources(const struct pipeline *p, uint32_t **sources, struct copydesk_error *error)
{
    uint32_t n = catalog_count(p->catalog);
    uint32_t any = 0;
    int status = 0;
    *sources = mem_alloc((size_t)n + 1, sizeof **sources);
    if (!*sources) {
        return error_memory(error);
    }
    for (uint32_t i = 0; i < n && status == 0; i++) {
        struct catalog_record record;
        status = catalog_get(p->catalog, i, &record, error);
        (*sources)[i] = status < 0 || record.flags & CATALOG_BAD ? 0 : record.source_hash;
        any |= (*sources)[i];
    }
    if (status < 0 || !any) {
        mem_free(*sources);
        *sources = NULL;
    }
    return status;
}

static int learn_lines(struct cleaning *c, struct copydesk_error *error)
{
    const struct pipeline *p = c->p;
    uint32_t *sources = NULL;
    int status = list_sources(p, &sources, error);
    if (status == 0) {
        struct boiler_params params = {
            .cluster_of = p->rough,
            .source_of = sources,
            .n_articles = catalog_count(p->catalog),
            .threads = p->threads,
            .marks = c->marks,
        };
        status = boiler_finish(c->lines, &params, &c->table, error);
    }
    mem_free(sources);
    if (status == 0 && c->known_lines) {
        struct boiler_table *sum = NULL;
        status = boiler_merge(c->table, c->known_lines, &sum, error);
        boiler_table_free(c->table);
        c->table = sum;
    }
    return status;
}

static int measure_titles(void *data, struct copydesk_error *error)
{
    struct cleaning *c = data;
    const struct pipeline *p = c->p;
    struct title_collector **collectors = mem_alloc(p->threads, sizeof *collectors);
    size_t n = 0;
    if (!collectors) {
        return error_memory(error);
    }
    for (unsigned i = 0; i < p->threads; i++) {
        if (c->cleaners[i]) {
            collectors[n++] = c->cleaners[i]->title_collector;
        }
    }
    if (p->builds_profile) {
        title_stats_learn_all(c->title_stats);
    }
    int status = title_stats_measure(c->title_stats, collectors, n, error);
    mem_free(collectors);
    return status;
}

// One thread has to go through all titles. Where there are several, the others need not wait for it; under a
// limit its tables and those of the candidates do not stand in memory together.
void cleaning_start_learning(struct cleaning *c)
{
    if (c->titles && c->p->threads > 1 && !c->p->options.memory_bytes) {
        pool_start(&c->measuring, measure_titles, c);
    }
}

static int learn_titles(struct cleaning *c, struct copydesk_error *error)
{
    int status = c->measuring.runs ? pool_finish(&c->measuring, error) : measure_titles(c, error);
    return status < 0 ? status : title_stats_finish(c->title_stats, c->p->rough, error);
}

int cleaning_learn(struct cleaning *c, struct copydesk_error *error)
{
    int status = c->furniture ? learn_lines(c, error) : 0;
    pipeline_end_stage(c->p);
    if (status == 0 && c->titles) {
        status = learn_titles(c, error);
        pipeline_end_stage(c->p);
    }
    if (status == 0 && c->pages) {
        status = repeats_count(&c->repeats, c->p->catalog, error);
    }
    for (unsigned i = 0; c->pages && i < c->p->threads; i++) {
        if (c->cleaners[i]) {
            page_stats_merge(c->page_stats, c->cleaners[i]->page_stats);
        }
    }
    c->learned = status == 0;
    return status;
}

// Tables of profiles as if a run had read nothing beside them.
int cleaning_learn_known(struct cleaning *c, struct copydesk_error *error)
{
    int status = 0;
    if (c->furniture && c->known_lines) {
        c->table = c->known_lines;
        c->known_lines = NULL;
    } else if (c->furniture) {
        struct boiler_params nothing = {.threads = 1};
        status = boiler_finish(c->lines, &nothing, &c->table, error);
    }
    boiler_stats_free(c->lines);
    c->lines = NULL;
    if (status == 0 && c->titles) {
        status = title_stats_measure(c->title_stats, NULL, 0, error);
        status = status < 0 ? status : title_stats_finish(c->title_stats, NULL, error);
        status = status < 0 ? status : title_stats_index(c->title_stats, error);
    }
    c->learned = status == 0;
    return status;
}

uint64_t cleaning_disk_bytes(const struct cleaning *c)
{
    return c->titles ? title_stats_disk_bytes(c->title_stats) : 0;
}
