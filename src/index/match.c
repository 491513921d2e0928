// match.c - prints of a new article to the earlier ones worth comparing with it.
//
// In:  fingerprints, bands, exact key, id and content of an article. Out: at most 64 candidates, best first;
// the article it equals; the one with its id; how common its fingerprints are.
//
//   1. Look up.  Each print in every segment and in the recent table: how many articles have it (up to 255)
//                and the newest of them, up to 64, fewer for a text of book length. So a template that
//                200,000 articles share costs no more than one that 64 share.
//   2. Vote.     A fingerprint that at most three articles have, the new one counted, is rare: a story's.
//                Others are common: a site's phrase as likely as a story's. A band is a vote of its own.
//   3. Choose.   Rules of match/candidate.c, for one article: three rare ones (of half as many
//   fingerprints), or
//                one in ten of those that the shorter of the two can have; common ones: one in three of them.
//                What a candidate has of all it would need adds up to its place in the list: an old copy with
//                a few rare votes stands above the latest 64 of its template.
//
// match/candidate.c has all pairs before it, and lets both sides choose which prints to meet by; here the
// earlier articles have posted long ago, so the new one meets by all it has. Both find what shares a tenth;
// the batch may pass over members of a template by the thousand, which are found here by the newest 64.

#include "index/match.h"

#include "base/mem.h"
#include "base/sort.h"
#include "index/room.h"

enum {
    COMMON = 4, // articles, this one counted, from which a fingerprint is common, as in match/candidate.c
    VOTE_SHARE = 10,  // one fingerprint in 10 must be shared ...
    COMMON_SHARE = 3, // ... of common ones, one in 3
    TWICE = 2,        // and seen more than once
    VOTES = 3,        // or so many that are rare, where prose has few in common by chance
    ENOUGH = 16,      // of a candidate: what just suffices
    MEETINGS = 8192,  // articles met by all prints together ...
    LEAST_MET = 8,    // ... but at least so many by each
    TOGETHER = 128,   // prints looked up side by side
    SHARE = 255,
    NAMES = 3, // the last prints, each of which finds one article: exact key, id, id and content
};

void index_match_release(struct index_match *m)
{
    if (m->found) {
        mem_free(m->found->prints);
        mem_free(m->found->articles);
        mem_free(m->found->order);
        mem_free(m->found->buckets);
        mem_free(m->found->votes);
        mem_free(m->found->places);
        mem_free(m->found);
    }
    mem_free(m->candidates);
    *m = (struct index_match){0};
}

// ---- 1. look up

static size_t most_met(size_t n_prints)
{
    size_t each = MEETINGS / (n_prints + 1);
    return each > PRINT_NEWEST ? PRINT_NEWEST : each < LEAST_MET ? LEAST_MET : each;
}

static uint64_t print_at(const struct index_prints *p, size_t i)
{
    size_t n = p->n_fingerprints + p->n_bands;
    return print_of(i < n ? p->hashes[i] : i == n ? p->exact : i == n + 1 ? p->id : p->message);
}

// An article without a key, or an id, has no print of it.
static bool is_none(const struct index_prints *p, size_t i)
{
    size_t n = p->n_fingerprints + p->n_bands;
    return i >= n && (i == n ? p->exact : p->id) == 0;
}

static bool reserve_prints(struct index_found *f, const struct index_prints *p)
{
    f->n_prints = p->n_fingerprints + p->n_bands + NAMES;
    f->n_articles = 0;
    void *prints = f->prints;
    bool ok = mem_grow(&prints, &f->cap_prints, f->n_prints, sizeof *f->prints);
    f->prints = prints;
    return ok;
}

static bool reserve_articles(struct index_found *f, size_t more)
{
    void *articles = f->articles;
    bool ok = mem_grow(&articles, &f->cap_articles, f->n_articles + more, sizeof *f->articles);
    f->articles = articles;
    return ok;
}

