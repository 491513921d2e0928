// test_token.c - what is a token, which tokens are the same, what is known of them; the hash; long texts;
// short memory.
#include "test.h"

#include "base/cpu.h"
#include "text/token.h"
#include "text/token_kernel.h"

static int n_levels(void)
{
    return (int)cpu_level(COPYDESK_CPU_BEST) + 1;
}

// A tokenizer and its result for a text that is copied into a padded block.
struct run {
    struct tokenizer *tokenizer;
    struct tokens tokens;
    char *text;
};

static struct run tokens_of(int level, const char *text, size_t len)
{
    struct run r = {.tokenizer = tokenizer_new((enum copydesk_cpu)level),
                    .text = malloc(len + TOKEN_PADDING)};
    assert_non_null(r.tokenizer);
    assert_non_null(r.text);
    memcpy(r.text, text, len);
    memset(r.text + len, 'x', TOKEN_PADDING);
    assert_int_equal(tokenize(r.tokenizer, r.text, len, true, &r.tokens), 0);
    return r;
}

static void end_run(struct run *r)
{
    tokenizer_free(r->tokenizer);
    free(r->text);
}

static void splits(void **state)
{
    static const struct {
        const char *name, *text, *expected; // tokens with a bar behind each
    } cases[] = {
        {"nothing", "", ""},
        {"no word", " ,.;- \n\t!", ""},
        {"words", "One, two  three.", "One|two|three|"},
        {"apostrophe", "don't", "don|t|"},
        {"curly apostrophe", "don\xe2\x80\x99t", "don|t|"},
        {"hyphen and dash", "well-known \xe2\x80\x93 yes\xe2\x80\x94no", "well|known|yes|no|"},
        {"quotes", "\xe2\x80\x9cSo?\xe2\x80\x9d \xc2\xabNo\xc2\xbb", "So|No|"},
        {"underscore", "snake_case _x", "snake_case|_x|"},
        {"numbers", "3.5 1,000 $4m 7th", "3|5|1|000|4m|7th|"},
        {"no-break space", "a\xc2\xa0z", "a|z|"},
        {"line separators", "a\xe2\x80\xa8z\xc2\x85y", "a|z|y|"},
        {"accents", "caf\xc3\xa9 \xc3\x89tat", "caf\xc3\xa9|\xc3\x89tat|"},
        {"combining accent", "cafe\xcc\x81s", "cafe\xcc\x81s|"},
        {"Cyrillic", "\xd0\x9f\xd1\x80\xd0\xb8, \xd1\x8f", "\xd0\x9f\xd1\x80\xd0\xb8|\xd1\x8f|"},
        {"Ethiopic word space", "\xe1\x88\x80\xe1\x8d\xa1\xe1\x88\x81", "\xe1\x88\x80|\xe1\x88\x81|"},
        {"Devanagari with marks", "\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d",
         "\xe0\xa4\xb9\xe0\xa4\xbf\xe0\xa4\xa8\xe0\xa5\x8d|"},
        {"Hangul is written with spaces", "\xed\x95\x9c\xea\xb5\xad \xec\x96\xb4",
         "\xed\x95\x9c\xea\xb5\xad|\xec\x96\xb4|"},
        {"Han", "\xe6\x96\xb0\xe9\x97\xbb\xe3\x80\x82", "\xe6\x96\xb0|\xe9\x97\xbb|"},
        {"Han beside letters",
         "A\xe6\x96\xb0"
         "B7\xe9\x97\xbb",
         "A|\xe6\x96\xb0|B7|\xe9\x97\xbb|"},
        {"Han extension B", "\xf0\xa0\x80\x80\xf0\xa0\x80\x81", "\xf0\xa0\x80\x80|\xf0\xa0\x80\x81|"},
        {"kana", "\xe3\x81\x8b\xe3\x82\xab\xe3\x83\xbc", "\xe3\x81\x8b|\xe3\x82\xab|\xe3\x83\xbc|"},
        {"Thai marks stay with their letter", "\xe0\xb8\x81\xe0\xb8\xb1\xe0\xb9\x88\xe0\xb8\x99\xe0\xb8\xb1",
         "\xe0\xb8\x81\xe0\xb8\xb1\xe0\xb9\x88|\xe0\xb8\x99\xe0\xb8\xb1|"},
        {"Thai digits are a number", "\xe0\xb9\x91\xe0\xb9\x92\xe0\xb8\x81",
         "\xe0\xb9\x91\xe0\xb9\x92|\xe0\xb8\x81|"},
        {"soft hyphen", "co\xc2\xadop", "co\xc2\xadop|"},
        {"ignored characters alone", " \xe2\x80\x8b \xef\xbb\xbf\xc2\xad ", ""},
        {"ignored character behind Han", "\xe6\x96\xb0\xe2\x80\x8bx", "\xe6\x96\xb0\xe2\x80\x8b|x|"},
        {"control inside and alone", "a\x02z \x01", "a\x02z|"},
        {"DEL parts", "a\x7fz", "a|z|"},
        {"emoji part", "a\xf0\x9f\x98\x80z", "a|z|"},
        {"invalid byte", "a\xffz\x80y", "a|z|y|"},
        {"cut off sequence", "a\xc3 z\xe2\x80", "a|z|"},
        {"overlong", "a\xc1\xa1z\xe0\x81\xa1y", "a|z|y|"},
        {"surrogate", "a\xed\xa0\x80z", "a|z|"},
        {"tag", "<p>one</p>", "one|"},
        {"tag inside a word", "one<br/>two", "one|two|"},
        {"tag with attributes", "<a href=\"some/where\" class='x y'>link</a>", "link|"},
        {"capital tag", "<STRONG>b</Strong>", "b|"},
        {"heading", "<h1>top</h1 >", "top|"},
        {"tag over a line end", "<div\n id=x>y", "y|"},
        {"tag with other letters in it", "<img alt=\"\xd0\xb1\xe6\x96\xb0\">y", "y|"},
        {"no element", "<foo>x</foo>", "foo|x|foo|"},
        {"no element, but begins like one", "<bx> <h7>", "bx|h7|"},
        {"comparison", "a < b > c <3", "a|b|c|3|"},
        {"never closed", "<p class=x", "p|class|x|"},
        {"another opens first", "<p class=<b>x", "p|class|x|"},
        {"mail address", "<a@b.example>", "a|b|example|"},
    };
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            struct run r = tokens_of(level, cases[i].text, strlen(cases[i].text));
            char found[256];
            size_t len = 0;
            for (size_t k = 0; k < r.tokens.n; k++) {
                size_t n = r.tokens.end[k] - r.tokens.start[k];
                memcpy(found + len, r.text + r.tokens.start[k], n);
                found[len + n] = '|';
                len += n + 1;
            }
            if (len != strlen(cases[i].expected) || memcmp(found, cases[i].expected, len) != 0) {
                fail_msg("level %d, %s: %.*s", level, cases[i].name, (int)len, found);
            }
            end_run(&r);
        }
    }
}

