/*
 * completion.c - what shells offer behind `copydesk`, from the tables of commands, options and rules.
 *
 * A script holds data and a few lines of logic that does not depend on it: which options a command takes, and
 * what kind of value each wants. The kind follows from the row: a choice has its words, FILE and DIR are
 * paths, RULE=ACTION and RULE=LIMIT begin with a rule or a group.
 *
 * Bash cuts words at `=` before a completion sees them, so its script joins them again and leaves out, from
 * what it offers, the part that stands already. It needs no bash-completion.
 */
#include "cli/manual.h"

#include <string.h>

enum kind { KIND_NONE, KIND_FILE, KIND_DIR, KIND_CHOICE, KIND_ACTION, KIND_GATE };

static enum kind kind_of(const struct option_row *row)
{
    switch (row->type) {
    case OPTION_CHOICE:
        return KIND_CHOICE;
    case OPTION_ACTION:
        return KIND_ACTION;
    case OPTION_GATE:
        return KIND_GATE;
    case OPTION_TEXT:
    case OPTION_PATH:
    case OPTION_PATHS:
        return strstr(row->argument, "FILE") || strstr(row->argument, "PATH") ? KIND_FILE
               : strstr(row->argument, "DIR")                                 ? KIND_DIR
                                                                              : KIND_NONE;
    default:
        return KIND_NONE;
    }
}

/* "a|b|c" with another character between the words. */
static void add_choices(FILE *out, const char *choices, char between)
{
    for (const char *p = choices; *p != '\0'; p++) {
        putc(*p == '|' ? between : *p, out);
    }
}

/* Names of all groups and rules, each with `after` behind it. */
static void add_rule_names(FILE *out, const char *between, const char *after)
{
    for (int i = 0; i < COPYDESK_N_GROUPS + COPYDESK_N_RULES; i++) {
        const char *name = i < COPYDESK_N_GROUPS
                               ? copydesk_group_name((enum copydesk_group)i)
                               : copydesk_rule_name((enum copydesk_rule)(i - COPYDESK_N_GROUPS));
        fprintf(out, "%s%s%s", i > 0 ? between : "", name, after);
    }
}

static void add_action_names(FILE *out)
{
    bool first = true;

    for (int i = 0; i < COPYDESK_N_ACTIONS; i++) {
        // Nobody asks for a rejection: what cannot be read is rejected anyway.
        if (i != COPYDESK_REJECT) {
            fprintf(out, "%s%s", first ? "" : " ", copydesk_action_name((enum copydesk_action)i));
            first = false;
        }
    }
}

/* The first clause of a help text, for a shell that shows one line; quote() writes it. */
static void add_short(FILE *out, const char *help, const char *escaped, const char *escape)
{
    for (const char *p = help; *p != '\0' && *p != ';' && !(p[0] == '.' && p[1] == ' '); p++) {
        if (*p == '\'') {
            fputs("'\\''", out);
            continue;
        }
        if (strchr(escaped, *p)) {
            fputs(escape, out);
        }
        putc(*p, out);
    }
}

// ---- bash

static void bash_options(FILE *out, const struct command *command)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    fprintf(out, "        %s) options='", command->name);
    for (size_t i = 0, k = 0; i < n; i++) {
        if (rows[i].commands & command->bit) {
            fprintf(out, "%s--%s%s", k++ > 0 ? " " : "", rows[i].name, rows[i].argument ? "=" : "");
        }
    }
    fputs("' ;;\n", out);
}

static void bash_value(FILE *out, const struct option_row *row)
{
    fprintf(out, "        --%s", row->name);
    if (row->letter) {
        fprintf(out, "|-%c", row->letter);
    }
    fputs(") ", out);
    switch (kind_of(row)) {
    case KIND_FILE:
        fputs("kind=file", out);
        break;
    case KIND_DIR:
        fputs("kind=folder", out);
        break;
    case KIND_CHOICE:
        fputs("kind=word; words='", out);
        add_choices(out, row->choices, ' ');
        putc('\'', out);
        break;
    case KIND_ACTION:
        fputs("kind=rule; words=$actions", out);
        break;
    case KIND_GATE:
        fputs("kind=rule", out);
        break;
    case KIND_NONE:
        fputs("kind=none", out);
        break;
    }
    fputs(" ;;\n", out);
}