// Of one print, in the segments that may have it, the newest below `below` first. Room for `most`.
static struct found_print look(const struct index_store *ix, uint64_t print, uint64_t hits,
                               uint32_t (*buckets)[2], uint32_t below, size_t most, struct index_found *f)
{
    struct found_print found = {.first = (uint32_t)f->n_articles};
    uint32_t *out = f->articles + f->n_articles;
    size_t n = 0;
    size_t count = 0;
    while (hits && count < PRINT_COUNTED) {
        size_t s = 63 - (size_t)__builtin_clzll(hits);
        const struct postings *p = &ix->segments[s];
        uint32_t from = buckets[s * TOGETHER][0];
        uint32_t to = buckets[s * TOGETHER][1];
        hits ^= UINT64_C(1) << s;
        postings_range(p, print, &from, &to);
        while (to > from && postings_article(p, p->values[to - 1]) >= below) {
            to--;
        }
        count += to - from;
        for (; to > from && n < most; to--) {
            out[n++] = postings_article(p, p->values[to - 1]);
        }
    }
    f->n_articles += n;
    found.n = (uint8_t)n;
    found.count = (uint8_t)(count < PRINT_COUNTED ? count : PRINT_COUNTED);
    return found;
}

// Prints [from, to): all memory that they need is asked for before it is looked at.
static void look_all(const struct index_store *ix, const struct index_prints *p, size_t from, size_t to,
                     uint32_t below, struct index_found *f)
{
    _Static_assert(MOST_SEGMENTS <= 64, "a bit for each segment");
    uint64_t prints[TOGETHER];
    uint64_t hits[TOGETHER] = {0};
    size_t n = to - from;
    size_t most = most_met(f->n_prints);
    for (size_t i = 0; i < n; i++) {
        prints[i] = print_at(p, from + i);
    }
    for (size_t s = 0; s < ix->n_segments; s++) {
        postings_fetch(&ix->segments[s], prints, n);
    }
    for (size_t s = 0; s < ix->n_segments; s++) {
        postings_buckets(&ix->segments[s], prints, n, f->buckets + s * TOGETHER);
    }
    for (size_t s = 0; s < ix->n_segments; s++) {
        postings_hits(&ix->segments[s], prints, n, f->buckets + s * TOGETHER, UINT64_C(1) << s, hits);
    }
    for (size_t i = 0; i < n; i++) {
        f->prints[from + i] = look(ix, prints[i], hits[i], f->buckets + i, below, most, f);
    }
}

static bool reserve_probe(const struct index_store *ix, struct index_found *f)
{
    void *buckets = f->buckets;
    bool ok = mem_grow(&buckets, &f->cap_buckets, ix->n_segments * TOGETHER, sizeof *f->buckets);
    f->buckets = buckets;
    return ok && reserve_articles(f, TOGETHER * PRINT_NEWEST);
}

static int probe(const struct index_store *ix, const struct index_prints *p, uint32_t below,
                 struct index_match *m, struct copydesk_error *error)
{
    if (!m->found) {
        m->found = mem_zalloc(1, sizeof *m->found);
    }
    struct index_found *f = m->found;
    if (!f || !reserve_prints(f, p)) {
        return error_memory(error);
    }
    f->is_probed = false;
    memset(f->prints, 0, f->n_prints * sizeof *f->prints);
    for (size_t i = 0; i < f->n_prints && ix->n_segments; i += TOGETHER) {
        if (!reserve_probe(ix, f)) {
            return error_memory(error);
        }
        look_all(ix, p, i, i + TOGETHER < f->n_prints ? i + TOGETHER : f->n_prints, below, f);
    }
    f->generation = ix->generation;
    f->is_probed = true;
    return 0;
}

int index_probe(const struct index_store *ix, const struct index_prints *p, struct index_match *m,
                struct copydesk_error *error)
{
    return probe(ix, p, INDEX_NONE, m, error);
}