// A tag is at most 300 bytes long.
static void longest_tag(void **state)
{
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        for (size_t len = 290; len < 310; len++) {
            char text[400];
            memset(text, 'y', sizeof text);
            memcpy(text, "<a ", 3);
            text[len - 1] = '>';
            struct run r = tokens_of(level, text, len);
            assert_int_equal(r.tokens.n, len <= 300 ? 0 : 2);
            end_run(&r);
        }
    }
}

// Texts with the same hashes, and such as must not have them.
static void same_or_not(void **state)
{
    static const struct {
        const char *a, *b;
        bool same;
    } cases[] = {
        {"The Cat", "the cAT", true},
        {"Stra\xc3\x9f"
         "e",
         "STRASSE", true},
        {"\xc3\x89tat", "e\xcc\x81tat", true},
        {"\xd0\x99\xd0\x9e\xd0\x94", "\xd0\xb8\xcc\x86\xd0\xbe\xd0\xb4", true},
        {"\xce\xa3\xce\x9f\xce\xa3", "\xcf\x83\xce\xbf\xcf\x82", true},
        {"e\xcc\x81\xcc\xa3", "\xe1\xba\xb9\xcc\x81", true},
        {"\xed\x95\x9c", "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab", true},
        {"\xef\xbc\xa6\xef\xbd\x95\xef\xbd\x8c\xef\xbd\x8c", "full", true},
        {"of\xef\xac\x81"
         "ce",
         "office", true},
        {"co\xc2\xadop\xe2\x80\x8b", "coop", true},
        {"\xd9\x85\xdb\x8c\xe2\x80\x8c\xd8\xb4", "\xd9\x85\xdb\x8c\xd8\xb4", true},
        {"\xd8\xb3\xd9\x80\xd9\x84", "\xd8\xb3\xd9\x84", true},
        {"\xd9\xa1\xd9\xa2", "12", true},
        {"\xef\xbd\xb6\xef\xbe\x9e", "\xe3\x82\xac", true},
        {"<b>so</b>", "so", true},
        {"abc", "abd", false},
        {"abc", "abcd", false},
        {"word word", "word", false},
        {"a bc", "ab c", false},
        {"\xc3\xa9", "e", false},
        {"\xc4\xb1", "i", false},
        {"abcdefghijklmnopq", "abcdefghijklmnopr", false},
        {"abcdefghijklmnop", "abcdefghijklmnopp", false},
    };
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            struct run a = tokens_of(level, cases[i].a, strlen(cases[i].a));
            struct run b = tokens_of(level, cases[i].b, strlen(cases[i].b));
            bool same = a.tokens.n == b.tokens.n &&
                        memcmp(a.tokens.hash, b.tokens.hash, a.tokens.n * sizeof *a.tokens.hash) == 0;
            if (same != cases[i].same) {
                fail_msg("level %d: %s, %s", level, cases[i].a, cases[i].b);
            }
            end_run(&a);
            end_run(&b);
        }
    }
}

