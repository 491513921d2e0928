/*
 * html_data.c - all that the script of the page shows, as one JSON object.
 *
 * In:  the collector, finished. Out: JSON that is safe inside a script element (html_words.c).
 *
 * Rows are arrays, their members named in report.js beside the code that reads them; articles are named by
 * their place in `articles`. Every part that holds foreign words has a budget in bytes, because one
 * character may take six bytes here; what does not fit is left out from the end, and counted.
 *
 * What changes nothing in the result (threads, memory, instruction set) is not in it, nor is the time: the
 * same corpus gives the same bytes.
 */
#include "write/html.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum {
    NAME_CHARS = 200,
    SOURCE_BYTES = 120 * 1000,
    LINE_BYTES = 260 * 1000,
    DAMAGE_BYTES = 160 * 1000,
    FILE_BYTES = 60 * 1000,
};

// ---- small things

static void add_u64(struct buf *out, uint64_t value)
{
    buf_add_char(out, ',');
    buf_add_u64(out, value);
}

static void add_share(struct buf *out, double value)
{
    buf_add_char(out, ',');
    write_number(out, value);
}

static void add_key(struct buf *out, const char *name)
{
    buf_printf(out, ",\n\"%s\":", name);
}

static void add_member(struct buf *out, const char *name, uint64_t value)
{
    buf_printf(out, ",\"%s\":", name);
    buf_add_u64(out, value);
}

/* Begins a row; true when the rows so far leave no room for it. */
static bool is_full(struct buf *out, size_t begun, size_t most, bool first)
{
    if (out->len - begun >= most) {
        return true;
    }
    buf_add_str(out, first ? STR("\n") : STR(",\n"));
    return false;
}

/* The place of an article in `articles`, or null. */
static void add_article(const struct html *html, struct buf *out, uint64_t record)
{
    const struct html_article *article = record == UINT64_MAX ? NULL : html_article(html, record);

    if (article) {
        buf_add_u64(out, (uint64_t)(article - html->articles));
    } else {
        SAY("null");
    }
}

// ---- the run

static void add_summary(const struct html *html, struct buf *out)
{
    const struct copydesk_summary *s = html->corpus->summary;

    SAY("\"summary\":{\"read\":");
    buf_add_u64(out, s->read);
    add_member(out, "kept", s->kept);
    add_member(out, "dropped", s->dropped);
    add_member(out, "rejected", s->rejected);
    add_member(out, "cleaned", s->cleaned);
    add_member(out, "cut_bytes", s->cut_bytes);
    add_member(out, "repaired_spans", s->repaired_spans);
    add_member(out, "bytes", s->bytes);
    add_member(out, "clusters", s->clusters);
    add_member(out, "members", s->members);
    add_member(out, "removable", s->removable);
    add_member(out, "known", s->known);
    add_member(out, "verified_pairs", s->verified_pairs);
    SAY("}");
}

static void add_rules(const struct html *html, struct buf *out)
{
    add_key(out, "rules");
    SAY("[");
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        buf_add_str(out, i == 0 ? STR("\n") : STR(",\n"));
        buf_printf(out, "[\"%s\",\"%s\",\"%s\",\"%s\"", copydesk_rule_name(rule),
                   copydesk_group_name(copydesk_rule_group(rule)),
                   copydesk_action_name(html->corpus->options->actions[i]), copydesk_rule_summary(rule));
        add_u64(out, html->corpus->summary->articles[i]);
        add_u64(out, html->corpus->summary->findings[i]);
        add_u64(out, html->left[i]);
        SAY("]");
    }
    SAY("]");
}

uint64_t html_clusters_of_size(const struct html *html, size_t place)
{
    return html->sizes[place][1] / (html->sizes[place][0] - 1);
}

static void add_sizes(const struct html *html, struct buf *out)
{
    add_key(out, "sizes");
    SAY("[");
    for (size_t i = 0; i < html->n_sizes; i++) {
        buf_add_str(out, i == 0 ? STR("[") : STR(",["));
        buf_add_u64(out, html->sizes[i][0]);
        add_u64(out, html_clusters_of_size(html, i));
        SAY("]");
    }
    SAY("]");
}

