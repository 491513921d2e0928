// window.c - what is too old to be found.
//
// An article's clock is its date or its arrival, and the time it was last seen again if that is later. A date
// more than a day after the arrival is a mistake: it would keep the article for ever, so the arrival counts.
// Times of articles seen again stand in a table in memory, by article, and are few beside the articles.

#include "index/room.h"

#include "base/hash.h"
#include "base/mem.h"

enum { DAY = 86400 };

void index_set_window(struct index_store *ix, enum index_clock by, int64_t cutoff)
{
    ix->has_window = true;
    ix->clock = by;
    ix->cutoff = cutoff;
}

static struct refreshed *place_of(const struct index_store *ix, uint32_t article)
{
    size_t at = hash_mix(article) & (ix->cap_refreshed - 1);
    while (ix->refreshed[at].article != 0 && ix->refreshed[at].article != article + 1) {
        at = (at + 1) & (ix->cap_refreshed - 1);
    }
    return &ix->refreshed[at];
}

static bool grow(struct index_store *ix)
{
    struct refreshed *old = ix->refreshed;
    size_t n_old = ix->cap_refreshed;
    size_t wanted = n_old ? 2 * n_old : 64;
    struct refreshed *grown = mem_zalloc(wanted, sizeof *grown);
    if (!grown) {
        return false;
    }
    ix->refreshed = grown;
    ix->cap_refreshed = wanted;
    for (size_t i = 0; i < n_old; i++) {
        if (old[i].article) {
            *place_of(ix, old[i].article - 1) = old[i];
        }
    }
    mem_free(old);
    return true;
}

bool refreshed_put(struct index_store *ix, uint32_t article, int64_t at)
{
    if (ix->n_refreshed * 2 >= ix->cap_refreshed && !grow(ix)) {
        return false;
    }
    struct refreshed *place = place_of(ix, article);
    ix->n_refreshed += place->article == 0;
    *place = (struct refreshed){article + 1, at};
    return true;
}

bool refreshed_get(const struct index_store *ix, uint32_t article, int64_t *at)
{
    if (ix->n_refreshed == 0) {
        return false;
    }
    const struct refreshed *place = place_of(ix, article);
    *at = place->at;
    return place->article != 0;
}

int index_refresh(struct index_store *ix, uint32_t number, int64_t now, struct copydesk_error *error)
{
    int64_t before;
    if (number >= index_count(ix)) {
        return error_set(error, COPYDESK_ERR_STATE, ix->dir, "there is no article %u", number);
    }
    if (refreshed_get(ix, number, &before) && before >= now) {
        return 0;
    }
    void *fresh = ix->fresh;
    bool ok = mem_grow(&fresh, &ix->cap_fresh, ix->n_fresh + 1, sizeof *ix->fresh);
    ix->fresh = fresh;
    if (!ok || !refreshed_put(ix, number, now)) {
        return error_memory(error);
    }
    ix->fresh[ix->n_fresh++] = number;
    return 0;
}

int64_t index_clock_of(const struct index_record *record, enum index_clock by)
{
    bool dated = record->has_date && record->date <= record->arrived + DAY;
    return by == INDEX_BY_DATE && dated ? record->date : record->arrived;
}

int64_t store_clock(const struct index_store *ix, uint32_t number, const struct index_record *record)
{
    int64_t clock = index_clock_of(record, ix->clock);
    int64_t again;
    return refreshed_get(ix, number, &again) && again > clock ? again : clock;
}

bool store_is_live(const struct index_store *ix, uint32_t number, const struct index_record *record)
{
    return !ix->has_window || store_clock(ix, number, record) >= ix->cutoff;
}

int store_check_live(struct index_store *ix, uint32_t number, bool *live, struct copydesk_error *error)
{
    struct index_record record;
    *live = true;
    if (!ix->has_window) {
        return 0;
    }
    int status = index_get(ix, number, 0, ix->own, &record, error);
    if (status == 0 && record.dropped && record.cluster != number) {
        // A copy lives as long as what it is a copy of: or else a story told every day would never pass
        // again.
        number = record.cluster;
        status = index_get(ix, number, 0, ix->own, &record, error);
    }
    *live = status == 0 && store_is_live(ix, number, &record);
    return status;
}