// The recent articles come first: they are the newest.
static int add_recent(const struct index_store *ix, const struct index_prints *p, uint32_t below,
                      struct index_found *f, struct copydesk_error *error)
{
    size_t most = most_met(f->n_prints);
    if (!reserve_articles(f, f->n_prints * most)) {
        return error_memory(error);
    }
    for (size_t i = 0; i < f->n_prints; i++) {
        recent_fetch(&ix->recent, print_at(p, i));
    }
    for (size_t i = 0; i < f->n_prints; i++) {
        struct found_print *found = &f->prints[i];
        if (is_none(p, i)) {
            *found = (struct found_print){0};
            continue;
        }
        size_t count;
        uint32_t *out = f->articles + f->n_articles;
        size_t n = recent_look(&ix->recent, print_at(p, i), below, out, most, &count);
        if (n == 0) {
            continue;
        }
        size_t older = found->n < most - n ? found->n : most - n;
        memcpy(out + n, f->articles + found->first, older * sizeof *out);
        count += found->count;
        *found = (struct found_print){(uint32_t)f->n_articles, (uint8_t)(n + older),
                                      (uint8_t)(count < PRINT_COUNTED ? count : PRINT_COUNTED)};
        f->n_articles += n + older;
    }
    return 0;
}

// ---- 2. vote

static struct vote *vote_of(const struct index_found *f, uint32_t article)
{
    size_t at = article * UINT32_C(0x9e3779b1) & (f->n_votes - 1);
    while (f->votes[at].article != 0 && f->votes[at].article != article + 1) {
        at = (at + 1) & (f->n_votes - 1);
    }
    f->votes[at].article = article + 1;
    return &f->votes[at];
}

static int vote(struct index_found *f, const struct index_prints *p, struct copydesk_error *error)
{
    size_t meetings = 0;
    for (size_t i = 0; i + NAMES < f->n_prints; i++) {
        meetings += f->prints[i].n;
    }
    for (f->n_votes = 16; f->n_votes < 2 * meetings; f->n_votes *= 2) {
    }
    void *votes = f->votes;
    bool ok = mem_grow(&votes, &f->cap_votes, f->n_votes, sizeof *f->votes);
    f->votes = votes;
    if (!ok) {
        return error_memory(error);
    }
    memset(f->votes, 0, f->n_votes * sizeof *f->votes);
    for (size_t i = 0; i + NAMES < f->n_prints; i++) {
        const struct found_print *found = &f->prints[i];
        bool is_rare = found->count + 1 < COMMON;
        for (size_t k = 0; k < found->n; k++) {
            struct vote *v = vote_of(f, f->articles[found->first + k]);
            uint16_t *of = i >= p->n_fingerprints ? &v->bands : is_rare ? &v->rare : &v->common;
            *of = (uint16_t)(*of + (*of < UINT16_MAX));
        }
    }
    return 0;
}

// ---- 3. choose

// Fingerprints that an article can share with a longer one.
static size_t sharable(struct print_size size)
{
    return size.expected < size.fingerprints ? size.expected : size.fingerprints;
}

// What it has of what it needs, in sixteenths, all ways together; 0: not enough by any one of them.
static uint32_t score(const struct vote *v, struct print_size size, size_t mine)
{
    size_t small = sharable(size) < mine ? sharable(size) : mine;
    size_t rare = v->rare;
    size_t shared = rare + v->common;
    size_t n = small ? small : 1;
    bool by_common = shared >= TWICE && shared * COMMON_SHARE >= n;
    if (!v->bands && rare < VOTES && rare * VOTE_SHARE < n && !by_common) {
        return 0;
    }
    size_t sum =
        v->bands * ENOUGH + (rare * VOTE_SHARE + shared * COMMON_SHARE) * ENOUGH / n + rare * ENOUGH / VOTES;
    return sum < UINT32_MAX ? (uint32_t)sum | 1 : UINT32_MAX;
}

static int choose(struct index_store *ix, struct index_found *f, const struct index_prints *p,
                  struct index_match *m, struct copydesk_error *error)
{
    void *order = f->order;
    void *candidates = m->candidates;
    bool ok = mem_grow(&order, &f->cap_order, 2 * f->n_votes, sizeof *f->order);
    f->order = order;
    ok = ok && mem_grow(&candidates, &f->cap_candidates, INDEX_MAX_CANDIDATES, sizeof *m->candidates);
    m->candidates = candidates;
    if (!ok) {
        return error_memory(error);
    }
    size_t mine = sharable(print_size_of(p));
    size_t n = 0;
    for (size_t i = 0; i < f->n_votes; i++) {
        const struct vote *v = &f->votes[i];
        uint32_t votes = v->article ? score(v, store_size(ix, v->article - 1), mine) : 0;
        if (votes) {
            f->order[n++] = (uint64_t)~votes << 32 | (uint32_t) ~(v->article - 1);
        }
    }
    sort_u64(f->order, f->order + f->n_votes, n, 0);
    for (size_t i = 0; i < n && m->n < INDEX_MAX_CANDIDATES; i++) {
        struct index_candidate c = {~(uint32_t)f->order[i], ~(uint32_t)(f->order[i] >> 32)};
        bool live;
        int status = store_check_live(ix, c.article, &live, error);
        if (status < 0) {
            return status;
        }
        if (live) {
            m->candidates[m->n++] = c;
        }
    }
    return 0;
}

