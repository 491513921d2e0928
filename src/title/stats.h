/*
 * stats.h - what is known of all titles and texts of a corpus, and the decisions that follow from it.
 */
#pragma once

#include "title/title.h"

/* memory_bytes: for the notes, 0 for no limit. */
int title_stats_new(struct title_stats **s, uint64_t memory_bytes, const char *temp_dir,
                    struct copydesk_error *error);
void title_stats_free(struct title_stats *s);

/*
 * A profile: what title_stats_write() saved. Before the first title_stats_add(); several merge. Articles of a
 * profile have no number and get no verdict. COPYDESK_ERR_IO: these bytes are no sound profile.
 */
int title_stats_read(struct title_stats *s, struct str profile, struct copydesk_error *error);
/* After title_stats_finish(): appends a profile of all that is known, a few megabytes at most. */
int title_stats_write(const struct title_stats *s, struct buf *out, struct copydesk_error *error);

/* The note of the next article, or len 0 for a record that is none. One thread at a time, in input order. */
int title_stats_add(struct title_stats *s, const void *note, size_t len, struct copydesk_error *error);

/*
 * Before title_stats_finish(): what comes is to be saved in a profile, so it is learned from however little
 * it is. Nothing can be judged by it then, only saved.
 */
void title_stats_learn_all(struct title_stats *s);

/*
 * All notes are in: how well titles fit their texts, and what that means in this corpus. A few articles
 * beside those of profiles, or a single one, are judged by the profiles and teach nothing: each gets the
 * verdict that it would get alone. The collectors' samples are read, not freed.
 */
struct title_collector;
int title_stats_measure(struct title_stats *s, struct title_collector *const *collectors, size_t n_collectors,
                        struct copydesk_error *error);
/*
 * After title_stats_measure(): titles that stand over several texts, and all decisions. `cluster_of` (may be
 * NULL) gives for each article the first of its rough cluster of copies: a title on two copies of one text is
 * no evidence.
 */
int title_stats_finish(struct title_stats *s, const uint32_t *cluster_of, struct copydesk_error *error);

/*
 * After title_stats_finish() on profiles alone: makes ready for title/alone.h. Nothing is changed after that.
 */
int title_stats_index(struct title_stats *s, struct copydesk_error *error);

uint64_t title_stats_disk_bytes(const struct title_stats *s);
