// fuzz_jsonl.c - any bytes, plain or packed, read as JSONL.
#include "fuzz_read.h"

#include "base/cpu.h"

// The fast walk, where it accepts the bytes as a record, reads what simdjson does.
static void fuzz_walk(const uint8_t *data, size_t len)
{
    static const struct field_names names = {
        {{"id", 2}, {"title", 5}, {"text", 4}, {"url", 3}, {"date", 4}, {"s", 1}, {"d", 1}}};
    struct json_value walked[N_FIELDS];
    struct json_value parsed[N_FIELDS];
    struct buf room = {0};
    struct json_parser *parser = json_parser_new();
    char *raw = calloc(len + ARTICLE_PADDING, 1);
    REQUIRE(raw && parser);
    memcpy(raw, data, len);
    if (json_walk(cpu_level(COPYDESK_CPU_BEST), (struct str){raw, len}, &names, walked, &room) == JSON_OK) {
        REQUIRE(json_parse(parser, (struct str){raw, len}, &names, parsed) == JSON_OK);
        for (int i = 0; i < N_FIELDS; i++) {
            REQUIRE(walked[i].type == parsed[i].type && !walked[i].text.data == !parsed[i].text.data);
            REQUIRE(!walked[i].text.data || str_equal(walked[i].text, parsed[i].text));
        }
    }
    buf_release(&room);
    json_parser_free(parser);
    free(raw);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_walk(data, len);
    fuzz_read(data, len, COPYDESK_FORMAT_JSONL, 16 << 20);
    fuzz_read(data, len, COPYDESK_FORMAT_JSONL, 40);
    return 0;
}