static void flags(void **state)
{
    static const struct {
        const char *word;
        unsigned flags;
    } cases[] = {
        {"word", 0},
        {"Word", TOKEN_UPPER},
        {"wOrd", 0},
        {"_Word", 0},
        {"7up", TOKEN_DIGIT},
        {"x7", 0},
        {"\xc3\x84rger", TOKEN_UPPER},
        {"A\xcc\x88rger", TOKEN_UPPER},
        {"\xd0\x9c\xd0\xb8\xd1\x80", TOKEN_UPPER},
        {"\xd0\xbc\xd0\x98\xd1\x80", 0},
        {"\xce\x91", TOKEN_UPPER},
        {"\xc7\x85", TOKEN_UPPER},
        {"\xe1\xba\xa4", TOKEN_UPPER},
        {"\xef\xbc\xa1", TOKEN_UPPER},
        {"\xf0\x90\x90\x80", TOKEN_UPPER},
        {"\xe2\x80\x8bNews", TOKEN_UPPER},
        {"\xd9\xa3", TOKEN_DIGIT},
        {"\xe2\x81\xa0"
         "5",
         TOKEN_DIGIT},
        {"\xc2\xbd", 0},
        {"\xe6\x96\xb0", TOKEN_SOLO},
        {"\xe0\xb8\x81\xe0\xb8\xb1", TOKEN_SOLO},
        {"\xef\xa4\x80", TOKEN_SOLO},
        {"\xe3\x81\x8b\xe3\x82\x99", TOKEN_SOLO},
    };
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            struct run r = tokens_of(level, cases[i].word, strlen(cases[i].word));
            assert_int_equal(r.tokens.n, 1);
            if (r.tokens.flags[0] != cases[i].flags) {
                fail_msg("level %d: %s has flags %d", level, cases[i].word, r.tokens.flags[0]);
            }
            end_run(&r);
        }
    }
}

// Stored fingerprints depend on these values: they never change.
static void hash_values(void **state)
{
    static const struct {
        const char *word;
        uint64_t hash;
    } cases[] = {
        {"a", 0x44c3d5d768322979u},
        {"The", 0xecc4763af32df6e0u},
        {"newspaper", 0x8b1f5987c80a8191u},
        {"abcdefghijklmnop", 0x177432513347d048u},
        {"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", 0x761b049984bfbd9fu},
        {"\xd0\x9c\xd0\xb8\xd1\x80", 0xadfb1bcf19f2e221u},
    };
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        for (size_t i = 0; i < COUNT_OF(cases); i++) {
            struct run r = tokens_of(level, cases[i].word, strlen(cases[i].word));
            assert_int_equal(r.tokens.n, 1);
            if (r.tokens.hash[0] != cases[i].hash) {
                fail_msg("level %d, %s: 0x%016llx", level, cases[i].word,
                         (unsigned long long)r.tokens.hash[0]);
            }
            end_run(&r);
        }
    }
}

// A vocabulary that is harder on a hash than a language is: counters behind the same beginnings and before
// the same endings. Five million values of 64 bits are all different with a probability of 0.9999993.
static void no_collisions(void **state)
{
    enum { N = 5000000 };
    static const char *const endings[] = {
        "", "s", "ing", "ation", "wards", "lichkeit", "genossenschaft", "skaya oblast"};
    uint64_t *hashes = malloc(N * sizeof *hashes);
    (void)state;
    assert_non_null(hashes);
    for (size_t i = 0; i < N; i++) {
        char word[64] = {0};
        size_t len = 0;
        for (size_t left = i / COUNT_OF(endings); left || len == 0; left /= 26) {
            word[len++] = (char)('a' + left % 26);
        }
        const char *ending = endings[i % COUNT_OF(endings)];
        word[len++] = '_';
        memcpy(word + len, ending, strlen(ending));
        hashes[i] = token_hash_bytes((const uint8_t *)word, len + strlen(ending));
    }
    qsort(hashes, N, sizeof *hashes, test_compare_u64);
    for (size_t i = 1; i < N; i++) {
        assert_true(hashes[i - 1] != hashes[i]);
    }
    free(hashes);
}

