/*
 * html_parts.c - tables of the page that are read without its script: rules, clusters, similarity,
 * sources, the map of copying, inputs and options.
 *
 * In:  the collector, finished. Out: rows of HTML. Each table is also the text equivalent of the chart
 * that the script draws beside it.
 */
#include "write/html.h"

#define SAY(literal) buf_add(out, literal, sizeof(literal) - 1)

enum {
    FLOWS = 12,    // sources in the map of copying
    LEVELS = 5,    // its shades
    CLUSTERS = 20, // more with the script
    SOURCES = 50,
    SOURCE_CHARS = 60,
    FILES = 40,
    BANDS = 10,
    FILE_CHARS = 120,
    VALUE_CHARS = 200,
};

static void add_number(struct buf *out, uint64_t value)
{
    SAY("<td class=\"number\">");
    report_add_count(out, value);
    SAY("</td>");
}

static void add_percent(struct buf *out, uint64_t part, uint64_t whole)
{
    SAY("<td class=\"number\">");
    report_add_percent(out, part, whole);
    SAY("</td>");
}

// ---- rules

void html_add_rules(const struct html *html, struct buf *out)
{
    const struct copydesk_summary *s = html->corpus->summary;

    for (int group = 0; group < COPYDESK_N_GROUPS; group++) {
        bool any = false;
        for (int i = 0; i < COPYDESK_N_RULES; i++) {
            enum copydesk_rule rule = (enum copydesk_rule)i;
            if ((int)copydesk_rule_group(rule) != group || s->articles[i] == 0) {
                continue;
            }
            if (!any) {
                buf_printf(out, "<tr class=\"group\"><th colspan=\"6\" scope=\"rowgroup\">%s</th></tr>\n",
                           copydesk_group_name((enum copydesk_group)group));
                any = true;
            }
            buf_printf(out, "<tr><th scope=\"row\">%s <small>%s</small></th>", copydesk_rule_name(rule),
                       copydesk_rule_summary(rule));
            add_number(out, s->articles[i]);
            add_percent(out, s->articles[i], s->read);
            SAY("<td class=\"chart\">");
            html_add_bar(out, copydesk_group_name((enum copydesk_group)group), 0, s->articles[i], s->read);
            SAY("</td>");
            add_number(out, s->findings[i]);
            buf_printf(out, "<td>%s</td></tr>\n", copydesk_action_name(html->corpus->options->actions[i]));
        }
    }
}

// ---- clusters

static const uint32_t size_bands[][2] = {{2, 2},   {3, 3},   {4, 4},     {5, 9},      {10, 19},
                                         {20, 49}, {50, 99}, {100, 499}, {500, 4999}, {5000, UINT32_MAX}};
enum { N_SIZE_BANDS = sizeof size_bands / sizeof size_bands[0] };

void html_add_sizes(const struct html *html, struct buf *out)
{
    uint64_t clusters[N_SIZE_BANDS] = {0};
    uint64_t copies[N_SIZE_BANDS] = {0};
    uint64_t most = 1;

    for (size_t i = 0; i < html->n_sizes; i++) {
        size_t band = 0;
        while (html->sizes[i][0] > size_bands[band][1]) {
            band++;
        }
        clusters[band] += html_clusters_of_size(html, i);
        copies[band] += html->sizes[i][1];
        most = clusters[band] > most ? clusters[band] : most;
    }
    for (size_t i = 0; i < N_SIZE_BANDS; i++) {
        if (clusters[i] == 0) {
            continue;
        }
        SAY("<tr><th scope=\"row\">");
        report_add_count(out, size_bands[i][0]);
        if (size_bands[i][1] == UINT32_MAX) {
            SAY(" and more");
        } else if (size_bands[i][1] > size_bands[i][0]) {
            SAY("\xE2\x80\x93");
            report_add_count(out, size_bands[i][1]);
        }
        SAY("</th>");
        add_number(out, clusters[i]);
        SAY("<td class=\"chart\">");
        html_add_bar(out, "duplicates", 0, clusters[i], most);
        SAY("</td>");
        add_number(out, copies[i]);
        SAY("</tr>\n");
    }
}

