/*
 * manual.c - the manual as source for scdoc, from the tables of commands, options and rules.
 *
 * copydesk(1) has what all commands share; copydesk-COMMAND(1) has a command and its options;
 * copydesk.ini(5) has the options that a settings file may hold. Nothing is said here that a table knows, so
 * a new option or rule is in the manual without a word. The build pipes each page through scdoc, and
 * installs none where scdoc is missing.
 *
 * In scdoc a backslash makes any character stand for itself; all text from tables is escaped that way.
 */
#include "cli/manual.h"

#include <string.h>

/* Text with nothing in it that scdoc would read as its own. */
static void add_text(FILE *out, const char *text)
{
    for (const char *p = text; *p != '\0'; p++) {
        if (strchr("\\*_+|[]#<>~", *p)) {
            putc('\\', out);
        }
        putc(*p, out);
    }
}

/* An example or a usage line: words in capitals are what one puts in. */
static void add_usage(FILE *out, const char *text)
{
    while (*text != '\0') {
        size_t len = strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        if (len > 1) {
            fprintf(out, "_%.*s_", (int)len, text);
            text += len;
        } else {
            char one[2] = {*text++, '\0'};
            add_text(out, one);
        }
    }
}

/* What follows the name: argument, help, default. */
static void add_meaning(FILE *out, const struct option_row *row)
{
    if (row->argument) {
        fputs(" _", out);
        add_text(out, row->argument);
        putc('_', out);
    }
    fputs("\n\t", out);
    add_text(out, row->help);
    if (row->shown_default) {
        fputs(" (default: ", out);
        add_text(out, row->shown_default);
        putc(')', out);
    }
    fputs(".\n\n", out);
}

static void add_option(FILE *out, const struct option_row *row)
{
    if (row->letter) {
        fprintf(out, "*-%c*, ", row->letter);
    }
    fprintf(out, "*--%s*", row->name);
    add_meaning(out, row);
}

static void add_options(FILE *out, unsigned command)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    for (int group = 0; group < N_OPTION_GROUPS; group++) {
        bool titled = false;
        for (size_t i = 0; i < n; i++) {
            if ((int)rows[i].group != group || !(rows[i].commands & command)) {
                continue;
            }
            if (!titled) {
                fputs("## ", out);
                add_text(out, option_group_title((enum option_group)group));
                fputs("\n\n", out);
                titled = true;
            }
            add_option(out, &rows[i]);
        }
    }
}

static void add_rules(FILE *out)
{
    fputs("# RULES\n\nEach rule belongs to a group; *--set* and *--max* take both.\n\n", out);
    for (int group = 0; group < COPYDESK_N_GROUPS; group++) {
        fprintf(out, "## %s\n\n", copydesk_group_name((enum copydesk_group)group));
        for (int i = 0; i < COPYDESK_N_RULES; i++) {
            enum copydesk_rule rule = (enum copydesk_rule)i;
            if ((int)copydesk_rule_group(rule) == group) {
                fprintf(out, "*%s* (%s)\n\t", copydesk_rule_name(rule),
                        copydesk_action_name(copydesk_rule_default(rule)));
                add_text(out, copydesk_rule_summary(rule));
                fputs(".\n\n", out);
            }
        }
    }
}