static void add_bins(const struct html *html, struct buf *out)
{
    add_key(out, "bins");
    SAY("{");
    for (int rule = 0; rule < HTML_N_COPY_RULES; rule++) {
        buf_printf(out, "%s\"%s\":", rule == 0 ? "" : ",", copydesk_rule_name((enum copydesk_rule)rule));
        for (int i = 0; i < HTML_BINS; i++) {
            buf_add_char(out, i == 0 ? '[' : ',');
            buf_add_u64(out, html->bins[rule][i]);
        }
        SAY("]");
    }
    SAY("}");
}

static void add_files(const struct html *html, struct buf *out)
{
    size_t begun = out->len;
    size_t i = 0;

    add_key(out, "files");
    SAY("[");
    for (; i < html->n_files && !is_full(out, begun, FILE_BYTES, i == 0); i++) {
        const struct html_file *file = &html->files[i];
        SAY("[");
        html_add_json_of(out, report_relative(html->corpus, file->name), NAME_CHARS);
        add_u64(out, file->records);
        add_u64(out, file->bytes);
        buf_printf(out, ",\"%016llx\"]", (unsigned long long)file->print);
    }
    SAY("]");
    buf_printf(out, ",\"files_read\":%llu,\"files_print\":\"%016llx\"",
               (unsigned long long)html->n_files_read, (unsigned long long)html->files_print);
}

// ---- sources

static void add_source_name(const struct html *html, struct buf *out, uint32_t place)
{
    const struct html_source *source = &html->sources[place];

    if (place == 0) {
        SAY("null");
    } else {
        html_add_json(out, source->name.data ? source->name : STR("?"));
    }
}

static void add_sources(const struct html *html, struct buf *out)
{
    size_t begun = out->len;
    size_t i = 0;

    add_key(out, "sources");
    SAY("[");
    for (; i < html->n_shown_sources && !is_full(out, begun, SOURCE_BYTES, i == 0); i++) {
        const struct html_source *source = &html->sources[html->source_order[i]];
        SAY("[");
        add_source_name(html, out, html->source_order[i]);
        add_u64(out, source->read);
        add_u64(out, source->kept);
        add_u64(out, source->rejected);
        add_u64(out, source->cleaned);
        add_u64(out, source->copies);
        add_u64(out, source->copied);
        add_u64(out, source->groups[COPYDESK_GROUP_BOILERPLATE]);
        add_u64(out, source->groups[COPYDESK_GROUP_TITLES]);
        add_u64(out, source->groups[COPYDESK_GROUP_DAMAGE]);
        add_u64(out, source->groups[COPYDESK_GROUP_QUALITY]);
        SAY("]");
    }
    SAY("]");
    buf_printf(out, ",\"sources_left\":%llu",
               (unsigned long long)(html->sources_left + html->n_shown_sources - i));
}

// ---- articles and clusters

static void add_articles(const struct html *html, struct buf *out)
{
    add_key(out, "articles");
    SAY("[");
    for (size_t i = 0; i < html->n_articles; i++) {
        const struct html_article *article = &html->articles[i];
        buf_add_str(out, i == 0 ? STR("\n[") : STR(",\n["));
        html_add_json(out, article->id);
        buf_add_char(out, ',');
        html_add_json(out, article->title);
        buf_add_char(out, ',');
        html_add_json(out, article->source);
        if (article->dated) {
            buf_printf(out, ",%lld,", (long long)article->date);
        } else {
            SAY(",null,");
        }
        html_add_json(out, article->file);
        add_u64(out, article->line);
        buf_add_char(out, ',');
        if (article->owner == article->record) {
            buf_add_str(out, article->text);
        } else {
            add_article(html, out, article->owner);
        }
        add_u64(out, article->text_bytes);
        SAY("]");
    }
    SAY("]");
}

