/*
 * help.c - the options of a command, from the table in options.c.
 *
 *   Limits
 *         --max RULE=N|P%    fail when ...
 *
 * Names stand in one column, the text in another, wrapped at 80 columns whatever the terminal: help looks
 * the same in a terminal, a log and a manual.
 */
#include "cli/options.h"

#include <string.h>

enum { HELP_WIDTH = 80, NAME_COLUMNS = 28 };

/* Prints words at the indentation, wrapped; `column` is where the cursor stands. */
static void print_wrapped(FILE *out, const char *text, size_t *column)
{
    for (bool first = true; *text != '\0'; first = false) {
        size_t len = strcspn(text, " ");
        if (!first && *column + 1 + len >= HELP_WIDTH) {
            fprintf(out, "\n%*s", NAME_COLUMNS, "");
            *column = NAME_COLUMNS;
        } else if (!first) {
            putc(' ', out);
            *column += 1;
        }
        fprintf(out, "%.*s", (int)len, text);
        *column += len;
        text += len;
        text += strspn(text, " ");
    }
}

static void print_row(FILE *out, const struct option_row *row)
{
    char text[640];
    char name[64];
    size_t column = NAME_COLUMNS;
    int len = snprintf(name, sizeof name, "  %c%c%c --%s%s%s", row->letter ? '-' : ' ',
                       row->letter ? row->letter : ' ', row->letter ? ',' : ' ', row->name,
                       row->argument ? " " : "", row->argument ? row->argument : "");

    if (len + 2 > NAME_COLUMNS) {
        fprintf(out, "%s\n%*s", name, NAME_COLUMNS, "");
    } else {
        fprintf(out, "%-*s", NAME_COLUMNS, name);
    }
    snprintf(text, sizeof text, row->shown_default ? "%s (default: %s)" : "%s%s", row->help,
             row->shown_default ? row->shown_default : "");
    print_wrapped(out, text, &column);
    putc('\n', out);
}

void option_help_print(FILE *out, unsigned command)
{
    size_t n_rows;
    const struct option_row *rows = option_table(&n_rows);

    for (int group = 0; group < N_OPTION_GROUPS; group++) {
        bool titled = false;
        for (size_t i = 0; i < n_rows; i++) {
            if ((int)rows[i].group != group || !(rows[i].commands & command)) {
                continue;
            }
            if (!titled) {
                fprintf(out, "\n%s\n", option_group_title((enum option_group)group));
                titled = true;
            }
            print_row(out, &rows[i]);
        }
    }
}