static void print_bash(FILE *out, const struct command *commands, size_t n)
{
    size_t n_rows;
    const struct option_row *rows = option_table(&n_rows);

    fputs("# Completion of copydesk for bash; made by `copydesk completion bash`.\n_copydesk() {\n"
          "    local i n=-1 joined= word name value prefix kind= words= options= before= actions rules\n"
          "    local -a typed=()\n"
          "    COMPREPLY=()\n"
          "    # Bash cuts words at '='; join them again.\n"
          "    for ((i = 1; i <= COMP_CWORD; i++)); do\n"
          "        word=${COMP_WORDS[i]}\n"
          "        if [[ $word == = && $n -ge 0 ]]; then\n"
          "            typed[n]+='='\n"
          "            joined=1\n"
          "        elif [[ $joined ]]; then\n"
          "            typed[n]+=$word\n"
          "            joined=\n"
          "        else\n"
          "            n=$((n + 1))\n"
          "            typed[n]=$word\n"
          "        fi\n"
          "    done\n"
          "    word=${typed[n]}\n"
          "    [[ $n -gt 0 ]] && before=${typed[n - 1]}\n"
          "    # What stands already in front of the part that bash replaces.\n"
          "    prefix=\n"
          "    [[ $COMP_WORDBREAKS == *=* && $word == *=* ]] && prefix=${word%=*}=\n",
          out);
    fputs("    actions='", out);
    add_action_names(out);
    fputs("'\n    rules='", out);
    add_rule_names(out, " ", "");
    fputs("'\n    if [[ $n -eq 0 ]]; then\n        COMPREPLY=($(compgen -W '", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s ", commands[i].name);
    }
    fputs("completion help manual --list-rules --version' -- \"$word\"))\n        return\n    fi\n"
          "    case ${typed[0]} in\n",
          out);
    for (size_t i = 0; i < n; i++) {
        bash_options(out, &commands[i]);
    }
    fputs("        completion) COMPREPLY=($(compgen -W 'bash fish zsh' -- \"$word\")); return ;;\n"
          "        help|manual) COMPREPLY=($(compgen -W '",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s%s", i > 0 ? " " : "", commands[i].name);
    }
    fputs("' -- \"$word\")); return ;;\n        *) return ;;\n    esac\n"
          "    name=$before\n    value=$word\n"
          "    if [[ $word == --*=* ]]; then\n        name=${word%%=*}\n        value=${word#*=}\n    fi\n"
          "    case $name in\n",
          out);
    for (size_t i = 0; i < n_rows; i++) {
        if (rows[i].argument) {
            bash_value(out, &rows[i]);
        }
    }
    fputs("    esac\n"
          "    case $kind in\n"
          "        none) ;;\n"
          "        file) COMPREPLY=($(compgen -f -- \"$value\")); compopt -o filenames 2>/dev/null ;;\n"
          "        folder) COMPREPLY=($(compgen -d -- \"$value\")); compopt -o filenames 2>/dev/null ;;\n"
          "        word) COMPREPLY=($(compgen -W \"$words\" -- \"$value\")) ;;\n"
          "        rule)\n"
          "            if [[ $value == *=* ]]; then\n"
          "                COMPREPLY=($(compgen -P \"${value%=*}=\" -W \"$words\" -- \"${value##*=}\"))\n"
          "            else\n"
          "                COMPREPLY=($(compgen -S = -W \"$rules\" -- \"$value\"))\n"
          "                compopt -o nospace 2>/dev/null\n"
          "            fi\n"
          "            ;;\n"
          "        *)\n"
          "            name=\n"
          "            if [[ $word == -* ]]; then\n"
          "                COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
          "                [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == *= ]] && compopt -o nospace "
          "2>/dev/null\n"
          "            else\n"
          "                COMPREPLY=($(compgen -f -- \"$word\"))\n"
          "                compopt -o filenames 2>/dev/null\n"
          "            fi\n"
          "            ;;\n"
          "    esac\n"
          "    [[ $name && $word == \"$name\"=* ]] && name+== || name=\n"
          "    for i in \"${!COMPREPLY[@]}\"; do\n"
          "        word=$name${COMPREPLY[i]}\n"
          "        COMPREPLY[i]=${word#\"$prefix\"}\n"
          "    done\n"
          "}\n"
          "complete -F _copydesk copydesk\n",
          out);
}