static void add_cluster(const struct html *html, struct buf *out, const struct html_cluster *cluster,
                        bool is_drawn)
{
    const struct html_member *members[HTML_EARLY + HTML_DRAWN];
    size_t n = html_members(cluster, members);
    size_t shown = 0;

    SAY("{\"head\":");
    add_article(html, out, cluster->rank.subject);
    add_member(out, "size", cluster->size);
    buf_printf(out, ",\"drawn\":%d,\"copies\":[%u,%u,%u],\"members\":[", is_drawn,
               cluster->copies[COPYDESK_EXACT_DUPLICATE], cluster->copies[COPYDESK_NEAR_DUPLICATE],
               cluster->copies[COPYDESK_CONTAINED_COPY]);
    for (size_t i = 0; i < n; i++) {
        const struct html_member *member = members[i];
        const struct copydesk_finding *f = &member->finding;
        if (!html_article(html, member->record)) {
            continue;
        }
        buf_add_str(out, shown++ == 0 ? STR("[") : STR(",["));
        add_article(html, out, member->record);
        add_u64(out, member->fate);
        if (member->has_finding) {
            add_u64(out, f->rule);
            add_share(out, f->jaccard);
            add_share(out, f->containment);
            add_share(out, f->containment_of);
            add_u64(out, f->shared_words);
            add_u64(out, f->longest_run);
            buf_add_char(out, ',');
            add_article(html, out, f->of_record);
            buf_add_char(out, ',');
            html_add_json(out, str_of(f->kept_because ? f->kept_because : ""));
        }
        SAY("]");
    }
    SAY("]}");
}

static void add_clusters(const struct html *html, struct buf *out)
{
    const struct html_list *lists[] = {&html->clusters, &html->sampled};
    bool any = false;

    add_key(out, "clusters");
    SAY("[");
    for (int k = 0; k < 2; k++) {
        for (size_t i = 0; i < lists[k]->n; i++) {
            const struct html_cluster *cluster = (const struct html_cluster *)lists[k]->items[i];
            if (html_article(html, cluster->rank.subject)) {
                buf_add_str(out, any ? STR(",\n") : STR("\n"));
                any = true;
                add_cluster(html, out, cluster, k == 1);
            }
        }
    }
    SAY("]");
}

static void add_pairs(const struct html *html, struct buf *out)
{
    bool any = false;

    add_key(out, "pairs");
    SAY("[");
    for (int rule = 0; rule < HTML_N_COPY_RULES; rule++) {
        for (size_t i = 0; i < html->pairs[rule].n; i++) {
            const struct html_pair *pair = (const struct html_pair *)html->pairs[rule].items[i];
            if (!html_article(html, pair->record1) || !html_article(html, pair->record2)) {
                continue;
            }
            buf_add_str(out, any ? STR(",\n[") : STR("\n["));
            any = true;
            buf_add_u64(out, pair->rule);
            buf_add_char(out, ',');
            add_article(html, out, pair->record1);
            buf_add_char(out, ',');
            add_article(html, out, pair->record2);
            add_u64(out, pair->covered);
            add_share(out, pair->containment1);
            add_share(out, pair->containment2);
            add_u64(out, pair->shared_words);
            add_u64(out, pair->longest_run);
            SAY("]");
        }
    }
    SAY("]");
}

// ---- furniture, titles, damage

static void add_line(struct buf *out, const struct html_line *line)
{
    bool any = false;

    buf_add_char(out, '[');
    buf_add_u64(out, line->rule);
    add_u64(out, line->articles);
    add_u64(out, line->clusters);
    add_u64(out, line->findings);
    SAY(",[");
    for (size_t i = 0; i < line->n_places; i++) {
        bool again = line->words[i].len == 0;
        for (size_t k = 0; k < i && !again; k++) {
            again = str_equal(line->words[i], line->words[k]);
        }
        if (!again) {
            buf_add_str(out, any ? STR(",") : STR(""));
            html_add_json(out, line->words[i]);
            any = true;
        }
    }
    SAY("],[");
    any = false;
    for (size_t i = 0; i < line->n_places; i++) {
        if (line->words[i].len > 0) {
            buf_add_str(out, any ? STR(",") : STR(""));
            buf_add_u64(out, line->at[i]);
            any = true;
        }
    }
    SAY("],");
    html_add_json(out, line->id);
    buf_add_char(out, ',');
    html_add_json(out, line->file);
    add_u64(out, line->line);
    buf_add_char(out, ']');
}