// The earliest live article with the same key: the leader of the oldest one found, or that one.
static int find_exact(struct index_store *ix, struct index_found *f, const struct index_record *record,
                      struct index_match *m, struct copydesk_error *error)
{
    const struct found_print *found = &f->prints[f->n_prints - 3];
    for (size_t i = found->n; i-- > 0 && m->exact == INDEX_NONE;) {
        uint32_t article = f->articles[found->first + i];
        struct index_record other;
        int status = index_get(ix, article, 0, ix->own, &other, error);
        if (status < 0) {
            return status;
        }
        if (other.key[0] != record->key[0] || other.key[1] != record->key[1]) {
            continue;
        }
        bool live = false;
        if (other.leader != article && (status = store_check_live(ix, other.leader, &live, error)) < 0) {
            return status;
        }
        m->exact = live ? other.leader : INDEX_NONE;
        if (!live && (status = store_check_live(ix, article, &live, error)) < 0) {
            return status;
        }
        m->exact = m->exact == INDEX_NONE && live ? article : m->exact;
    }
    return 0;
}

// The newest live article of those found by a print that has the id; with this content, if asked for.
static int find_newest(struct index_store *ix, const struct index_found *f, const struct found_print *found,
                       const struct index_record *record, bool same_content, uint32_t *article,
                       struct copydesk_error *error)
{
    struct str id = {record->id.data, record->id.len < UINT16_MAX ? record->id.len : UINT16_MAX};
    for (size_t i = 0; i < found->n; i++) {
        uint32_t number = f->articles[found->first + i];
        struct index_record other;
        int status = index_get(ix, number, INDEX_STRINGS, ix->own, &other, error);
        if (status < 0) {
            return status;
        }
        if ((!same_content || other.content == record->content) && str_equal(other.id, id) &&
            store_is_live(ix, number, &other)) {
            *article = number;
            break;
        }
    }
    return 0;
}

// The newest live article with the same id and content; without one, the newest with the same id. The first
// has a print of its own: of the versions of a story any may be delivered again, however many there are.
static int find_id(struct index_store *ix, struct index_found *f, const struct index_record *record,
                   struct index_match *m, struct copydesk_error *error)
{
    const struct found_print *last = &f->prints[f->n_prints - 1];
    int status = find_newest(ix, f, last, record, true, &m->same_id, error);
    return status < 0 || m->same_id != INDEX_NONE
               ? status
               : find_newest(ix, f, last - 1, record, false, &m->same_id, error);
}

// Of an article that is not in the index.
static uint8_t common_share(const struct index_found *f, const struct index_prints *p)
{
    size_t common = 0;
    for (size_t i = 0; i < p->n_fingerprints; i++) {
        common += f->prints[i].count + 1 >= COMMON;
    }
    return (uint8_t)(p->n_fingerprints ? SHARE * common / p->n_fingerprints : 0);
}

int index_candidates(struct index_store *ix, const struct index_record *record, const struct index_prints *p,
                     uint32_t below, struct index_match *m, struct copydesk_error *error)
{
    int status = 0;
    m->n = 0;
    m->exact = INDEX_NONE;
    m->same_id = INDEX_NONE;
    // As of an earlier time than the last seal, the newest articles are others than those looked up ahead.
    if (!m->found || !m->found->is_probed || m->found->generation != ix->generation ||
        below < ix->recent.base) {
        status = probe(ix, p, below, m, error);
    }
    status = status < 0 ? status : add_recent(ix, p, below, m->found, error);
    status = status < 0 ? status : vote(m->found, p, error);
    status = status < 0 ? status : choose(ix, m->found, p, m, error);
    status = status < 0 ? status : find_exact(ix, m->found, record, m, error);
    status = status < 0 ? status : find_id(ix, m->found, record, m, error);
    if (m->found) {
        m->found->is_probed = false;
        m->found->has_places = false;
        m->found->counted = status < 0 || below != INDEX_NONE ? INDEX_NONE : index_count(ix);
        m->common = status < 0 ? 0 : common_share(m->found, p);
    }
    return status;
}

