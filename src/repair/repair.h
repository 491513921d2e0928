/*
 * repair.h - room 3: damaged text to sound text, for the text that is kept.
 *
 * In:  one field of an article, UTF-8. Out: the same without damage, and the edits that make it so. Five
 * rules:
 *
 *   mojibake            UTF-8 that was read in another charset, once or several times over
 *   c1-controls         U+0080-9F that stand for characters of windows-1252
 *   control-characters  C0 controls, DEL, invisible characters where no script needs them; CR LF and CR to
 *                       LF; letters in pieces (base and combining mark) to NFC
 *   html-residue        entities, escaped any number of times, and tags
 *   invalid-utf8        U+FFFD where a character was lost: reported, `to` is what stands there
 *
 * Where one ill hides another (an entity that spells misread UTF-8) there is one edit with the last result,
 * under the rule of the outer one. Repairing what comes out changes nothing.
 */
#pragma once

#include "base/error.h"
#include "edit.h"
#include "repair/vocabulary.h"

struct repairer; /* scratch of one thread */

/*
 * `actions`: one for each rule, or NULL for the defaults. A rule that is off is not looked for; what is
 * found under one that is only to be flagged is listed, but not done in the text. 0 or COPYDESK_ERR_MEMORY.
 */
int repairer_new(struct repairer **r, enum copydesk_cpu level, const enum copydesk_action *actions,
                 struct copydesk_error *error);
void repairer_free(struct repairer *r);

/*
 * text: the input itself when nothing is done to it, else memory of the repairer, with 64 readable bytes
 * behind it. edits: against the input, ascending, not overlapping. Applying those that are not only flagged
 * gives `text`. All of it is valid until the next call.
 */
struct repaired {
    struct str text;
    const struct edit *edits;
    size_t n;
    bool sound; /* nothing was found, and nothing would be with any vocabulary */
};

/*
 * text: less than 2^32 bytes, with 64 readable bytes behind it. v: words of the corpus, complete, or NULL;
 * with it short words are repaired too. 0 or COPYDESK_ERR_MEMORY.
 */
int repair_text(struct repairer *r, struct str text, enum copydesk_field field, const struct vocabulary *v,
                struct repaired *out);
