// prop_json.c - what json_walk() accepts, json_parse() reads alike: on records made of random pieces, whole
// and damaged.
#include "../unit/test.h"

#include "article.h"
#include "read/json.h"

enum { MOST_BYTES = 4000 };

static const struct field_names names = {{
    [FIELD_ID] = BYTES("id"),
    [FIELD_TITLE] = BYTES("title"),
    [FIELD_TEXT] = BYTES("text"),
    [FIELD_URL] = BYTES("url"),
    [FIELD_DATE] = BYTES("date"),
    [FIELD_SOURCE] = BYTES("source"),
    [FIELD_DOMAIN] = BYTES("domain"),
}};

struct record {
    char bytes[MOST_BYTES + ARTICLE_PADDING];
    size_t len;
};

static void put(struct record *r, const char *bytes, size_t len)
{
    if (r->len + len <= MOST_BYTES) {
        memcpy(r->bytes + r->len, bytes, len);
        r->len += len;
    }
}

static void put_one(struct record *r, const char *const *choices, size_t n, uint64_t *random)
{
    const char *chosen = choices[test_below(random, n)];
    put(r, chosen, strlen(chosen));
}

static void put_space(struct record *r, uint64_t *random)
{
    static const char *const spaces[] = {"", "", "", " ", "\t", "\n", " \r\n ", "\f"};
    put_one(r, spaces, COUNT_OF(spaces) - (test_below(random, 50) > 0), random);
}

// Strings long enough to cross steps of 32 bytes.
static void put_string(struct record *r, uint64_t *random)
{
    static const char *const plain[] = {"word ", "a", "Zürich", "日本", "🙂", "1.5",
                                        "}",     ",", ":",      "[",    "\x7f"};
    static const char *const escapes[] = {
        "\\n",     "\\\"",    "\\\\",           "\\/",     "\\t",    "\\b\\f\\r",
        "\\u00e9", "\\u20AC", "\\ud83d\\ude42", "\\u0000", "\\u0041"};
    static const char *const odd[] = {"\\ud83d",
                                      "\\ude42\\ud83d",
                                      "\\x",
                                      "\\u12g4",
                                      "\\u",
                                      "\x01",
                                      "\n",
                                      "\xff",
                                      "\xc3",
                                      "\xed\xa0\x80",
                                      "\\",
                                      "\"",
                                      "\xf4\x90\x80\x80"};
    put(r, "\"", 1);
    for (uint64_t i = test_below(random, test_below(random, 4) ? 6 : 80); i > 0; i--) {
        uint64_t kind = test_below(random, 400);
        if (kind == 0) {
            put_one(r, odd, COUNT_OF(odd), random);
        } else if (kind < 60) {
            put_one(r, escapes, COUNT_OF(escapes), random);
        } else {
            put_one(r, plain, COUNT_OF(plain), random);
        }
    }
    put(r, "\"", 1);
}

static void put_value(struct record *r, unsigned depth, uint64_t *random)
{
    static const char *const scalars[] = {"null",
                                          "true",
                                          "false",
                                          "0",
                                          "-0",
                                          "7",
                                          "-12",
                                          "1.5",
                                          "123456789012345678",
                                          "1234567890123456789012",
                                          "01",
                                          "-",
                                          "1.",
                                          ".5",
                                          "1e5",
                                          "1E400",
                                          "nul",
                                          "nullx",
                                          "0x1",
                                          "+1",
                                          "1 2",
                                          "-1.25",
                                          "0.0",
                                          ""};
    uint64_t kind = test_below(random, 12);
    put_space(r, random);
    if (kind < 6) {
        put_string(r, random);
    } else if (kind < 10 || depth > 20) {
        size_t usual = test_below(random, 10) ? 9 : COUNT_OF(scalars);
        put_one(r, scalars, usual, random);
    } else {
        bool is_object = kind == 10;
        put(r, is_object ? "{" : "[", 1);
        for (uint64_t i = test_below(random, 4); i > 0; i--) {
            if (is_object) {
                put_string(r, random);
                put(r, ":", 1);
            }
            put_value(r, depth + 1, random);
            put(r, ",", i > 1);
        }
        put_space(r, random);
        put(r, is_object ? "}" : "]", 1);
    }
    put_space(r, random);
}

static void make_record(struct record *r, uint64_t *random)
{
    static const char *const keys[] = {"\"id\"",     "\"title\"", "\"text\"", "\"url\"",        "\"date\"",
                                       "\"source\"", "\"other\"", "\"\"",     "\"te\\u0078t\"", "\"domain\""};
    r->len = 0;
    put_space(r, random);
    put(r, "{", 1);
    for (uint64_t i = test_below(random, 9); i > 0; i--) {
        put_space(r, random);
        put_one(r, keys, COUNT_OF(keys), random);
        put_space(r, random);
        put(r, ":", 1);
        put_value(r, 0, random);
        put(r, ",", i > 1);
    }
    put(r, "}", 1);
    put_space(r, random);
    // One in four is damaged: a byte changed, or the end cut off.
    if (test_below(random, 4) == 0) {
        r->bytes[test_below(random, r->len)] = (char)test_random(random);
    }
    if (test_below(random, 20) == 0) {
        r->len = test_below(random, r->len + 1);
    }
    // Behind the record stands what may stand there: the next one.
    memset(r->bytes + r->len, test_below(random, 2) ? '"' : 0, ARTICLE_PADDING);
}

static void walks_as_it_parses(void **state)
{
    enum { ROUNDS = 60000 };
    uint64_t random = test_seed("prop_json");
    struct json_parser *parser = json_parser_new();
    struct record *r = calloc(1, sizeof *r);
    struct buf room = {0};
    size_t accepted = 0;
    (void)state;
    assert_non_null(parser);
    assert_non_null(r);
    for (unsigned round = 0; round < ROUNDS; round++) {
        struct json_value walked[N_FIELDS];
        struct json_value parsed[N_FIELDS];
        make_record(r, &random);
        struct str record = {r->bytes, r->len};
        assert_int_equal(json_walk(COPYDESK_CPU_PORTABLE, record, &names, walked, &room), JSON_UNUSUAL);
        if (json_walk(COPYDESK_CPU_AVX2, record, &names, walked, &room) == JSON_UNUSUAL) {
            continue;
        }
        accepted++;
        assert_int_equal(json_parse(parser, record, &names, parsed), JSON_OK);
        for (int i = 0; i < N_FIELDS; i++) {
            assert_int_equal(walked[i].type, parsed[i].type);
            assert_true(walked[i].type == JSON_NUMBER && !walked[i].text.data
                            ? !parsed[i].text.data
                            : str_equal(walked[i].text, parsed[i].text));
        }
    }
#if defined(__x86_64__)
    // Else the test would show nothing.
    assert_true(!__builtin_cpu_supports("avx2") || accepted > ROUNDS / 4);
#endif
    buf_release(&room);
    json_parser_free(parser);
    free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks_as_it_parses),
    };
    return cmocka_run_group_tests_name("prop_json", tests, NULL, NULL);
}
