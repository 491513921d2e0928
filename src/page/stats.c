// stats.c - how long the articles of a corpus are, and how those of each source end. Contract in page.h.
//
// Both questions have no answer that holds everywhere: a text of ten words is a stub among articles and
// normal among headlines; a text without a full stop is cut off at one outlet and usual at another, and in
// Thai. So both are asked of the corpus.
//
//     length   a histogram of words. Short is what has less than an eighth of the median, at most 30 words.
//              The median, so that even a corpus a third of which is stubs still finds them.
//     endings  for each source, how many texts end with a final mark. Sources share 4,096 slots by hash; two
//              in one slot are judged alike. A source with few articles leans on the corpus, a small corpus
//              on the habit of the world (nine in ten).

#include "page/parts.h"

#include "base/hash.h"
#include "base/mem.h"

enum { MOST_WORDS = 255, SLOT_BITS = 12, SLOTS = 1 << SLOT_BITS, SHORT_PART = 8, SHORT_MOST = 30 };

struct endings {
    uint32_t articles, closed;
};

struct page_stats {
    uint32_t words[MOST_WORDS + 1]; // articles by number of words, the last: that many or more
    struct endings all;
    struct endings sources[SLOTS];
};

struct page_stats *page_stats_new(void)
{
    return mem_zalloc(1, sizeof(struct page_stats));
}

void page_stats_free(struct page_stats *stats)
{
    mem_free(stats);
}

static void count(uint32_t *counter, uint32_t more)
{
    *counter = more < UINT32_MAX - *counter ? *counter + more : UINT32_MAX;
}

static void uncount(uint32_t *counter, uint32_t less)
{
    *counter -= less;
}

static size_t slot_of(uint64_t source)
{
    return (size_t)(hash_mix(source) >> (64 - SLOT_BITS));
}

// Adds the article once, or takes it away.
static void add_article(struct page_stats *stats, uint64_t source, struct str text,
                        const struct tokens *words, void (*change)(uint32_t *counter, uint32_t by))
{
    // Twice as many tokens are enough to know that there are as many words.
    size_t n = page_count(words->flags, words->n < 2 * MOST_WORDS ? words->n : 2 * MOST_WORDS);
    enum page_ending ending = page_ending(text);
    uint32_t closed = ending == PAGE_ENDS_CLOSED;
    change(&stats->words[n < MOST_WORDS ? n : MOST_WORDS], 1);
    if (n == 0) {
        return;
    }
    change(&stats->all.articles, 1);
    change(&stats->all.closed, closed);
    if (source) {
        struct endings *own = &stats->sources[slot_of(source)];
        change(&own->articles, 1);
        change(&own->closed, closed);
    }
}

void page_stats_add(struct page_stats *stats, uint64_t source, struct str text, const struct tokens *words)
{
    add_article(stats, source, text, words, count);
}

void page_stats_take_back(struct page_stats *stats, uint64_t source, struct str text,
                          const struct tokens *words)
{
    add_article(stats, source, text, words, uncount);
}

void page_stats_merge(struct page_stats *stats, const struct page_stats *other)
{
    for (size_t i = 0; i <= MOST_WORDS; i++) {
        count(&stats->words[i], other->words[i]);
    }
    count(&stats->all.articles, other->all.articles);
    count(&stats->all.closed, other->all.closed);
    for (size_t i = 0; i < SLOTS; i++) {
        count(&stats->sources[i].articles, other->sources[i].articles);
        count(&stats->sources[i].closed, other->sources[i].closed);
    }
}

void page_stats_write(const struct page_stats *stats, struct buf *out)
{
    buf_add(out, stats, sizeof *stats);
}

static bool plausible(struct endings e)
{
    return e.closed <= e.articles;
}

int page_stats_read(struct page_stats *stats, struct str data, struct copydesk_error *error)
{
    struct page_stats *saved = NULL;
    bool sound = data.len == sizeof *saved;
    if (sound) {
        saved = mem_alloc(1, sizeof *saved);
        if (!saved) {
            return error_memory(error);
        }
        memcpy(saved, data.data, sizeof *saved);
        sound = plausible(saved->all);
        for (size_t i = 0; i < SLOTS; i++) {
            sound = sound && plausible(saved->sources[i]);
        }
    }
    if (sound) {
        page_stats_merge(stats, saved);
    }
    mem_free(saved);
    return sound ? COPYDESK_OK
                 : error_set(error, COPYDESK_ERR_INPUT, NULL, "the statistics of pages are damaged");
}

uint32_t page_closed_share(const struct page_stats *stats, uint64_t source)
{
    enum { WHOLE = 10000, HABIT = 9000, CORPUS_WEIGHT = 10, SOURCE_WEIGHT = 8 };
    if (!stats) {
        return HABIT;
    }
    uint64_t corpus = ((uint64_t)stats->all.closed * WHOLE + CORPUS_WEIGHT * HABIT) /
                      ((uint64_t)stats->all.articles + CORPUS_WEIGHT);
    if (!source) {
        return (uint32_t)corpus;
    }
    const struct endings *own = &stats->sources[slot_of(source)];
    return (uint32_t)(((uint64_t)own->closed * WHOLE + SOURCE_WEIGHT * corpus) /
                      ((uint64_t)own->articles + SOURCE_WEIGHT));
}

bool page_has_texts(const struct page_stats *stats)
{
    return stats && stats->words[0] < stats->all.articles;
}

uint32_t page_short_limit(const struct page_stats *stats)
{
    uint64_t n = 0;
    uint64_t below = 0;
    uint32_t median = 0;
    if (!stats) {
        return SHORT_MOST;
    }
    // Texts without a word say nothing about how long those with words are.
    for (size_t i = 1; i <= MOST_WORDS; i++) {
        n += stats->words[i];
    }
    while (median < MOST_WORDS && 2 * below < n) {
        below += stats->words[++median];
    }
    uint32_t limit = n == 0 ? SHORT_MOST : median / SHORT_PART;
    return limit < 1 ? 1 : limit < SHORT_MOST ? limit : SHORT_MOST;
}
