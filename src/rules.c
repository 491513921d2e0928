// rules.c - the names of rules, groups, actions and policies: one table each, read by everything that prints
// or parses them.

#include "copydesk.h"

#include <string.h>

struct rule {
    const char *name;
    const char *summary;
    enum copydesk_group group;
    enum copydesk_action action; // by default
    unsigned allowed;            // bit for each action
};

enum {
    OFF = 1u << COPYDESK_OFF,
    FLAG = 1u << COPYDESK_FLAG,
    CUT = 1u << COPYDESK_CUT,
    REPAIR = 1u << COPYDESK_REPAIR,
    DROP = 1u << COPYDESK_DROP,
    REJECT = 1u << COPYDESK_REJECT,
};

// What shares a passage or a template is a story of its own: no option drops it. A bad record cannot be kept.
static const struct rule rules[COPYDESK_N_RULES] = {
    [COPYDESK_EXACT_DUPLICATE] = {"exact-duplicate", "the same text as another article, title aside",
                                  COPYDESK_GROUP_DUPLICATES, COPYDESK_DROP, OFF | FLAG | DROP},
    [COPYDESK_NEAR_DUPLICATE] = {"near-duplicate", "almost the same words as another article",
                                 COPYDESK_GROUP_DUPLICATES, COPYDESK_DROP, OFF | FLAG | DROP},
    [COPYDESK_CONTAINED_COPY] = {"contained-copy", "nearly all of it stands in a longer article",
                                 COPYDESK_GROUP_DUPLICATES, COPYDESK_DROP, OFF | FLAG | DROP},
    [COPYDESK_REVISED_COPY] = {"revised-copy", "another version of the same page", COPYDESK_GROUP_DUPLICATES,
                               COPYDESK_FLAG, OFF | FLAG | DROP},
    [COPYDESK_PARTIAL_REUSE] = {"partial-reuse", "shares a long passage, and has a text of its own",
                                COPYDESK_GROUP_DUPLICATES, COPYDESK_FLAG, OFF | FLAG},
    [COPYDESK_SAME_TEMPLATE] = {"same-template", "alike but for names and numbers: no duplicate",
                                COPYDESK_GROUP_DUPLICATES, COPYDESK_FLAG, OFF | FLAG},
    [COPYDESK_TITLE_MISMATCH] = {"title-mismatch", "the title belongs to another text", COPYDESK_GROUP_TITLES,
                                 COPYDESK_FLAG, OFF | FLAG | DROP},
    [COPYDESK_TITLE_JUNK] = {"title-junk", "no headline: an address, a site name, a section, nothing",
                             COPYDESK_GROUP_TITLES, COPYDESK_FLAG, OFF | FLAG | DROP},
    [COPYDESK_TITLE_REPEATED] = {"title-repeated", "the title again, as a line of the text",
                                 COPYDESK_GROUP_TITLES, COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_TITLE_SUFFIX] = {"title-suffix", "the name of the site on the title", COPYDESK_GROUP_TITLES,
                               COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_REPEATED_LINE] = {"repeated-line", "a line or span that unrelated articles share",
                                COPYDESK_GROUP_BOILERPLATE, COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_BYLINE] = {"byline", "who wrote it", COPYDESK_GROUP_BOILERPLATE, COPYDESK_CUT,
                         OFF | FLAG | CUT},
    [COPYDESK_DATELINE_CREDIT] = {"dateline-credit", "when it was published, and by which agency",
                                  COPYDESK_GROUP_BOILERPLATE, COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_SHARE_BAR] = {"share-bar", "the words of share buttons", COPYDESK_GROUP_BOILERPLATE,
                            COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_NOTICE] = {"notice", "copyright, cookies, newsletters, advertisement",
                         COPYDESK_GROUP_BOILERPLATE, COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_RELATED_HEADLINES] = {"related-headlines", "headlines of other articles",
                                    COPYDESK_GROUP_BOILERPLATE, COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_GLUED_LINKS] = {"glued-links", "link texts glued into a sentence", COPYDESK_GROUP_BOILERPLATE,
                              COPYDESK_CUT, OFF | FLAG | CUT},
    [COPYDESK_CAPTION] = {"caption", "the caption of a picture", COPYDESK_GROUP_BOILERPLATE, COPYDESK_FLAG,
                          OFF | FLAG | CUT},
    [COPYDESK_MOJIBAKE] = {"mojibake", "text that was read in a wrong charset", COPYDESK_GROUP_DAMAGE,
                           COPYDESK_REPAIR, OFF | FLAG | REPAIR},
    [COPYDESK_C1_CONTROLS] = {"c1-controls", "control codes that stand for windows-1252 characters",
                              COPYDESK_GROUP_DAMAGE, COPYDESK_REPAIR, OFF | FLAG | REPAIR},
    [COPYDESK_CONTROL_CHARACTERS] = {"control-characters", "control and invisible characters",
                                     COPYDESK_GROUP_DAMAGE, COPYDESK_REPAIR, OFF | FLAG | REPAIR},
    [COPYDESK_HTML_RESIDUE] = {"html-residue", "entities and tags left over", COPYDESK_GROUP_DAMAGE,
                               COPYDESK_REPAIR, OFF | FLAG | REPAIR},
    [COPYDESK_INVALID_UTF8] = {"invalid-utf8", "characters that were lost", COPYDESK_GROUP_DAMAGE,
                               COPYDESK_REPAIR, OFF | FLAG | REPAIR},
    [COPYDESK_JUNK_PAGE] = {"junk-page", "no article: robot wall, error page, cookie wall, list of links",
                            COPYDESK_GROUP_QUALITY, COPYDESK_DROP, OFF | FLAG | DROP},
    [COPYDESK_TOO_SHORT] = {"too-short", "hardly any text", COPYDESK_GROUP_QUALITY, COPYDESK_FLAG,
                            OFF | FLAG | DROP},
    [COPYDESK_TRUNCATED] = {"truncated", "the text stops before its end", COPYDESK_GROUP_QUALITY,
                            COPYDESK_FLAG, OFF | FLAG | DROP},
    [COPYDESK_WRONG_LANGUAGE] = {"wrong-language", "not in a language that was asked for",
                                 COPYDESK_GROUP_QUALITY, COPYDESK_FLAG, OFF | FLAG | DROP},
    [COPYDESK_BAD_RECORD] = {"bad-record", "a record that cannot be read", COPYDESK_GROUP_INPUT,
                             COPYDESK_REJECT, REJECT},
    [COPYDESK_DUPLICATE_ID] = {"duplicate-id", "an id that an earlier record has already",
                               COPYDESK_GROUP_INPUT, COPYDESK_FLAG, OFF | FLAG},
};

