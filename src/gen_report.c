/*
 * gen_report.c - the page for people as one C array: report.html with report.css and report.js in it.
 *
 *   gen_report OUT.c report.html report.css report.js
 *
 * Where the page says {{css}} and {{js}} the files are put in; {{csp}} becomes a policy that allows this
 * style and this script, by their SHA-256, and nothing else. Names in double braces that are left are
 * filled in by write_html.c. SHA-256 as in FIPS 180-4.
 *
 * A file that could end its own element is refused, so that the page stays what it looks like.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t len;
};

static struct text read_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    struct text text = {NULL, 0};
    size_t cap = 1 << 20;

    text.data = malloc(cap);
    if (!in || !text.data) {
        fprintf(stderr, "gen_report: cannot read %s\n", path);
        exit(1);
    }
    text.len = fread(text.data, 1, cap - 1, in);
    if (ferror(in) || text.len == cap - 1) {
        fprintf(stderr, "gen_report: cannot read %s, or it is too long\n", path);
        exit(1);
    }
    text.data[text.len] = '\0';
    fclose(in);
    return text;
}

static void refuse(const char *path, struct text text, const char *word)
{
    if (strstr(text.data, word)) {
        fprintf(stderr, "gen_report: %s must not contain %s\n", path, word);
        exit(1);
    }
}

// ---- SHA-256

__extension__ typedef unsigned __int128 wide;

/* The first 32 bits of the fractional part of a root of a prime, by integer search: no table to mistype. */
static uint32_t root_bits(unsigned prime, int power)
{
    // The largest r with r^power <= prime * 2^(32*power): less than 2^37, so that 128 bits hold its cube.
    uint64_t root = 0;

    for (int bit = 36; bit >= 0; bit--) {
        uint64_t r = root | UINT64_C(1) << bit;
        wide product = (wide)r * r * (power == 3 ? r : 1);
        bool fits = product <= (wide)prime << 32 * power;
        root = fits ? r : root;
    }
    return (uint32_t)root;
}

static void make_constants(uint32_t h[8], uint32_t k[64])
{
    unsigned prime = 2;

    for (int n = 0; n < 64; prime++) {
        bool is_prime = true;
        for (unsigned d = 2; d * d <= prime && is_prime; d++) {
            is_prime = prime % d != 0;
        }
        if (is_prime) {
            if (n < 8) {
                h[n] = root_bits(prime, 2);
            }
            k[n++] = root_bits(prime, 3);
        }
    }
}

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void add_block(uint32_t h[8], const uint32_t k[64], const uint8_t *block)
{
    uint32_t w[64];
    uint32_t s[8];

    for (int i = 0; i < 16; i++) {
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    }
    for (int i = 16; i < 64; i++) {
        uint32_t a = rotate(w[i - 15], 7) ^ rotate(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t b = rotate(w[i - 2], 17) ^ rotate(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + a + w[i - 7] + b;
    }
    memcpy(s, h, sizeof s);
    for (int i = 0; i < 64; i++) {
        uint32_t e = rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25);
        uint32_t a = rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22);
        uint32_t t1 = s[7] + e + ((s[4] & s[5]) ^ (~s[4] & s[6])) + k[i] + w[i];
        uint32_t t2 = a + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof *s);
        s[4] += t1;
        s[0] = t1 + t2;
    }
    for (int i = 0; i < 8; i++) {
        h[i] += s[i];
    }
}

/* 'sha256-...' with the digest in base64: 43 digits and one =. */
static void print_hash(char out[64], struct text text)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t blocks = (text.len + 8) / 64 + 1;
    uint8_t *padded = calloc(blocks, 64);
    uint8_t digest[33] = {0};
    uint32_t h[8];
    uint32_t k[64];
    char *p = out;

    if (!padded) {
        exit(1);
    }
    memcpy(padded, text.data, text.len);
    padded[text.len] = 0x80;
    for (int i = 0; i < 8; i++) {
        padded[blocks * 64 - 1 - (size_t)i] = (uint8_t)((uint64_t)text.len * 8 >> 8 * i);
    }
    make_constants(h, k);
    for (size_t i = 0; i < blocks; i++) {
        add_block(h, k, padded + 64 * i);
    }
    for (int i = 0; i < 32; i++) {
        digest[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
    }
    memcpy(p, "'sha256-", 8);
    p += 8;
    for (int i = 0; i < 33; i += 3) {
        uint32_t group = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 | digest[i + 2];
        for (int j = 0; j < 4; j++) {
            *p++ = digits[group >> (18 - 6 * j) & 63];
        }
    }
    memcpy(p - 1, "='", 3); // the 33rd byte is none
    free(padded);
}

// ---- the page

static size_t n_out;

static void put(FILE *out, const char *data, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        fprintf(out, n_out++ % 24 == 0 ? "\n%d," : "%d,", (signed char)data[i]);
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) {
        fputs("usage: gen_report OUT.c report.html report.css report.js\n", stderr);
        return 1;
    }
    struct text page = read_file(argv[2]);
    struct text css = read_file(argv[3]);
    struct text js = read_file(argv[4]);
    char style[64];
    char script[64];
    char policy[512];
    refuse(argv[3], css, "</");
    refuse(argv[3], css, "{{");
    refuse(argv[4], js, "</");
    refuse(argv[4], js, "<!--");
    refuse(argv[4], js, "{{");
    print_hash(style, css);
    print_hash(script, js);
    snprintf(policy, sizeof policy,
             "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'", style,
             script);
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return 1;
    }
    fputs("#include \"write/html.h\"\n\nconst char html_template[] = {", out);
    for (size_t i = 0; i < page.len;) {
        if (strncmp(page.data + i, "{{css}}", 7) == 0) {
            put(out, css.data, css.len);
            i += 7;
        } else if (strncmp(page.data + i, "{{js}}", 6) == 0) {
            put(out, js.data, js.len);
            i += 6;
        } else if (strncmp(page.data + i, "{{csp}}", 7) == 0) {
            put(out, policy, strlen(policy));
            i += 7;
        } else {
            put(out, page.data + i++, 1);
        }
    }
    fprintf(out, "\n};\nconst size_t html_template_len = sizeof html_template;\n");
    free(page.data);
    free(css.data);
    free(js.data);
    if (fclose(out) != 0) {
        perror(argv[1]);
        return 1;
    }
    return 0;
}
