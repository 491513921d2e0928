/*
 * read_text.c - plain text: one article a file.
 *
 * In:  a whole file. Out: an article whose title is the first line that is not blank, whose text is what
 * follows it, and whose id is the name of the file.
 */
#include "read/room.h"

static size_t first(const struct input_file *file, struct str rest, enum follows follows, bool *skip)
{
    (void)file;
    *skip = false;
    return follows == FILE_ENDS ? rest.len : 0;
}

static size_t whole(struct str rest, enum follows follows)
{
    return follows == FILE_ENDS ? rest.len : 0;
}

static int length(struct input *in, struct input_file *file, uint64_t *len, bool *skip,
                  struct copydesk_error *error)
{
    size_t got;

    *skip = false;
    *len = 0;
    do {
        int status = backing_read(in, file, in->current.pos + *len, in->scratch, SCRATCH_BYTES, &got, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        *len += got;
    } while (got == SCRATCH_BYTES);
    return COPYDESK_OK;
}

static int parse(struct record_reader *reader, const struct input_file *file, struct str raw,
                 struct article *article, struct copydesk_error *error)
{
    struct str body;
    int status = record_to_utf8(reader, raw, &body, error);

    if (status != COPYDESK_OK) {
        return status;
    }
    article_set_body(article, body);
    article->id = str_of(file->name);
    if (!json_valid_utf8(article->id)) {
        // A name in another charset: ids are UTF-8, whatever the file system holds.
        buf_clear(&reader->unescaped);
        status = decoder_convert(reader->decoder, article->id, &reader->unescaped, error);
        article->id = (struct str){reader->unescaped.data, reader->unescaped.len};
    }
    return status;
}

const struct format format_text = {
    .format = COPYDESK_FORMAT_TEXT,
    .extensions = {"txt", "text"},
    .first = first,
    .whole = whole,
    .length = length,
    .parse = parse,
};