void html_add_clusters(const struct html *html, struct buf *out)
{
    for (size_t i = 0; i < html->clusters.n && i < CLUSTERS; i++) {
        const struct html_cluster *cluster = (const struct html_cluster *)html->clusters.items[i];
        const struct html_article *head = html_article(html, cluster->rank.subject);
        if (!head) {
            continue;
        }
        SAY("<tr>");
        add_number(out, cluster->size);
        SAY("<td dir=\"auto\">");
        html_add_text(out, head->title.len > 0 ? head->title : STR("(no title)"));
        SAY("</td><td dir=\"auto\">");
        html_add_text(out, head->source);
        SAY("</td><td><code>");
        html_add_text(out, head->id);
        SAY("</code></td></tr>\n");
    }
}

// ---- similarity

void html_add_similarity(const struct html *html, struct buf *out)
{
    SAY("<thead><tr><th scope=\"col\">words of the smaller text in the other</th>");
    for (int rule = 0; rule < HTML_N_COPY_RULES; rule++) {
        buf_printf(out, "<th scope=\"col\" class=\"number\">%s</th>",
                   copydesk_rule_name((enum copydesk_rule)rule));
    }
    SAY("</tr></thead><tbody>\n");
    for (int band = BANDS - 1; band >= 0; band--) {
        int per = HTML_BINS / BANDS;
        buf_printf(out, "<tr><th scope=\"row\">%d\xE2\x80\x93%d%%</th>", band * 10, band * 10 + 10);
        for (int rule = 0; rule < HTML_N_COPY_RULES; rule++) {
            uint64_t n = 0;
            for (int i = band * per; i < (band + 1) * per; i++) {
                n += html->bins[rule][i];
            }
            add_number(out, n);
        }
        SAY("</tr>\n");
    }
    SAY("</tbody>");
}

// ---- sources

static void add_source_name(const struct html *html, struct buf *out, uint32_t place)
{
    if (place == 0) {
        SAY("<i>no source given</i>");
    } else {
        SAY("<bdi>");
        html_add_text(out, report_cut(html->sources[place].name, SOURCE_CHARS));
        SAY("</bdi>");
    }
}

void html_add_sources(const struct html *html, struct buf *out)
{
    for (size_t i = 0; i < html->n_shown_sources && i < SOURCES; i++) {
        const struct html_source *source = &html->sources[html->source_order[i]];
        SAY("<tr><th scope=\"row\">");
        add_source_name(html, out, html->source_order[i]);
        SAY("</th>");
        add_number(out, source->read);
        add_number(out, source->kept);
        add_number(out, source->copies);
        add_number(out, source->copied);
        add_number(out, source->groups[COPYDESK_GROUP_BOILERPLATE]);
        add_number(out, source->groups[COPYDESK_GROUP_TITLES]);
        add_number(out, source->groups[COPYDESK_GROUP_DAMAGE]);
        SAY("</tr>\n");
    }
}

/* Shown sources that copy or are copied most, at most FLOWS. */
static size_t choose_flows(const struct html *html, uint32_t chosen[FLOWS])
{
    size_t n = 0;

    for (size_t i = 0; i < html->n_shown_sources; i++) {
        uint32_t place = html->source_order[i];
        uint64_t weight = html->sources[place].copies + html->sources[place].copied;
        size_t at = n;
        while (at > 0 &&
               weight > html->sources[chosen[at - 1]].copies + html->sources[chosen[at - 1]].copied) {
            at--;
        }
        if (weight == 0 || at == FLOWS) {
            continue;
        }
        n += n < FLOWS;
        memmove(&chosen[at + 1], &chosen[at], (n - 1 - at) * sizeof *chosen);
        chosen[at] = place;
    }
    return n;
}

static size_t find_flow(const uint32_t chosen[FLOWS], size_t n, uint32_t place)
{
    size_t i = 0;

    while (i < n && chosen[i] != place) {
        i++;
    }
    return i;
}

static void add_cell(struct buf *out, uint64_t n, uint64_t most, bool is_own)
{
    // Shades by the root: a few sources have most of the copies.
    uint64_t level = n > 0 && most > 0;

    while (level > 0 && level < LEVELS && n * LEVELS * LEVELS > most * level * level) {
        level++;
    }

    buf_printf(out, "<td class=\"number heat h%d%s\">", (int)level, is_own ? " own" : "");
    if (n > 0) {
        report_add_count(out, n);
    }
    SAY("</td>");
}

