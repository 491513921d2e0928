// fuzz_annotate.c - any JSON object, and any bytes, given a verdict: the line is one JSON object with one
// verdict, ours; of the record nothing is changed, and given a verdict again it stays the same.
#include "read/json.h"
#include "write/annotate.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool holds)
{
    if (!holds) {
        abort();
    }
}

// Fields of the record, and what is said of it.
static const struct field_names names = {
    {{"id", 2}, {"title", 5}, {"text", 4}, {"copydesk", 8}, {"date", 4}, {"s", 1}, {"d", 1}}};
enum { OURS = 3 };

struct parsed {
    struct json_value values[N_FIELDS];
    struct buf memory;
};

// Whether it is an object; with its fields.
static bool parse(struct str record, struct parsed *p)
{
    uint64_t offset;
    return json_valid_utf8(record) && !json_scan(record, &names, p->values, &p->memory, &offset);
}

static void check_line(const struct buf *out)
{
    demand(!out->failed && out->len > 0 && out->data[out->len - 1] == '\n');
}

static void check_object(struct str record, const struct parsed *before,
                         const struct copydesk_verdict *verdict)
{
    struct buf out = {0};
    struct buf again = {0};
    struct parsed after = {0};
    write_annotated(&out, record, verdict, false);
    check_line(&out);
    struct str line = {out.data, out.len - 1};
    demand(parse(line, &after));
    demand(after.values[OURS].type == JSON_OTHER && !after.values[OURS].raw.data); // no plain value
    for (int i = 0; i < N_FIELDS; i++) {
        const struct json_value *a = &before->values[i];
        const struct json_value *b = &after.values[i];
        demand(i == OURS || (a->type == b->type && str_equal(a->raw, b->raw) && str_equal(a->text, b->text)));
    }
    write_annotated(&again, line, verdict, false);
    demand(again.len == out.len && memcmp(again.data, out.data, out.len) == 0);
    // A record without a verdict of its own is there byte for byte.
    const char *close = memrchr(record.data, '}', record.len);
    if (before->values[OURS].type == JSON_ABSENT && !memchr(record.data, 'y', record.len) &&
        !memchr(record.data, '\\', record.len)) {
        size_t same = (size_t)(close - record.data);
        for (; same > 0 && strchr(" \t\r\n", record.data[same - 1]); same--) {
        }
        demand(out.len > same && memcmp(out.data, record.data, same) == 0);
    }
    buf_release(&out);
    buf_release(&again);
    buf_release(&after.memory);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct parsed before = {0};
    struct parsed after = {0};
    struct buf out = {0};
    size_t name = size < 9 ? size : 9;
    struct copydesk_finding finding = {.rule = COPYDESK_NEAR_DUPLICATE,
                                       .action = COPYDESK_FLAG,
                                       .of = {(const char *)data, name},
                                       .of_record = UINT64_MAX,
                                       .better_record = UINT64_MAX};
    struct copydesk_verdict verdict = {.id = {(const char *)data, name},
                                       .cluster = {(const char *)data, name},
                                       .findings = &finding,
                                       .n_findings = 1};
    struct str record = {(const char *)data, size};
    if (!json_valid_utf8((struct str){(const char *)data, name})) {
        verdict.cluster = finding.of = (struct copydesk_view){"id", 2};
    }
    if (!memchr(data, '\n', size) && parse(record, &before)) {
        check_object(record, &before, &verdict);
    }
    write_annotated_bad(&out, record, &verdict);
    check_line(&out);
    demand(parse((struct str){out.data, out.len - 1}, &after) && after.values[OURS].type == JSON_OTHER);
    demand(!memchr(out.data, '\n', out.len - 1));
    buf_release(&out);
    buf_release(&before.memory);
    buf_release(&after.memory);
    return 0;
}