static const char *const group_names[COPYDESK_N_GROUPS] = {
    [COPYDESK_GROUP_DUPLICATES] = "duplicates",   [COPYDESK_GROUP_TITLES] = "titles",
    [COPYDESK_GROUP_BOILERPLATE] = "boilerplate", [COPYDESK_GROUP_DAMAGE] = "damage",
    [COPYDESK_GROUP_QUALITY] = "quality",         [COPYDESK_GROUP_INPUT] = "input",
};

static const char *const action_names[COPYDESK_N_ACTIONS] = {
    [COPYDESK_OFF] = "off",       [COPYDESK_FLAG] = "flag", [COPYDESK_CUT] = "cut",
    [COPYDESK_REPAIR] = "repair", [COPYDESK_DROP] = "drop", [COPYDESK_REJECT] = "reject",
};

static const char *const keep_names[COPYDESK_N_KEEPS] = {
    [COPYDESK_KEEP_EARLIEST] = "earliest",         [COPYDESK_KEEP_NEWEST] = "newest",
    [COPYDESK_KEEP_LONGEST] = "longest",           [COPYDESK_KEEP_CLEANEST] = "cleanest",
    [COPYDESK_KEEP_SOURCE_ORDER] = "source-order",
};

static int find(const char *const *names, int n, const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(names[i], name) == 0) {
            return i;
        }
    }
    return -1;
}

const char *copydesk_rule_name(enum copydesk_rule rule)
{
    return rules[rule].name;
}

const char *copydesk_rule_summary(enum copydesk_rule rule)
{
    return rules[rule].summary;
}

enum copydesk_group copydesk_rule_group(enum copydesk_rule rule)
{
    return rules[rule].group;
}

enum copydesk_action copydesk_rule_default(enum copydesk_rule rule)
{
    return rules[rule].action;
}

bool copydesk_rule_allows(enum copydesk_rule rule, enum copydesk_action action)
{
    return rules[rule].allowed >> action & 1;
}

const char *copydesk_group_name(enum copydesk_group group)
{
    return group_names[group];
}

const char *copydesk_action_name(enum copydesk_action action)
{
    return action_names[action];
}

const char *copydesk_keep_name(enum copydesk_keep keep)
{
    return keep_names[keep];
}

int copydesk_rule_find(const char *name)
{
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        if (strcmp(rules[i].name, name) == 0) {
            return i;
        }
    }
    return -1;
}

int copydesk_group_find(const char *name)
{
    return find(group_names, COPYDESK_N_GROUPS, name);
}

int copydesk_action_find(const char *name)
{
    return find(action_names, COPYDESK_N_ACTIONS, name);
}

int copydesk_keep_find(const char *name)
{
    return find(keep_names, COPYDESK_N_KEEPS, name);
}
