/*
 * input.c - the list of inputs: files, folders, standard input, lines from memory.
 *
 * In:  paths in the order given. Out: a list of files, each with its format where the name tells it.
 *
 * A folder is walked to the end before anything is read, and its files are sorted bytewise by full path, so
 * that the order of articles, and with it every choice that falls back on input order, does not depend on the
 * file system. Names that start with a dot are passed over, as file managers do. A symbolic link to a file is
 * read, a link to a folder is not followed: links can form loops. Folders that cannot be read are failures,
 * for articles would be missing.
 *
 * Named files are opened at once, to fail before hours of work. Files of a folder are only checked for
 * permission: there may be hundreds of thousands. What a file holds is looked at when its turn comes
 * (backing.c).
 *
 * Memory: the list is the one thing in this room that grows with the input: about 150 bytes and a name for
 * each file.
 */
#include "read/room.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_NAME       "(memory)"
#define MAX_ARTICLE_BYTES ((uint64_t)1 << 31)

static const struct format *const formats[] = {&format_jsonl, &format_csv, &format_tsv, &format_wet,
                                               &format_text};

const struct format *format_find(enum copydesk_format format)
{
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
        if (formats[i]->format == format) {
            return formats[i];
        }
    }
    return &format_jsonl;
}

static bool ends_with(struct str name, const char *extension)
{
    size_t len = strlen(extension);

    return name.len > len && name.data[name.len - len - 1] == '.' &&
           strncasecmp(name.data + name.len - len, extension, len) == 0;
}

enum copydesk_format format_by_name(struct str name)
{
    if (ends_with(name, "gz") || ends_with(name, "zst")) {
        name.len -= ends_with(name, "gz") ? 3 : 4;
    }
    for (size_t i = 0; i < sizeof(formats) / sizeof(*formats); i++) {
        for (size_t k = 0; k < 3 && formats[i]->extensions[k]; k++) {
            if (ends_with(name, formats[i]->extensions[k])) {
                return formats[i]->format;
            }
        }
    }
    return COPYDESK_FORMAT_AUTO;
}

enum copydesk_format format_by_bytes(struct str first)
{
    first = str_trim(first);
    if (str_starts(first, STR("{"))) {
        return COPYDESK_FORMAT_JSONL;
    }
    return str_starts(first, STR("WARC/")) ? COPYDESK_FORMAT_WET : COPYDESK_FORMAT_AUTO;
}

void input_warn(struct input *in, const struct input_file *file, const char *what)
{
    char message[1024];

    if (in->options.warning) {
        snprintf(message, sizeof(message), "%s: %s", file->name, what);
        in->options.warning(in->options.callback_data, message);
    }
}

static const char *copy_option(struct input *in, const char *option)
{
    return option ? arena_copy(&in->arena, option, strlen(option) + 1) : NULL;
}

static void copy_options(struct input *in, const struct read_options *options)
{
    struct read_options *o = &in->options;
    const char *temp_dir = options->temp_dir;

    if (!temp_dir || !*temp_dir) {
        temp_dir = getenv("TMPDIR");
    }
    *o = *options;
    o->charset = copy_option(in, options->charset && *options->charset ? options->charset : NULL);
    o->temp_dir = copy_option(in, temp_dir && *temp_dir ? temp_dir : "/tmp");
    if (o->max_article_bytes == 0 || o->max_article_bytes > MAX_ARTICLE_BYTES) {
        o->max_article_bytes = MAX_ARTICLE_BYTES;
    }
    in->names.name[FIELD_ID] = str_of(copy_option(in, options->id_field ? options->id_field : "id"));
    in->names.name[FIELD_TITLE] =
        str_of(copy_option(in, options->title_field ? options->title_field : "title"));
    in->names.name[FIELD_TEXT] = str_of(copy_option(in, options->text_field ? options->text_field : "text"));
    in->names.name[FIELD_URL] = str_of(copy_option(in, options->url_field ? options->url_field : "url"));
    in->names.name[FIELD_DATE] = str_of(copy_option(in, options->date_field ? options->date_field : "date"));
    in->names.name[FIELD_SOURCE] =
        str_of(copy_option(in, options->source_field ? options->source_field : "source"));
    in->names.name[FIELD_DOMAIN] = STR("domain");
}

