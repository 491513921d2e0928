/*
 * write_pairs.c - every verified pair with its figures, tab separated, for looking at thresholds and for
 * other tools.
 *
 * A table has no escapes: a tab, line feed or carriage return in an id would break it, so each becomes a
 * space. Ids with such characters are rare and still recognisable; the verdicts have them exactly.
 */
#include "write/write.h"

static void begin(struct sink *sink, struct write_wants *wants)
{
    static const char header[] =
        "id1\tid2\trule\tjaccard\tcontainment1\tcontainment2\tshared_words\tlongest_run\n";

    (void)wants;
    buf_add(&sink->buf, header, sizeof header - 1);
}

static void add_id(struct buf *out, struct str id)
{
    size_t start = out->len;

    buf_add_str(out, id);
    for (size_t i = start; i < out->len; i++) {
        char c = out->data[i];
        if (c == '\t' || c == '\n' || c == '\r') {
            out->data[i] = ' ';
        }
    }
    buf_add_char(out, '\t');
}

static void pair(const struct sink *sink, struct buf *out, const struct write_pair *p)
{
    (void)sink;
    add_id(out, p->id1);
    add_id(out, p->id2);
    buf_add_str(out, p->rule < COPYDESK_N_RULES ? str_of(copydesk_rule_name(p->rule)) : STR("none"));
    buf_add_char(out, '\t');
    write_number(out, p->jaccard);
    buf_add_char(out, '\t');
    write_number(out, p->containment1);
    buf_add_char(out, '\t');
    write_number(out, p->containment2);
    buf_add_char(out, '\t');
    buf_add_u64(out, p->shared_words);
    buf_add_char(out, '\t');
    buf_add_u64(out, p->longest_run);
    buf_add_char(out, '\n');
}

const struct writer write_pairs = {COPYDESK_OUT_PAIRS, "pairs", begin, NULL, pair, NULL, NULL};
