/*
 * write_rejects.c - the records that do not stay, each with the reason, one JSON line each.
 *
 *   {"id":"a17","rule":"near-duplicate","of":"a03","file":"wire.jsonl","line":17,"record":{...}}
 *   {"id":"w.jsonl:9","rule":"bad-record","file":"w.jsonl","line":9,"offset":8,"reason":"...","text":"{bad"}
 *
 * Nothing is ever lost: the record is there in full. `record` is the JSON object itself, byte for byte;
 * what is no valid JSON line (a bad record, a row of a table, a text) stands in `text` as a string, and
 * bytes that are no UTF-8 in `base64`. A record that was too long to hold stands there with its beginning,
 * and `bytes` says how long it is.
 */
#include "write/write.h"

#define ADD(out, literal) buf_add(out, literal, sizeof(literal) - 1)

void write_base64(struct buf *out, struct str bytes)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const uint8_t *p = (const uint8_t *)bytes.data;

    if (!buf_reserve(out, bytes.len / 3 * 4 + 8)) {
        return;
    }
    for (size_t left = bytes.len; left > 0;) {
        size_t n = left < 3 ? left : 3;
        uint32_t group = (uint32_t)p[0] << 16 | (n > 1 ? (uint32_t)p[1] << 8 : 0) | (n > 2 ? p[2] : 0);
        char *to = out->data + out->len;
        to[0] = digits[group >> 18];
        to[1] = digits[group >> 12 & 63];
        to[2] = n > 1 ? digits[group >> 6 & 63] : '=';
        to[3] = n > 2 ? digits[group & 63] : '=';
        out->len += 4;
        p += n;
        left -= n;
    }
}

/* The finding that decided. */
static const struct copydesk_finding *deciding(const struct copydesk_verdict *verdict)
{
    enum copydesk_action action = verdict->fate == COPYDESK_REJECTED ? COPYDESK_REJECT : COPYDESK_DROP;

    for (size_t i = 0; i < verdict->n_findings; i++) {
        if (verdict->findings[i].action == action) {
            return &verdict->findings[i];
        }
    }
    return NULL;
}

static void add_reason(struct buf *out, const struct copydesk_verdict *verdict)
{
    const struct copydesk_finding *finding = deciding(verdict);

    if (finding) {
        ADD(out, ",\"rule\":");
        buf_add_json(out, str_of(copydesk_rule_name(finding->rule)));
        if (finding->of.data) {
            ADD(out, ",\"of\":");
            write_json_string(out, write_str(finding->of));
        }
    }
    ADD(out, ",\"file\":");
    write_json_string(out, write_str(verdict->file));
    ADD(out, ",\"line\":");
    buf_add_u64(out, verdict->line);
    if (finding && finding->rule == COPYDESK_BAD_RECORD) {
        ADD(out, ",\"offset\":");
        buf_add_u64(out, finding->offset);
    }
    if (finding && finding->reason) {
        ADD(out, ",\"reason\":");
        buf_add_json(out, str_of(finding->reason));
    }
}

static void add_content(struct buf *out, const struct write_record *r)
{
    bool is_utf8 = write_is_utf8(r->raw);

    if (r->format == COPYDESK_FORMAT_JSONL && r->verdict->fate == COPYDESK_DROPPED && is_utf8) {
        ADD(out, ",\"record\":");
        buf_add_str(out, str_trim(r->raw));
    } else if (is_utf8) {
        ADD(out, ",\"text\":");
        buf_add_json(out, r->raw);
    } else {
        ADD(out, ",\"base64\":\"");
        write_base64(out, r->raw);
        buf_add_char(out, '"');
    }
    if (r->raw_bytes > r->raw.len) {
        ADD(out, ",\"bytes\":");
        buf_add_u64(out, r->raw_bytes);
    }
}

static void begin(struct sink *sink, struct write_wants *wants)
{
    (void)sink;
    wants->raw_others = true;
}

static void record(const struct sink *sink, struct buf *out, const struct write_record *r)
{
    (void)sink;
    if (r->verdict->fate == COPYDESK_KEPT) {
        return;
    }
    ADD(out, "{\"id\":");
    write_json_string(out, write_str(r->verdict->id));
    add_reason(out, r->verdict);
    add_content(out, r);
    ADD(out, "}\n");
}

const struct writer write_rejects = {COPYDESK_OUT_REJECTS, "rejects", begin, record, NULL, NULL, NULL};
