/*
 * json.cc - simdjson behind functions that C can call. The one C++ file.
 *
 * In:  one record with padding behind it. Out: the values of the named fields of a JSON object.
 *
 * The DOM parser is used, not on-demand: it checks every byte of the record, so broken JSON is found even in
 * fields that nobody asks for, and unescapes all strings in the same pass. It reads the record in place, at 4
 * GB/s and more.
 *
 * Only functions that return error codes are called and memory comes from nothrow new, so no exception can
 * leave this file. Memory: simdjson's arrays are made for the longest record seen, touched only as far as a
 * record needs, and given back after a giant.
 *
 * Limits: numbers that fit neither 64 bits nor a double, and more than 1,024 nested brackets, are errors
 * here; json_scan() accepts the former.
 */
// base/str.h has a compound literal, which C++ compilers know but do not love.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wpedantic"
#include "read/json.h"

#include "article.h"
#pragma GCC diagnostic pop

#include <new>
#include <simdjson.h>

namespace dom = simdjson::dom;

static_assert(simdjson::SIMDJSON_PADDING <= ARTICLE_PADDING, "records need more padding");

static const size_t LEAST_BYTES = 64 << 10;
static const size_t USUAL_BYTES = 1 << 20;
static const size_t GIANT_BYTES = 4 << 20;
static const size_t INTEGER_DIGITS = 24;

struct json_parser {
    dom::parser simd;
    char integers[N_FIELDS][INTEGER_DIGITS];
};

extern "C" struct json_parser *json_parser_new(void)
{
    return new (std::nothrow) json_parser;
}

extern "C" void json_parser_free(struct json_parser *parser)
{
    delete parser;
}

extern "C" bool json_valid_utf8(struct str bytes)
{
    return bytes.len == 0 || simdjson::validate_utf8(bytes.data, bytes.len);
}

// Digits backwards from the end of the slot.
static struct str write_integer(char *slot, uint64_t magnitude, bool negative)
{
    char *end = slot + INTEGER_DIGITS;
    char *p = end;

    do {
        *--p = static_cast<char>('0' + magnitude % 10);
        magnitude /= 10;
    } while (magnitude != 0);
    if (negative) {
        *--p = '-';
    }
    return {p, static_cast<size_t>(end - p)};
}

static struct json_value value_of(dom::element element, char *slot)
{
    struct json_value value = {JSON_OTHER, {nullptr, 0}, {nullptr, 0}};

    switch (element.type()) {
    case dom::element_type::STRING: {
        std::string_view text;
        if (!element.get_string().get(text)) {
            value = {JSON_STRING, {text.data(), text.size()}, {nullptr, 0}};
        }
        break;
    }
    case dom::element_type::INT64: {
        int64_t number = 0;
        value.type = JSON_NUMBER;
        // Zero may have been written as -0.
        if (!element.get_int64().get(number) && number != 0) {
            uint64_t magnitude = static_cast<uint64_t>(number);
            value.text = write_integer(slot, number < 0 ? 0 - magnitude : magnitude, number < 0);
        }
        break;
    }
    case dom::element_type::UINT64: {
        uint64_t number = 0;
        value.type = JSON_NUMBER;
        if (!element.get_uint64().get(number)) {
            value.text = write_integer(slot, number, false);
        }
        break;
    }
    case dom::element_type::DOUBLE:
        value.type = JSON_NUMBER;
        break;
    case dom::element_type::NULL_VALUE:
        value.type = JSON_ABSENT;
        break;
    default:
        break;
    }
    return value;
}

static simdjson::error_code fit(dom::parser &simd, size_t len)
{
    if (simd.capacity() > GIANT_BYTES && len <= USUAL_BYTES) {
        return simd.allocate(USUAL_BYTES);
    }
    if (simd.capacity() < len) {
        return simd.allocate(len < LEAST_BYTES / 2 ? LEAST_BYTES : len < GIANT_BYTES / 2 ? 2 * len : len);
    }
    return simdjson::SUCCESS;
}

extern "C" enum json_result json_parse(struct json_parser *parser, struct str record,
                                       const struct field_names *names, struct json_value values[N_FIELDS])
{
    dom::element root;
    dom::object object;

    for (int i = 0; i < N_FIELDS; i++) {
        values[i] = {JSON_ABSENT, {nullptr, 0}, {nullptr, 0}};
    }
    simdjson::error_code code = fit(parser->simd, record.len);
    if (!code) {
        // The padding is there already, so nothing is copied.
        code = parser->simd.parse(record.data, record.len, false).get(root);
    }
    if (code) {
        return code == simdjson::MEMALLOC     ? JSON_NO_MEMORY
               : code == simdjson::UTF8_ERROR ? JSON_NOT_UTF8
                                              : JSON_INVALID;
    }
    if (root.get_object().get(object)) {
        return JSON_NOT_OBJECT;
    }
    for (dom::key_value_pair pair : object) {
        int field = field_find(names, pair.key.data(), pair.key.size());
        if (field >= 0) {
            values[field] = value_of(pair.value, parser->integers[field]);
        }
    }
    return JSON_OK;
}