// ---- zsh

static void zsh_value(FILE *out, const struct option_row *row)
{
    fputs(":", out);
    // A colon or a quote would end the message.
    for (const char *p = row->argument; *p != '\0'; p++) {
        if (*p == ':') {
            putc('\\', out);
        }
        putc(*p, out);
    }
    putc(':', out);
    switch (kind_of(row)) {
    case KIND_FILE:
        fputs("_files", out);
        break;
    case KIND_DIR:
        fputs("_files -/", out);
        break;
    case KIND_CHOICE:
        putc('(', out);
        add_choices(out, row->choices, ' ');
        putc(')', out);
        break;
    case KIND_ACTION:
        fputs("_copydesk_actions", out);
        break;
    case KIND_GATE:
        fputs("_copydesk_limits", out);
        break;
    case KIND_NONE:
        putc(' ', out);
        break;
    }
}

static void zsh_option(FILE *out, const struct option_row *row)
{
    enum kind kind = kind_of(row);
    bool again = kind == KIND_ACTION || kind == KIND_GATE;

    for (int letter = row->letter ? 1 : 0; letter >= 0; letter--) {
        fputs("                '", out);
        if (again) {
            putc('*', out);
        } else if (row->letter) {
            fprintf(out, "(-%c --%s)", row->letter, row->name);
        }
        if (letter) {
            fprintf(out, "-%c%s[", row->letter, row->argument ? "+" : "");
        } else {
            fprintf(out, "--%s%s[", row->name, row->argument ? "=" : "");
        }
        add_short(out, row->help, "[]:\\", "\\");
        putc(']', out);
        if (row->argument) {
            zsh_value(out, row);
        }
        fputs("' \\\n", out);
    }
}

static void print_zsh(FILE *out, const struct command *commands, size_t n)
{
    size_t n_rows;
    const struct option_row *rows = option_table(&n_rows);

    fputs("#compdef copydesk\n# Completion of copydesk for zsh; made by `copydesk completion zsh`.\n\n"
          "_copydesk_limits() {\n    compset -P '*=' || compadd -S = -- ",
          out);
    add_rule_names(out, " ", "");
    fputs("\n}\n\n_copydesk_actions() {\n    if compset -P '*='; then\n        compadd -- ", out);
    add_action_names(out);
    fputs(
        "\n    else\n        _copydesk_limits\n    fi\n}\n\n_copydesk() {\n    if (( CURRENT == 2 )); then\n"
        "        local -a commands=(\n",
        out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "            '%s:", commands[i].name);
        add_short(out, commands[i].help, ":", "\\");
        fputs("'\n", out);
    }
    fputs("            'help:what a command does'\n            'completion:completion for a shell'\n"
          "            'manual:the manual, as source for scdoc'\n        )\n"
          "        _describe command commands\n        return\n    fi\n    case ${words[2]} in\n",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out,
                "        %s)\n            (( CURRENT-- ))\n            shift words\n            _arguments "
                "-s \\\n",
                commands[i].name);
        for (size_t k = 0; k < n_rows; k++) {
            if (rows[k].commands & commands[i].bit) {
                zsh_option(out, &rows[k]);
            }
        }
        fputs("                '*:path:_files'\n            ;;\n", out);
    }
    fputs("        completion) compadd -- bash fish zsh ;;\n        help|manual) compadd --", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, " %s", commands[i].name);
    }
    fputs(" ;;\n    esac\n}\n\n_copydesk \"$@\"\n", out);
}