static void add_lines(const struct html *html, struct buf *out)
{
    uint64_t left = html->lines_left;
    bool any = false;
    size_t begun = out->len;

    add_key(out, "lines");
    SAY("[");
    for (size_t i = 0; i < html->n_lines; i++) {
        const struct html_line *line = &html->lines[i];
        if (line->shown && line->n_places > 0 && line->words[0].len > 0 &&
            !is_full(out, begun, LINE_BYTES, !any)) {
            add_line(out, line);
            any = true;
        } else {
            left++;
        }
    }
    SAY("]");
    buf_printf(out, ",\"lines_left\":%llu", (unsigned long long)left);
}

static void add_titles(const struct html *html, struct buf *out)
{
    add_key(out, "titles");
    SAY("[");
    for (size_t i = 0; i < html->titles.n; i++) {
        const struct html_title *title = (const struct html_title *)html->titles.items[i];
        buf_add_str(out, i == 0 ? STR("\n[") : STR(",\n["));
        add_article(html, out, title->rank.subject);
        add_share(out, title->finding.score);
        buf_add_char(out, ',');
        html_add_json(out, str_of(title->finding.reason ? title->finding.reason : ""));
        buf_add_char(out, ',');
        add_article(html, out, title->finding.better_record);
        buf_add_char(out, ',');
        add_article(html, out, html_fitting(html, title->rank.subject));
        SAY("]");
    }
    SAY("]");
    add_key(out, "junk");
    SAY("[");
    for (size_t i = 0; i < html->junk.n; i++) {
        const struct html_title *title = (const struct html_title *)html->junk.items[i];
        buf_add_str(out, i == 0 ? STR("[") : STR(",["));
        add_article(html, out, title->rank.subject);
        buf_add_char(out, ',');
        html_add_json(out, str_of(title->finding.reason ? title->finding.reason : ""));
        SAY("]");
    }
    SAY("]");
}

static void add_damage(const struct html *html, struct buf *out)
{
    bool any = false;
    size_t begun = out->len;

    add_key(out, "damage");
    SAY("[");
    // The first of every rule, then the second of every rule: the budget ends all of them alike.
    for (size_t i = 0; i < HTML_DAMAGED; i++) {
        for (int rule = 0; rule < COPYDESK_N_RULES; rule++) {
            const struct html_damage *damage;
            if (i >= html->damage[rule].n) {
                continue;
            }
            damage = (const struct html_damage *)html->damage[rule].items[i];
            if (damage->parts.len > DAMAGE_BYTES / 8 || is_full(out, begun, DAMAGE_BYTES, !any)) {
                continue;
            }
            any = true;
            buf_printf(out, "[%d,", rule);
            html_add_json(out, damage->id);
            buf_add_char(out, ',');
            html_add_json(out, damage->file);
            add_u64(out, damage->line);
            buf_add_char(out, ',');
            buf_add_str(out, damage->parts);
            SAY("]");
        }
    }
    SAY("]");
}

void html_add_data(const struct html *html, struct buf *out)
{
    buf_printf(out, "{\"version\":\"%s\",\"schema\":%d,\n", copydesk_version(), COPYDESK_SCHEMA);
    add_summary(html, out);
    add_rules(html, out);
    add_sizes(html, out);
    add_bins(html, out);
    add_sources(html, out);
    add_articles(html, out);
    add_clusters(html, out);
    add_pairs(html, out);
    add_lines(html, out);
    add_titles(html, out);
    add_damage(html, out);
    add_files(html, out);
    SAY("}");
}
