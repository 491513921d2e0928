/*
 * rule_options.c - options that name a rule or a group of rules: limits (--max, --warn) and actions (--set).
 *
 * Limits are kept in the order in which they were first given, one for each rule and level; a later one takes
 * the place of an earlier one, so the command line wins over the settings file. `off` takes a limit away.
 *
 * The default limits say what a corpus should look like that has been cleaned, with a little room, so that
 * `copydesk check data/` is useful without options and quiet where nothing is wrong:
 *   duplicates 1%      copies leak between training and test sets and skew every count; 1% is what a careful
 *                      collection has when two of its sources print the same agency story
 *   title-mismatch 1%  a wrong headline is a wrong label; the rule errs on a few articles in a thousand
 *   junk-page 1%       robot walls and error pages are no articles
 *   damage 1%          broken characters come from one broken step and then show in many articles
 *   bad-record 0       what cannot be read was not checked
 * Warnings: boilerplate 10% (harmless to some uses, and `copydesk clean` cuts it), duplicate-id 0 (fatal only
 * to those who join by id). With a baseline the limits are 0, for what is old is in the baseline.
 */
#include "cli/parse.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *limit;
    enum gate_level level;
} default_gates[] = {
    {"duplicates", "1%", GATE_ERROR},    {"title-mismatch", "1%", GATE_ERROR},
    {"junk-page", "1%", GATE_ERROR},     {"damage", "1%", GATE_ERROR},
    {"bad-record", "0", GATE_ERROR},     {"boilerplate", "10%", GATE_WARNING},
    {"duplicate-id", "0", GATE_WARNING},
};

/* The rule or group before the '=' of "NAME=VALUE"; *value is what stands behind it. */
static int read_rule(struct command_line *line, const char *option, const char *text, struct gate *out,
                     const char **value)
{
    const char *dashes = option_dashes(line);
    char name[64];
    size_t len = strcspn(text, "=");
    struct nearest near = {.word = name};

    if (text[len] == '\0' || len == 0 || len >= sizeof name) {
        return option_fail(line, "%s%s %s: expected RULE=VALUE, as in %s%s duplicates=%s", dashes, option,
                           text, dashes, option, strcmp(option, "set") == 0 ? "flag" : "1%");
    }
    memcpy(name, text, len);
    name[len] = '\0';
    *value = text + len + 1;
    *out = (struct gate){.rule = copydesk_rule_find(name), .group = copydesk_group_find(name)};
    if (out->rule >= 0) {
        out->name = copydesk_rule_name((enum copydesk_rule)out->rule);
        return 0;
    }
    if (out->group >= 0) {
        out->name = copydesk_group_name((enum copydesk_group)out->group);
        return 0;
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        nearest_offer(&near, copydesk_rule_name((enum copydesk_rule)i));
    }
    for (int i = 0; i < COPYDESK_N_GROUPS; i++) {
        nearest_offer(&near, copydesk_group_name((enum copydesk_group)i));
    }
    return near.best ? option_fail(line, "%s%s: no rule is called '%s'; did you mean '%s'?", dashes, option,
                                   name, near.best)
                     : option_fail(line, "%s%s: no rule is called '%s'; see copydesk --list-rules", dashes,
                                   option, name);
}

static bool parse_gate_limit(const char *text, struct limit *limit)
{
    if (strcmp(text, "off") == 0) {
        *limit = (struct limit){.text = "off", .is_off = true};
        return true;
    }
    return parse_limit(text, limit);
}

static int put_gate(struct command_line *line, const struct gate *gate)
{
    for (size_t i = 0; i < line->n_gates; i++) {
        struct gate *other = &line->gates[i];
        if (other->rule != gate->rule || other->group != gate->group || other->level != gate->level) {
            continue;
        }
        if (gate->origin.source == FROM_FILE && other->origin.source == FROM_FILE) {
            return option_fail(line, "%s: '%s' has a limit already, in line %u",
                               gate->level == GATE_ERROR ? "max" : "warn", gate->name, other->origin.line);
        }
        *other = *gate;
        return 0;
    }
    if (line->n_gates == line->cap_gates) {
        size_t cap = line->cap_gates * 2 + 16;
        struct gate *gates = realloc(line->gates, cap * sizeof *gates);
        if (!gates) {
            return option_fail(line, "out of memory");
        }
        line->gates = gates;
        line->cap_gates = cap;
    }
    line->gates[line->n_gates++] = *gate;
    return 0;
}

int option_read_gate(struct command_line *line, const char *option, const char *text, enum gate_level level)
{
    struct gate gate;
    const char *value = NULL;

    if (read_rule(line, option, text, &gate, &value) < 0) {
        return -1;
    }
    if (!parse_gate_limit(value, &gate.limit)) {
        return option_fail(
            line,
            "%s%s %s: '%s' is no limit; give a number of articles, a share, or off, as in %s=10 "
            "or %s=0.5%%",
            option_dashes(line), option, text, value, gate.name, gate.name);
    }
    gate.level = level;
    gate.origin = line->reading;
    return put_gate(line, &gate);
}