// Changing one bit of a word changes each bit of the hash about half of the time.
static void avalanche(void **state)
{
    enum { N = 4000 };
    static const size_t lengths[] = {4, 6, 8, 12, 14, 16, 20, 24, 32};
    uint64_t random = 7;
    (void)state;
    for (size_t l = 0; l < COUNT_OF(lengths); l++) {
        size_t n_bits = lengths[l] * 8;
        unsigned flips[32 * 8][64] = {{0}};
        for (unsigned round = 0; round < N; round++) {
            uint8_t word[64] = {0};
            for (size_t i = 0; i < lengths[l]; i++) {
                word[i] = (uint8_t)('a' + test_below(&random, 26));
            }
            uint64_t hash = token_hash_bytes(word, lengths[l]);
            for (size_t in = 0; in < n_bits; in++) {
                word[in / 8] ^= (uint8_t)(1u << in % 8);
                uint64_t changed = hash ^ token_hash_bytes(word, lengths[l]);
                word[in / 8] ^= (uint8_t)(1u << in % 8);
                for (unsigned out = 0; out < 64; out++) {
                    flips[in][out] += changed >> out & 1;
                }
            }
        }
        for (size_t in = 0; in < n_bits; in++) {
            for (unsigned out = 0; out < 64; out++) {
                if (flips[in][out] < N * 4 / 10 || flips[in][out] > N * 6 / 10) {
                    fail_msg("%zu bytes: bit %zu changes bit %u in %u of %d", lengths[l], in, out,
                             flips[in][out], N);
                }
            }
        }
    }
}

// One word of a megabyte, plain and with a mark that makes it slow; and a megabyte of one-letter words.
static void long_texts(void **state)
{
    enum { N = 1 << 20 };
    static const uint8_t letter[16] = "z";
    char *text = malloc(N + TOKEN_PADDING);
    (void)state;
    assert_non_null(text);
    for (int level = 0; level < n_levels(); level++) {
        struct tokenizer *t = tokenizer_new((enum copydesk_cpu)level);
        struct tokens tokens;
        assert_non_null(t);
        memset(text, 'a', N + TOKEN_PADDING);
        assert_int_equal(tokenize(t, text, N, true, &tokens), 0);
        assert_int_equal(tokens.n, 1);
        assert_int_equal(tokens.end[0], N);
        assert_true(tokens.hash[0] == token_hash_bytes((const uint8_t *)text, N));
        memcpy(text + N - 2, "\xcc\x81", 2);
        assert_int_equal(tokenize(t, text, N, true, &tokens), 0);
        assert_int_equal(tokens.n, 1);
        assert_int_equal(tokens.end[0], N);
        memcpy(text + N - 3, "\xc3\xa1", 2);
        assert_true(tokens.hash[0] == token_hash_bytes((const uint8_t *)text, N - 1));
        for (size_t i = 0; i < N; i++) {
            text[i] = i % 2 ? ' ' : 'z';
        }
        assert_int_equal(tokenize(t, text, N, false, &tokens), 0);
        assert_int_equal(tokens.n, N / 2);
        for (size_t i = 0; i < tokens.n; i++) {
            assert_true(tokens.hash[i] == token_hash_bytes(letter, 1));
        }
        tokenizer_free(t);
    }
    free(text);
}

static int tokenize_some(void *data)
{
    static const char text[300 + TOKEN_PADDING] = "Some words, and e\xcc\x81 that folds slowly";
    enum copydesk_cpu level = *(enum copydesk_cpu *)data;
    struct tokenizer *t = tokenizer_new(level);
    if (!t) {
        return COPYDESK_ERR_MEMORY;
    }
    struct tokens tokens;
    int status = tokenize(t, text, 300, true, &tokens);
    if (status == 0) {
        assert_int_equal(tokens.n, 7);
        status = tokenize(t, text, 300, true, &tokens);
    }
    tokenizer_free(t);
    return status;
}

static void memory(void **state)
{
    (void)state;
    for (int level = 0; level < n_levels(); level++) {
        enum copydesk_cpu cpu = (enum copydesk_cpu)level;
        assert_int_equal(test_each_allocation(tokenize_some, &cpu), 8); // and none for the second text
    }
    tokenizer_free(NULL);
}

static void levels(void **state)
{
    (void)state;
    assert_int_equal(cpu_level(COPYDESK_CPU_PORTABLE), COPYDESK_CPU_PORTABLE);
    assert_true(cpu_level(COPYDESK_CPU_AVX2) <= COPYDESK_CPU_AVX2);
    assert_true(cpu_level(COPYDESK_CPU_BEST) <= COPYDESK_CPU_AVX512);
    assert_true(cpu_level(COPYDESK_CPU_BEST) >= cpu_level(COPYDESK_CPU_AVX2));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(splits),    cmocka_unit_test(longest_tag), cmocka_unit_test(same_or_not),
        cmocka_unit_test(flags),     cmocka_unit_test(hash_values), cmocka_unit_test(no_collisions),
        cmocka_unit_test(avalanche), cmocka_unit_test(long_texts),  cmocka_unit_test(memory),
        cmocka_unit_test(levels),
    };
    return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