// ---- how common another article is

// The place of a print among the fingerprints, or a free one.
static uint32_t *place_of(struct index_found *f, const struct index_prints *p, uint64_t hash)
{
    size_t at = (size_t)print_of(hash) & (f->n_places - 1);
    while (f->places[at] && print_of(p->hashes[f->places[at] - 1]) != print_of(hash)) {
        at = (at + 1) & (f->n_places - 1);
    }
    return &f->places[at];
}

static int make_places(struct index_found *f, const struct index_prints *p, struct copydesk_error *error)
{
    for (f->n_places = 16; f->n_places < 2 * p->n_fingerprints; f->n_places *= 2) {
    }
    void *places = f->places;
    bool ok = mem_grow(&places, &f->cap_places, f->n_places, sizeof *f->places);
    f->places = places;
    if (!ok) {
        return error_memory(error);
    }
    memset(f->places, 0, f->n_places * sizeof *f->places);
    for (size_t i = 0; i < p->n_fingerprints; i++) {
        *place_of(f, p, p->hashes[i]) = (uint32_t)i + 1;
    }
    f->has_places = true;
    return 0;
}

// What both have was counted for `near`, and goes from p; *common: how many of them are.
static int take_known(struct index_prints *p, const struct index_prints *near_prints, struct index_found *f,
                      size_t *common, struct copydesk_error *error)
{
    int status = f->has_places ? 0 : make_places(f, near_prints, error);
    size_t n = 0;
    for (size_t i = 0; i < p->n_fingerprints && status == 0; i++) {
        uint32_t place = *place_of(f, near_prints, p->hashes[i]);
        if (place) {
            *common += f->prints[place - 1].count >= COMMON;
        } else {
            p->hashes[n++] = p->hashes[i];
        }
    }
    p->n_fingerprints = n;
    return status;
}

int match_common(struct index_store *ix, struct index_prints *p, const struct index_prints *near_prints,
                 const struct index_match *near, uint8_t *common, struct copydesk_error *error)
{
    struct index_match *m = &ix->own_match;
    size_t n_all = p->n_fingerprints;
    size_t n_common = 0;
    int status = 0;
    *common = 0;
    if (near->found && near->found->counted == index_count(ix)) {
        status = take_known(p, near_prints, near->found, &n_common, error);
    }
    p->n_bands = 0;
    p->exact = p->id = 0;
    if (status == 0 && p->n_fingerprints > 0) {
        status = index_probe(ix, p, m, error);
        status = status < 0 ? status : add_recent(ix, p, INDEX_NONE, m->found, error);
        for (size_t i = 0; i < p->n_fingerprints && status == 0; i++) {
            n_common += m->found->prints[i].count >= COMMON;
        }
    }
    if (status == 0 && n_all > 0) {
        *common = (uint8_t)(SHARE * n_common / n_all);
    }
    return status;
}

int match_missing(struct index_store *ix, const struct index_prints *p, uint32_t number, bool is_copy,
                  struct index_match *m, size_t *missing, struct copydesk_error *error)
{
    int status = index_probe(ix, p, m, error);
    status = status < 0 ? status : add_recent(ix, p, INDEX_NONE, m->found, error);
    *missing = 0;
    for (size_t i = 0; status == 0 && i < m->found->n_prints; i++) {
        const struct found_print *found = &m->found->prints[i];
        bool is_name = i + NAMES >= m->found->n_prints;
        bool is_posted = is_name ? !is_none(p, i) : !is_copy;
        bool is_found = !is_posted || found->n == most_met(m->found->n_prints);
        for (size_t k = 0; k < found->n && !is_found; k++) {
            is_found = m->found->articles[found->first + k] == number;
        }
        *missing += !is_found;
    }
    return status;
}
