// waiting.c - articles by name, until they are acknowledged. Contract in waiting.h.
//
// Chains behind a table that doubles; in a chain one article of each name, and behind it a queue of the
// others, in the order in which they were judged, which is that in which they are named. The same message
// again (name and content) takes the place of the one that waits, if it is among the first of its queue. One
// block of memory an article: the name, its strings, words and flags.

#include "pipeline/waiting.h"

#include "base/mem.h"

#include <xxhash.h>

enum { FIRST_SLOTS = 256, LOOKED_AT = 64 /* of a queue, for the same message */ };

struct waiter {
    struct waiter *next;  // in the chain: of the first of a queue
    struct waiter *later; // in the queue
    struct waiter *last;  // of the queue: of the first one
    uint64_t hash;
    size_t bytes;
    struct str name, text;
    struct index_record record;
    uint64_t words[]; // then flags, then strings
};

struct waiting {
    struct waiter **slots;
    size_t n_slots;
    size_t n_names, n;          // queues; articles
    uint64_t bytes, most_bytes; // of waiters; most: 0 for no limit
    struct waiter *taken;       // the last one handed out
};

struct waiting *waiting_new(uint64_t most_bytes)
{
    struct waiting *w = mem_zalloc(1, sizeof *w);
    struct waiter **slots = mem_zalloc(FIRST_SLOTS, sizeof *slots);
    if (!w || !slots) {
        mem_free(w);
        mem_free(slots);
        return NULL;
    }
    w->slots = slots;
    w->n_slots = FIRST_SLOTS;
    w->most_bytes = most_bytes;
    return w;
}

void waiting_free(struct waiting *w)
{
    if (!w) {
        return;
    }
    for (size_t i = 0; i < w->n_slots; i++) {
        for (struct waiter *at = w->slots[i], *next; at; at = next) {
            next = at->later ? at->later : at->next;
            if (at->later) {
                at->later->next = at->next;
            }
            mem_free(at);
        }
    }
    mem_free(w->taken);
    mem_free(w->slots);
    mem_free(w);
}

static struct waiter **find(struct waiting *w, uint64_t hash, struct str name)
{
    struct waiter **at = &w->slots[hash & (w->n_slots - 1)];
    while (*at && ((*at)->hash != hash || !str_equal((*at)->name, name))) {
        at = &(*at)->next;
    }
    return at;
}

static bool double_slots(struct waiting *w)
{
    size_t n = 2 * w->n_slots;
    struct waiter **slots = mem_zalloc(n, sizeof *slots);
    if (!slots) {
        return false;
    }
    for (size_t i = 0; i < w->n_slots; i++) {
        for (struct waiter *at = w->slots[i], *next; at; at = next) {
            next = at->next;
            at->next = slots[at->hash & (n - 1)];
            slots[at->hash & (n - 1)] = at;
        }
    }
    mem_free(w->slots);
    w->slots = slots;
    w->n_slots = n;
    return true;
}

static struct str put(char **at, struct str s)
{
    struct str copy = {*at, s.len};
    if (s.len > 0) {
        memcpy(*at, s.data, s.len);
    }
    *at += s.len;
    return copy;
}

static struct waiter *copy_of(struct str name, const struct index_record *r, struct str text)
{
    size_t n = r->words ? r->n_words : 0;
    size_t bytes =
        n * (sizeof(uint64_t) + 1) + name.len + text.len + r->id.len + r->title.len + r->source.len;
    struct waiter *w = mem_alloc(1, sizeof *w + bytes);
    if (!w) {
        return NULL;
    }
    uint8_t *flags = (uint8_t *)(w->words + n);
    char *at = (char *)flags + n;
    *w = (struct waiter){.record = *r, .bytes = sizeof *w + bytes};
    if (n > 0) {
        memcpy(w->words, r->words, n * sizeof *w->words);
        memcpy(flags, r->flags, n);
        w->record.words = w->words;
        w->record.flags = flags;
    }
    w->name = put(&at, name);
    w->text = put(&at, text);
    w->record.id = put(&at, r->id);
    w->record.title = put(&at, r->title);
    w->record.source = put(&at, r->source);
    return w;
}

// Where the same message stands in the queue that begins at *first; where a new one goes, when it does not.
static struct waiter **place_of(struct waiter **first, uint64_t content)
{
    struct waiter **at = first;
    for (size_t i = 0; *at && i < LOOKED_AT; i++, at = &(*at)->later) {
        if ((*at)->record.content == content) {
            return at;
        }
    }
    return &(*first)->last->later;
}

// The new one in the place of the old one; frees that.
static void replace(struct waiting *w, struct waiter **first, struct waiter **at, struct waiter *new)
{
    struct waiter *old = *at;
    new->later = old->later;
    if (old == *first) {
        new->next = old->next;
        new->last = old->last == old ? new : old->last;
    } else if ((*first)->last == old) {
        (*first)->last = new;
    }
    *at = new;
    w->n--;
    w->bytes -= old->bytes;
    mem_free(old);
}

static void join(struct waiting *w, struct waiter **first, struct waiter *new)
{
    if (!*first) {
        new->last = new;
        *first = new;
        w->n_names++;
        return;
    }
    struct waiter **at = place_of(first, new->record.content);
    if (*at) {
        replace(w, first, at, new);
    } else {
        *at = new;
        (*first)->last = new;
    }
}

int waiting_add(struct waiting *w, struct str name, const struct index_record *record, struct str text,
                struct copydesk_error *error)
{
    uint64_t hash = XXH3_64bits(name.data ? name.data : "", name.len);
    if (w->n >= WAITING_MOST) {
        return error_set(error, COPYDESK_ERR_STATE, NULL,
                         "%d articles wait to be acknowledged; nobody sends their ids back", WAITING_MOST);
    }
    if (w->most_bytes && w->bytes > w->most_bytes) {
        return error_set(error, COPYDESK_ERR_MEMORY, NULL,
                         "%zu articles wait to be acknowledged, more than memory is given for; send ids back "
                         "sooner, or give more",
                         w->n);
    }
    struct waiter *new = copy_of(name, record, text);
    if (!new || (w->n_names >= w->n_slots && !double_slots(w))) {
        mem_free(new);
        return error_memory(error);
    }
    new->hash = hash;
    w->n++;
    w->bytes += new->bytes;
    join(w, find(w, hash, name), new);
    return 0;
}

int waiting_take(struct waiting *w, struct str name, struct index_record *record, struct str *text)
{
    uint64_t hash = XXH3_64bits(name.data ? name.data : "", name.len);
    struct waiter **at = find(w, hash, name);
    if (!*at) {
        return 0;
    }
    mem_free(w->taken);
    w->taken = *at;
    struct waiter *then = w->taken->later;
    if (then) {
        then->next = w->taken->next;
        then->last = w->taken->last;
    }
    *at = then ? then : w->taken->next;
    w->n_names -= !then;
    w->n--;
    w->bytes -= w->taken->bytes;
    *record = w->taken->record;
    *text = w->taken->text;
    return 1;
}

size_t waiting_count(const struct waiting *w)
{
    return w->n;
}
