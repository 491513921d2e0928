/*
 * candidate_room.h - what candidate.c and candidate_page.c share.
 */
#pragma once

#include "match/candidate.h"

enum {
    HOT = 512,      // group size from which members are paired with two others only
    SAME_STORY = 5, // all but one fingerprint in 5: one rough cluster ...
    SAME_VOTES = 3, // ... when so many were seen
};

// How a pair met. Who takes a common fingerprint with its whole class meets all who share it; through a
// sample, some of them.
enum meeting { RARE, OFTEN, SAMPLED, BAND, MEETINGS };

// What an article takes of its fingerprints.
struct choice {
    uint8_t class; // all fingerprints of lower classes are taken
    uint8_t shift; // of this class, the hashes whose low `shift` mixed bits are zero
    uint8_t major; // a class beyond that holds much of the article, or CLASSES: sampled too, lest it be
                   // overlooked
    uint8_t major_shift;
    bool is_short;
    uint16_t n;     // fingerprints that are not hot, as many as a much longer article has of the same words;
    uint16_t seen;  // of these, those of classes that were taken or sampled; those of nobody else, too
    uint16_t all;   // not hot, and all of them
    uint16_t scale; // common ones for each common one taken, in sixteenths: what a common vote stands for ...
    uint16_t cut;   // ... and the same of the classes that are not taken whole, for a vote through a sample
    // Fingerprints of the first class, when it is sampled, and of all higher ones that are not taken whole;
    // and how many of them were taken: what two articles share is told by these, with less chance in it.
    uint16_t rare, common;
    _Atomic uint16_t rare_taken, common_taken;
};

// A hash and the articles that have it, two a record, ascending.
struct group {
    size_t n;
    const uint64_t *articles;
    unsigned class;
    uint32_t sample;
    enum meeting meeting;
};

static inline uint32_t group_member(const struct group *g, size_t i)
{
    return (uint32_t)(g->articles[i / 2] >> (i % 2 * 32));
}

/* The first article of a rough cluster, while clusters grow; two of them become one. One thread at a time. */
uint32_t rough_root(uint32_t *rough, uint32_t article);
void rough_join(uint32_t *rough, uint32_t a, uint32_t b);

/* Articles of one address. All-zero: no address has two. */
struct pages {
    uint32_t *page; // by article: its address, 0 when no other article seems to have it
    struct spill *meetings;
};

int pages_open(struct pages *p, const struct candidate_params *params, struct copydesk_error *error);
void pages_close(struct pages *p);
/* Of a group that is not hot, which articles of one address meet. Any number of threads, each a writer. */
void pages_meet(const struct pages *p, const struct candidate_params *params, const struct choice *choices,
                const struct group *g, struct spill_writer *out);
/* Joins the rough clusters, which are complete otherwise. */
int pages_join(const struct pages *p, const struct candidate_params *params, const struct choice *choices,
               struct copydesk_error *error);