int input_new(struct input **input, const struct read_options *options, struct copydesk_error *error)
{
    struct input *in = mem_zalloc(1, sizeof(*in));
    int status = COPYDESK_OK;

    *input = NULL;
    if (!in) {
        return error_memory(error);
    }
    if (pthread_mutex_init(&in->next_lock, NULL) != 0) {
        mem_free(in);
        return error_memory(error);
    }
    if (pthread_mutex_init(&in->cache_lock, NULL) != 0) {
        pthread_mutex_destroy(&in->next_lock);
        mem_free(in);
        return error_memory(error);
    }
    in->stdin_fd = -1;
    in->total_known = true;
    copy_options(in, options);
    spool_init(&in->spool, in->options.temp_dir);
    in->scratch = mem_alloc(SCRATCH_BYTES, 1);
    if (in->arena.failed || !in->scratch) {
        status = error_memory(error);
    } else {
        status = decoder_new(&in->decoder, in->options.charset, error);
    }
    if (status != COPYDESK_OK) {
        input_free(in);
        return status;
    }
    *input = in;
    return COPYDESK_OK;
}

void input_free(struct input *in)
{
    if (!in) {
        return;
    }
    backing_release(in);
    for (size_t i = 0; i < in->n_files; i++) {
        mem_free(in->files[i].header);
    }
    mem_free(in->files);
    decoder_free(in->decoder);
    buf_release(&in->converted);
    mem_free(in->scratch);
    arena_release(&in->arena);
    pthread_mutex_destroy(&in->cache_lock);
    pthread_mutex_destroy(&in->next_lock);
    mem_free(in);
}

static int add_file(struct input *in, const char *name, struct input_file **file,
                    struct copydesk_error *error)
{
    const char *copy;

    if (in->reading) {
        return error_set(error, COPYDESK_ERR_STATE, name, "inputs cannot be added once reading has begun");
    }
    if (in->n_files >= UINT32_MAX) {
        return error_set(error, COPYDESK_ERR_INPUT, name, "there are too many inputs");
    }
    copy = arena_copy(&in->arena, name, strlen(name) + 1);
    if (!copy || !mem_grow((void **)&in->files, &in->cap_files, in->n_files + 1, sizeof(*in->files))) {
        return error_memory(error);
    }
    *file = &in->files[in->n_files++];
    **file = (struct input_file){.name = copy, .format = in->options.format, .known = in->adding_known};
    if ((*file)->format == COPYDESK_FORMAT_AUTO) {
        (*file)->format = format_by_name(str_of(copy));
    }
    return COPYDESK_OK;
}

// Counts towards the total only what will be read as it lies.
static void add_to_total(struct input *in, const struct input_file *file, const struct stat *info)
{
    struct str name = str_of(file->name);

    if (!S_ISREG(info->st_mode) || ends_with(name, "gz") || ends_with(name, "zst")) {
        in->total_known = false;
    } else {
        in->total_bytes += (uint64_t)info->st_size;
    }
}

struct walk {
    struct input *in;
    struct arena arena;
    const char **found;
    size_t n_found, cap_found;
};

static int walk_folder(struct walk *w, const char *folder, struct copydesk_error *error);

static int walk_entry(struct walk *w, const char *folder, const struct dirent *entry,
                      struct copydesk_error *error)
{
    size_t folder_len = strlen(folder);
    size_t name_len = strlen(entry->d_name);
    char *path = arena_alloc(&w->arena, folder_len + name_len + 2);
    struct stat info;

    if (!path || !mem_grow((void **)&w->found, &w->cap_found, w->n_found + 1, sizeof(*w->found))) {
        return error_memory(error);
    }
    while (folder_len > 1 && folder[folder_len - 1] == '/') {
        folder_len--;
    }
    memcpy(path, folder, folder_len);
    if (folder[folder_len - 1] != '/') {
        path[folder_len++] = '/';
    }
    memcpy(path + folder_len, entry->d_name, name_len + 1);
    if (lstat(path, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot read: %s", strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return walk_folder(w, path, error);
    }
    w->found[w->n_found++] = path;
    return COPYDESK_OK;
}

static int walk_folder(struct walk *w, const char *folder, struct copydesk_error *error)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    int status = COPYDESK_OK;