void html_add_flows(const struct html *html, struct buf *out)
{
    uint32_t chosen[FLOWS];
    uint64_t cells[FLOWS + 1][FLOWS + 1] = {{0}};
    uint64_t most = 1;
    size_t n = choose_flows(html, chosen);

    for (size_t i = 0; i < html->n_flows; i++) {
        const struct html_flow *flow = &html->flows[i];
        cells[find_flow(chosen, n, flow->from)][find_flow(chosen, n, flow->to)] += flow->n;
    }
    cells[n][n] += html->flows_left;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < n; k++) {
            most = cells[i][k] > most ? cells[i][k] : most;
        }
    }
    SAY("<thead><tr><th scope=\"col\">original in</th>");
    for (size_t i = 0; i < n; i++) {
        SAY("<th scope=\"col\" class=\"turned\"><span>");
        add_source_name(html, out, chosen[i]);
        SAY("</span></th>");
    }
    SAY("<th scope=\"col\" class=\"turned\"><span>all others</span></th></tr></thead><tbody>\n");
    for (size_t i = 0; i <= n; i++) {
        SAY("<tr><th scope=\"row\">");
        if (i < n) {
            add_source_name(html, out, chosen[i]);
        } else {
            SAY("all others");
        }
        SAY("</th>");
        for (size_t k = 0; k <= n; k++) {
            // The others are many: shades compare what has a name.
            bool has_name = i < n && k < n;
            add_cell(out, cells[i][k], has_name ? most : 0, has_name && i == k);
        }
        SAY("</tr>\n");
    }
    SAY("</tbody>");
}

// ---- the run

void html_add_files(const struct html *html, struct buf *out)
{
    uint64_t more = html->n_files_read;

    for (size_t i = 0; i < html->n_files && i < FILES; i++, more--) {
        const struct html_file *file = &html->files[i];
        SAY("<tr><th scope=\"row\"><code>");
        html_add_text_of(out, report_relative(html->corpus, file->name), FILE_CHARS);
        SAY("</code></th>");
        add_number(out, file->records);
        add_number(out, file->bytes);
        buf_printf(out, "<td><code>%016llx</code></td></tr>\n", (unsigned long long)file->print);
    }
    SAY("<tr class=\"total\"><th scope=\"row\">");
    if (more > 0) {
        SAY("all, with ");
        report_add_counted(out, more, "more input");
    } else {
        SAY("all");
    }
    SAY("</th>");
    add_number(out, html->corpus->summary->read);
    add_number(out, html->corpus->summary->bytes);
    buf_printf(out, "<td><code>%016llx</code></td></tr>\n", (unsigned long long)html->files_print);
}

static void add_option(struct buf *out, const char *name, const char *value)
{
    buf_printf(out, "<tr><th scope=\"row\">%s</th><td><code>", name);
    html_add_text_of(out, str_of(value), VALUE_CHARS);
    SAY("</code></td></tr>\n");
}

void html_add_options(const struct html *html, struct buf *out)
{
    const struct copydesk_options *o = html->corpus->options;
    struct buf text = {0};
    bool any = false;

    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        if (o->actions[i] != copydesk_rule_default(rule)) {
            buf_printf(&text, "%s%s=%s", any ? ", " : "", copydesk_rule_name(rule),
                       copydesk_action_name(o->actions[i]));
            any = true;
        }
    }
    buf_add_str(&text, any ? STR("") : STR("as by default"));
    SAY("<tr><th scope=\"row\">actions</th><td><code>");
    html_add_text(out, (struct str){text.data, text.len});
    SAY("</code></td></tr>\n");
    buf_clear(&text);
    for (size_t i = 0; i < o->n_source_order; i++) {
        buf_printf(&text, "%s%s", i == 0 ? "" : ",", o->source_order[i]);
    }
    buf_add_char(&text, '\0');
    add_option(out, "which copy stays", copydesk_keep_name(o->keep));
    if (o->n_source_order > 0 && !text.failed) {
        add_option(out, "order of sources", text.data);
    }
    add_option(out, "field of the id", o->id_field);
    add_option(out, "of the title", o->title_field);
    add_option(out, "of the text", o->text_field);
    add_option(out, "of the address", o->url_field);
    add_option(out, "of the date", o->date_field);
    add_option(out, "of the source", o->source_field);
    add_option(out, "charset", o->charset ? o->charset : "detected");
    add_option(out, "languages wanted", o->languages ? o->languages : "any");
    for (size_t i = 0; i < o->n_profiles; i++) {
        add_option(out, "profile", o->profiles[i]);
    }
    if (o->n_profiles == 0) {
        add_option(out, "profile", "none");
    }
    SAY("<tr><th scope=\"row\">longest record</th><td>");
    report_add_count(out, o->max_article_bytes);
    SAY(" bytes</td></tr>\n");
    out->failed = out->failed || text.failed;
    buf_release(&text);
}