// ---- fish

static void fish_value(FILE *out, const struct option_row *row)
{
    switch (kind_of(row)) {
    case KIND_FILE:
        fputs(" -r -F", out);
        break;
    case KIND_DIR:
        fputs(" -x -a '(__fish_complete_directories)'", out);
        break;
    case KIND_CHOICE:
        fputs(" -x -a '", out);
        add_choices(out, row->choices, ' ');
        putc('\'', out);
        break;
    case KIND_ACTION:
        fputs(" -x -a '(__copydesk_actions)'", out);
        break;
    case KIND_GATE:
        fputs(" -x -a '(__copydesk_rules)='", out);
        break;
    case KIND_NONE:
        fputs(" -x", out);
        break;
    }
}

static void fish_option(FILE *out, const struct command *command, const struct option_row *row)
{
    fprintf(out, "complete -c copydesk -n '__fish_seen_subcommand_from %s' -l %s", command->name, row->name);
    if (row->letter) {
        fprintf(out, " -s %c", row->letter);
    }
    if (row->argument) {
        fish_value(out, row);
    }
    fputs(" -d '", out);
    // Inside single quotes fish knows \' and \\, so the quote of a shell is written in its own way.
    for (const char *p = row->help; *p != '\0' && *p != ';' && !(p[0] == '.' && p[1] == ' '); p++) {
        if (*p == '\'' || *p == '\\') {
            putc('\\', out);
        }
        putc(*p, out);
    }
    fputs("'\n", out);
}

static void print_fish(FILE *out, const struct command *commands, size_t n)
{
    size_t n_rows;
    const struct option_row *rows = option_table(&n_rows);

    fputs("# Completion of copydesk for fish; made by `copydesk completion fish`.\n\n"
          "function __copydesk_rules\n    printf '%s\\n' ",
          out);
    add_rule_names(out, " ", "");
    fputs("\nend\n\nfunction __copydesk_actions\n    for rule in (__copydesk_rules)\n"
          "        printf \"$rule=%s\\n\" ",
          out);
    add_action_names(out);
    fputs("\n    end\nend\n\n", out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "complete -c copydesk -n __fish_use_subcommand -f -a %s -d '", commands[i].name);
        add_short(out, commands[i].help, "", "");
        fputs("'\n", out);
    }
    fputs("complete -c copydesk -n __fish_use_subcommand -f -a 'help completion manual'\n"
          "complete -c copydesk -n __fish_use_subcommand -f -l list-rules -d 'what can be found'\n"
          "complete -c copydesk -n __fish_use_subcommand -f -l version\n"
          "complete -c copydesk -n '__fish_seen_subcommand_from completion' -f -a 'bash fish zsh'\n"
          "complete -c copydesk -n '__fish_seen_subcommand_from help manual' -f -a '",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "%s%s", i > 0 ? " " : "", commands[i].name);
    }
    fputs("'\n", out);
    for (size_t i = 0; i < n; i++) {
        putc('\n', out);
        for (size_t k = 0; k < n_rows; k++) {
            if (rows[k].commands & commands[i].bit) {
                fish_option(out, &commands[i], &rows[k]);
            }
        }
    }
}

bool completion_print(FILE *out, const char *shell, const struct command *commands, size_t n)
{
    static const struct {
        const char *name;
        void (*print)(FILE *out, const struct command *commands, size_t n);
    } shells[] = {{"bash", print_bash}, {"fish", print_fish}, {"zsh", print_zsh}};

    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].print(out, commands, n);
            return true;
        }
    }
    return false;
}