static int unknown_action(struct command_line *line, const char *option, const char *text, const char *value)
{
    struct nearest near = {.word = value};

    for (int i = 0; i < COPYDESK_N_ACTIONS; i++) {
        nearest_offer(&near, copydesk_action_name((enum copydesk_action)i));
    }
    return near.best
               ? option_fail(line, "%s%s %s: no action is called '%s'; did you mean '%s'?",
                             option_dashes(line), option, text, value, near.best)
               : option_fail(line,
                             "%s%s %s: no action is called '%s'; actions are drop, cut, repair, flag, off",
                             option_dashes(line), option, text, value);
}

int option_read_action(struct command_line *line, const char *option, const char *text)
{
    struct gate target;
    const char *value = NULL;
    unsigned n_set = 0;
    int action;

    if (read_rule(line, option, text, &target, &value) < 0) {
        return -1;
    }
    action = copydesk_action_find(value);
    if (action < 0) {
        return unknown_action(line, option, text, value);
    }
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        bool named = target.rule >= 0 ? i == target.rule : (int)copydesk_rule_group(rule) == target.group;
        // A group takes the action where the rule allows it: no template is ever dropped.
        if (named && copydesk_rule_allows(rule, (enum copydesk_action)action)) {
            line->engine.actions[i] = (enum copydesk_action)action;
            line->action_origins[i] = line->reading;
            n_set++;
        }
    }
    return n_set > 0 ? 0
                     : option_fail(line, "%s%s %s: '%s' cannot be set to '%s'; see copydesk --list-rules",
                                   option_dashes(line), option, text, target.name, value);
}

static bool rule_is_on(const struct command_line *line, const struct gate *gate)
{
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        bool named = gate->rule >= 0 ? i == gate->rule
                                     : (int)copydesk_rule_group((enum copydesk_rule)i) == gate->group;
        if (named && line->engine.actions[i] != COPYDESK_OFF) {
            return true;
        }
    }
    return false;
}

/* Whether a limit that was given speaks of this rule or group already. */
static bool is_spoken_for(const struct command_line *line, const struct gate *gate)
{
    int group = gate->rule >= 0 ? (int)copydesk_rule_group((enum copydesk_rule)gate->rule) : gate->group;

    for (size_t i = 0; i < line->n_gates; i++) {
        const struct gate *other = &line->gates[i];
        bool given = other->origin.source != FROM_DEFAULT;
        if (given && (other->group == group || (gate->rule >= 0 && other->rule == gate->rule))) {
            return true;
        }
    }
    return false;
}

static int add_default_gates(struct command_line *line, enum gate_level level)
{
    for (size_t i = 0; i < sizeof default_gates / sizeof default_gates[0]; i++) {
        struct gate gate = {.name = default_gates[i].name,
                            .rule = copydesk_rule_find(default_gates[i].name),
                            .group = copydesk_group_find(default_gates[i].name),
                            .level = level};
        if (default_gates[i].level != level || !rule_is_on(line, &gate) || is_spoken_for(line, &gate)) {
            continue;
        }
        parse_limit(line->baseline && level == GATE_ERROR ? "0" : default_gates[i].limit, &gate.limit);
        if (put_gate(line, &gate) < 0) {
            return -1;
        }
    }
    return 0;
}

int option_settle_gates(struct command_line *line, bool for_check)
{
    bool given[] = {[GATE_ERROR] = false, [GATE_WARNING] = false};
    bool bad_is_gated = false;

    for (size_t i = 0; i < line->n_gates; i++) {
        struct gate *gate = &line->gates[i];
        given[gate->level] = true;
        if (gate->limit.is_off || rule_is_on(line, gate)) {
            bad_is_gated =
                bad_is_gated || (!gate->limit.is_off && gate->level == GATE_ERROR &&
                                 (gate->rule == COPYDESK_BAD_RECORD || gate->group == COPYDESK_GROUP_INPUT));
        } else if (gate->origin.source == FROM_FILE) {
            // The command line turned the rule off: the file need not be changed for that.
            gate->limit = (struct limit){.text = "off", .is_off = true};
        } else {
            return option_fail(line, "--%s %s: --set turned it off, so it can never be over the limit",
                               gate->level == GATE_ERROR ? "max" : "warn", gate->name);
        }
    }
    if (for_check) {
        line->default_gates = !given[GATE_ERROR];
        for (int level = GATE_ERROR; level <= GATE_WARNING; level++) {
            if (!given[level] && add_default_gates(line, (enum gate_level)level) < 0) {
                return -1;
            }
        }
    }
    if (!line->max_bad.text) {
        parse_limit(for_check && !bad_is_gated ? "0" : "100%", &line->max_bad);
    }
    return 0;
}