    if (!dir) {
        return error_set(error, COPYDESK_ERR_IO, folder, "cannot read the folder: %s", strerror(errno));
    }
    while (status == COPYDESK_OK) {
        errno = 0;
        entry = readdir(dir);
        if (!entry) {
            if (errno != 0) {
                status =
                    error_set(error, COPYDESK_ERR_IO, folder, "cannot read the folder: %s", strerror(errno));
            }
            break;
        }
        if (entry->d_name[0] != '.') {
            status = walk_entry(w, folder, entry, error);
        }
    }
    closedir(dir);
    return status;
}

static int compare_paths(const void *a, const void *b)
{
    // strcmp() compares as unsigned bytes, in every locale.
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int add_found(struct input *in, const char *path, struct copydesk_error *error)
{
    struct input_file unknown = {.name = path};
    struct input_file *file;
    struct stat info;
    int status;

    if (stat(path, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        input_warn(in, &unknown, "skipped, links to folders are not followed");
        return COPYDESK_OK;
    }
    if (!S_ISREG(info.st_mode)) {
        input_warn(in, &unknown, "skipped, not a regular file");
        return COPYDESK_OK;
    }
    if (access(path, R_OK) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
    }
    status = add_file(in, path, &file, error);
    if (status == COPYDESK_OK) {
        file->from_folder = true;
        file->device = (uint64_t)info.st_dev;
        file->inode = (uint64_t)info.st_ino;
        add_to_total(in, file, &info);
    }
    return status;
}

static int add_folder(struct input *in, const char *path, struct copydesk_error *error)
{
    struct walk w = {.in = in};
    int status = walk_folder(&w, path, error);

    if (status == COPYDESK_OK && w.n_found > 0) {
        qsort(w.found, w.n_found, sizeof(*w.found), compare_paths);
    }
    for (size_t i = 0; status == COPYDESK_OK && i < w.n_found; i++) {
        status = add_found(in, w.found[i], error);
    }
    mem_free(w.found);
    arena_release(&w.arena);
    return status;
}

static int add_stdin(struct input *in, struct copydesk_error *error)
{
    struct input_file *file;
    int status;

    if (in->stdin_added) {
        return error_set(error, COPYDESK_ERR_INPUT, "-", "standard input can be read only once");
    }
    status = add_file(in, "-", &file, error);
    if (status == COPYDESK_OK) {
        file->is_stdin = true;
        in->stdin_added = true;
        in->total_known = false;
    }
    return status;
}

// A plain file whose name says nothing is looked into now; a packed one only when it is read.
static int check_format(struct input_file *file, int fd, struct copydesk_error *error)
{
    char first[512];
    size_t got;
    size_t bom;
    int status;

    if (file->format != COPYDESK_FORMAT_AUTO) {
        return COPYDESK_OK;
    }
    status = file_pread(fd, first, sizeof(first), 0, &got, file->name, error);
    if (status != COPYDESK_OK || got == 0 || unpack_sniff(first, got) != UNPACK_NONE ||
        decode_sniff((struct str){first, got}, NULL, &bom) != DECODE_NARROW) {
        return status;
    }
    if (str_trim((struct str){first + bom, got - bom}).len > 0 &&
        format_by_bytes((struct str){first + bom, got - bom}) == COPYDESK_FORMAT_AUTO) {
        return error_set(error, COPYDESK_ERR_INPUT, file->name, "cannot tell the format; use --format");
    }
    return COPYDESK_OK;
}

int input_add_path(struct input *in, const char *path, struct copydesk_error *error)
{
    struct input_file *file;
    struct stat info;
    int status;
    int fd;

    if (strcmp(path, "-") == 0) {
        return add_stdin(in, error);
    }
    if (stat(path, &info) < 0) {
        return error_set(error, COPYDESK_ERR_IO, path, "cannot open: %s", strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return add_folder(in, path, error);
    }
    status = add_file(in, path, &file, error);
    if (status != COPYDESK_OK) {
        return status;
    }
    // Opening a named pipe would wait for its writer, and eat its first bytes when closed.
    if (S_ISREG(info.st_mode)) {
        status = file_open(path, &fd, error);
        if (status == COPYDESK_OK) {
            status = check_format(file, fd, error);
            close(fd);
        }
    }
    if (status == COPYDESK_OK) {
        file->device = (uint64_t)info.st_dev;
        file->inode = (uint64_t)info.st_ino;
        add_to_total(in, file, &info);
    } else {
        in->n_files--;
    }
    return status;
}

int input_add_known_path(struct input *in, const char *path, struct copydesk_error *error)
{
    int status;

    in->adding_known = true;
    status = input_add_path(in, path, error);
    in->adding_known = false;
    return status;
}

static int compare_places(const void *a, const void *b)
{
    const struct input_file *left = *(const struct input_file *const *)a;
    const struct input_file *right = *(const struct input_file *const *)b;

    if (left->device != right->device) {
        return left->device < right->device ? -1 : 1;
    }
    return (left->inode > right->inode) - (left->inode < right->inode);
}

int input_settle_known(struct input *in, struct copydesk_error *error)
{
    const struct input_file **judged = mem_alloc(in->n_files + 1, sizeof(*judged));
    size_t n_judged = 0;
    size_t n = 0;

    if (!judged) {
        return error_memory(error);
    }
    for (size_t i = 0; i < in->n_files; i++) {
        if (!in->files[i].known && in->files[i].inode != 0) {
            judged[n_judged++] = &in->files[i];
        }
    }
    if (n_judged > 0 && n_judged < in->n_files) {
        bool *twice = mem_zalloc(in->n_files, sizeof(*twice));
        if (!twice) {
            mem_free(judged);
            return error_memory(error);
        }
        qsort(judged, n_judged, sizeof(*judged), compare_places);
        for (size_t i = 0; i < in->n_files; i++) {
            const struct input_file *file = &in->files[i];
            twice[i] = file->known && file->inode != 0 &&
                       bsearch(&file, judged, n_judged, sizeof(*judged), compare_places);
        }
        for (size_t i = 0; i < in->n_files; i++) {
            if (!twice[i]) {
                in->files[n++] = in->files[i];
            }
        }
        in->total_known = in->total_known && n == in->n_files;
        in->n_files = n;
        mem_free(twice);
    }
    mem_free(judged);
    return COPYDESK_OK;
}

int input_add_line(struct input *in, struct str line, struct copydesk_error *error)
{
    struct input_file *file = in->n_files > 0 ? &in->files[in->n_files - 1] : NULL;
    int status = COPYDESK_OK;

    if (in->reading) {
        return error_set(error, COPYDESK_ERR_STATE, MEMORY_NAME,
                         "inputs cannot be added once reading has begun");
    }
    if (!file || file->kind != INPUT_MEMORY) {
        status = add_file(in, MEMORY_NAME, &file, error);
        if (status != COPYDESK_OK) {
            return status;
        }
        file->kind = INPUT_MEMORY;
        file->format = COPYDESK_FORMAT_JSONL;
        file->base = in->spool.len;
    }
    status = spool_write(&in->spool, line.data, line.len, error);
    if (status == COPYDESK_OK) {
        file->size += line.len;
        in->total_bytes += line.len;
    }
    return status;
}

int input_add_stream(struct input *in, const char *name, uint32_t *file_no, struct copydesk_error *error)
{
    struct input_file *file = NULL;
    int status = add_file(in, name, &file, error);

    if (status == COPYDESK_OK) {
        file->kind = INPUT_MEMORY;
        file->format = COPYDESK_FORMAT_JSONL;
        file->base = in->spool.len;
        *file_no = (uint32_t)(in->n_files - 1);
    }
    return status;
}

size_t input_n_files(const struct input *in)
{
    return in->n_files;
}

struct str input_file_name(const struct input *in, uint32_t file_no)
{
    return str_of(in->files[file_no].name);
}

enum copydesk_format input_file_format(const struct input *in, uint32_t file_no)
{
    return in->files[file_no].format;
}

bool input_file_damaged(const struct input *in, uint32_t file_no)
{
    return in->files[file_no].damaged;
}

bool input_file_known(const struct input *in, uint32_t file_no)
{
    return in->files[file_no].known;
}

uint64_t input_total_bytes(const struct input *in)
{
    return in->total_known ? in->total_bytes : 0;
}

struct str input_file_header(const struct input *in, uint32_t file_no)
{
    const struct csv_header *header = in->files[file_no].header;

    return header ? (struct str){header->bytes, header->len} : (struct str){NULL, 0};
}