static void add_program(FILE *out, const struct command *commands, size_t n)
{
    fputs(
        "copydesk(1)\n\n# NAME\n\ncopydesk - finds copies and defects in scraped news before the text is used"
        "\n\n# SYNOPSIS\n\n*copydesk* _COMMAND_ \\[_OPTION_...\\] _PATH_...\n\n# DESCRIPTION\n\n"
        "Reads a corpus of extracted news articles and says, for each article, what is wrong with it. A\n"
        "_PATH_ is a file, a folder (all files in it), or - for standard input: JSON lines, CSV, TSV, WET "
        "or\n"
        "plain text, packed with gzip or zstd or not. Options and paths stand in any order; behind *--* all\n"
        "words are paths.\n\n# COMMANDS\n\n",
        out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "*%s*\n\t", commands[i].name);
        add_text(out, commands[i].help);
        fprintf(out, ". See *copydesk-%s*(1).\n\n", commands[i].name);
    }
    fputs("*help* \\[_COMMAND_\\]\n\twhat a command does, and its options.\n\n"
          "*completion* _SHELL_\n\tprints completion for bash, zsh or fish.\n\n"
          "*manual* \\[_COMMAND_\\]\n\tprints this manual as source for *scdoc*(1).\n\n"
          "*--list-rules*\n\twhat can be found, and what is done about it.\n\n"
          "*--version*\n\tthe version.\n\n",
          out);
    add_rules(out);
    fputs("# EXIT STATUS\n\n*0*\n\tclean, or done.\n\n*1*\n\tfindings over the limit.\n\n"
          "*2*\n\tthe job could not be done: wrong options, a file that cannot be read or written, nothing\n"
          "\tread, more bad records than *--max-bad*.\n\n"
          "# ENVIRONMENT\n\n*TMPDIR*\n\tfolder of temporary files, where *--temp-dir* is not given.\n\n"
          "*NO\\_COLOR*\n\tno colour when it is set and not empty.\n\n# SEE ALSO\n\n",
          out);
    for (size_t i = 0; i < n; i++) {
        fprintf(out, "*copydesk-%s*(1), ", commands[i].name);
    }
    fputs("*copydesk.ini*(5)\n", out);
}

static void add_command(FILE *out, const struct command *command)
{
    fprintf(out, "copydesk-%s(1)\n\n# NAME\n\ncopydesk-%s - ", command->name, command->name);
    add_text(out, command->help);
    fputs("\n\n# SYNOPSIS\n\n", out);
    add_usage(out, command->usage);
    fputs("\n\n# DESCRIPTION\n\n", out);
    add_text(out, command->details);
    fputs("\n\n# OPTIONS\n\n", out);
    add_options(out, command->bit);
    fprintf(out, "# EXAMPLES\n\n```\n%s```\n\n# SEE ALSO\n\n*copydesk*(1), *copydesk.ini*(5)\n",
            command->examples);
}

void manual_print_settings(FILE *out)
{
    size_t n;
    const struct option_row *rows = option_table(&n);

    fputs("copydesk.ini(5)\n\n# NAME\n\ncopydesk.ini - settings of copydesk\n\n# DESCRIPTION\n\n"
          "Looked for in the folder of the first path and then upwards, as far as the folder that holds\n"
          "*.git*; *--config* names another file, *--isolated* reads none. What the command line says comes\n"
          "first. *copydesk check* _PATH_ *--dump-config* prints the settings in effect, and where each of "
          "them\n"
          "comes from, as such a file.\n\nA line is a section in brackets, or a name, an equals sign and a\n"
          "value. A semicolon or # begins a comment. A name that is no rule, group or option is an error.\n\n"
          "# SECTIONS\n\n*\\[max\\]*\n\tlimits that fail a check, as *--max*: a rule or group, and N, P% or "
          "off.\n\n"
          "*\\[warn\\]*\n\tlimits that only warn, as *--warn*.\n\n"
          "*\\[set\\]*\n\tactions of rules and groups, as *--set*.\n\n"
          "*\\[options\\]*\n\toptions by their long name. A flag is yes or no.\n\n# OPTIONS\n\n",
          out);
    for (size_t i = 0; i < n; i++) {
        if (option_in_file(&rows[i])) {
            fprintf(out, "*%s*", rows[i].name);
            add_meaning(out, &rows[i]);
        }
    }
    fputs("# EXAMPLE\n\n```\n[max]\nduplicates = 0.5%\ntitle-mismatch = 20\n\n[warn]\nboilerplate = 20%\n\n"
          "[set]\ncaption = cut\n\n[options]\ntext-field = body\n```\n\n# SEE ALSO\n\n*copydesk*(1)\n",
          out);
}

void manual_print(FILE *out, const struct command *command, const struct command *commands, size_t n)
{
    if (command) {
        add_command(out, command);
    } else {
        add_program(out, commands, n);
    }
}
