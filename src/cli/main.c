/*
 * main.c - the program: which command, and its exit code.
 *
 * Everything the program knows comes from libcopydesk through copydesk.h; here are only words and exit codes:
 * 0 clean or done, 1 findings over the limit (check only), 2 could not do the job.
 */
#include "cli/commands.h"
#include "cli/manual.h"
#include "cli/parse.h"
#include "cli/run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct command commands[] = {
    {"check", command_check, FOR_CHECK, "copydesk check [OPTION...] PATH...",
     "say what is wrong; fail when it is over the limits (for CI)",
     "Judges every article, prints a summary, and compares it with limits: the\n"
     "defaults, those of copydesk.ini, or those given with --max. Exit code: 0 within\n"
     "the limits, 1 over a limit, 2 could not do the job (wrong options, a file that\n"
     "cannot be read, nothing read, more bad records than --max-bad).",
     "  copydesk check data/\n"
     "      by the default limits\n"
     "  copydesk check data/ --max duplicates=0.5% --max damage=20 --warn titles=1%\n"
     "      by limits of your own; RULE is a rule or a group of copydesk --list-rules\n"
     "  copydesk check data/ --write-baseline copydesk.baseline\n"
     "  copydesk check data/ --baseline copydesk.baseline\n"
     "      accept what is there, then fail on what is new\n"
     "  copydesk check today.jsonl --against archive/\n"
     "      judge one file, with all that is known already\n"
     "  copydesk check data/ --dump-config > copydesk.ini\n"
     "      a settings file to begin with\n"},
    {"clean", command_clean, FOR_CLEAN, "copydesk clean [OPTION...] PATH... -o FILE",
     "write the articles worth keeping, and the others with the reason",
     "Writes the articles that stay, in input order: title and text cleaned, all else\n"
     "byte for byte. A file appears under its name when it is complete. kept + dropped +\n"
     "rejected = read: nothing is lost with --rejects. Exit code: 0 whatever is dropped,\n"
     "2 could not do the job.",
     "  copydesk clean wire.jsonl -o clean.jsonl --rejects rejects.jsonl\n"
     "  zstdcat wire.jsonl.zst | copydesk clean - -o - > clean.jsonl\n"
     "      as part of a pipe\n"
     "  copydesk clean data/ -o all.jsonl --set duplicates=flag --verdicts found.jsonl\n"
     "      keep every copy, and say in found.jsonl which they are\n"
     "  copydesk clean data/ -o all.jsonl --set boilerplate=flag --set damage=off\n"
     "      cut nothing of the texts, repair nothing\n"
     "  copydesk clean today.jsonl -o new.jsonl --against archive/\n"
     "      only what the archive has not\n"},
    {"explain", command_explain, FOR_EXPLAIN, "copydesk explain [OPTION...] PATH... --id ID [--with ID]",
     "show why an article was judged as it was, with a word diff",
     "Judges the whole input, then shows the verdict of one article, the evidence in\n"
     "sentences, and what differs from the article that it copies (or from the one\n"
     "given with --with).",
     "  copydesk explain wire.jsonl --id a17\n"
     "      what was found in a17, and why that copy is kept\n"
     "  copydesk explain wire.jsonl --id a17 --with b44\n"
     "      what both share, word by word, related or not\n"},
    {"profile", command_profile, FOR_PROFILE, "copydesk profile build [OPTION...] PATH... -o FILE",
     "save what a corpus teaches, for judging other articles",
     "Learns from a corpus which lines, titles and endings its sites repeat, and writes\n"
     "that to a file, without any of the text. With --profile FILE, check, clean and\n"
     "explain judge as if that corpus stood beside the articles given: ten new articles\n"
     "with the knowledge of a million. 'profile merge FILE... -o FILE' adds profiles up.",
     "  copydesk profile build archive/ -o news.profile\n"
     "  copydesk check today.jsonl --profile news.profile\n"
     "  copydesk profile build new/ --profile news.profile -o newer.profile\n"
     "      the old knowledge and the new\n"
     "  copydesk profile merge de.profile fr.profile -o all.profile\n"},
    {"filter", command_filter, FOR_FILTER, "copydesk filter [OPTION...] --index DIR",
     "a stream: one line out for every line in, judged against all that came before",
     "Reads JSON lines from standard input and hands each on, in order, as it was but for\n"
     "one added member, copydesk, with what becomes of it and why. What was seen is\n"
     "remembered in the index, without the text, and so across runs. Lines are handed on\n"
     "as soon as no more input is there. A line that is no record gets a bad-record\n"
     "finding. Exit code: 0 whatever was found, 2 could not do the job.",
     "  tail -f wire.jsonl | copydesk filter --index seen --drop > new.jsonl\n"
     "      only what is new\n"
     "  copydesk filter --index seen --window 30d --clean < today.jsonl > out.jsonl\n"
     "      forget after 30 days; cut and repair what is handed on\n"
     "  copydesk filter --index seen --read-only --only-verdicts < today.jsonl\n"
     "      what would be said, without remembering it\n"
     "  copydesk filter --index seen --commit ack 3<acks\n"
     "      remember an article when its id comes back on descriptor 3\n"},
    {"index", command_index, FOR_INDEX, "copydesk index build|info|gc|merge|verify|export [OPTION...] ...",
     "make, look at and care for the index of a filter",
     "An index is a folder that remembers articles: hashes of their words, ids, titles,\n"
     "sources, dates and a corpus profile, about 1 KB an article, but not the text.\n"
     "build enters a corpus into a new index; info tells what it holds; gc gives back the\n"
     "space of what is expired; merge adds indexes up; verify checks every byte (exit code\n"
     "1 when something is wrong); export prints one JSON line for each article.",
     "  copydesk index build archive/ -o seen\n"
     "  copydesk index info seen\n"
     "  copydesk index gc seen\n"
     "  copydesk index merge seen-de seen-fr -o seen-all\n"
     "  copydesk index verify seen && cp -r seen backup\n"
     "  copydesk index export seen > articles.jsonl\n"},
    {"report", command_report, FOR_REPORT, "copydesk report [OPTION...] PATH... -o FILE",
     "write a page that shows what was found, to be looked at",
     "Judges every article as check does, and writes one HTML file with the limits,\n"
     "what goes and why, clusters of copies with word diffs, furniture, wrong titles,\n"
     "damage and sources. It needs no network and may be mailed or archived. Exit code:\n"
     "0 when it was written, whatever stands in it, 2 could not do the job.",
     "  copydesk report data/ -o report.html\n"
     "      with the default limits\n"
     "  copydesk report data/ -o report.html --max duplicates=0.5%\n"
     "      with limits of your own; check and clean write the page too, with --report\n"},
};

enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static void print_general_help(FILE *out)
{
    fprintf(out, "copydesk %s - cleans scraped news before the text is used\n\n", copydesk_version());
    fputs("Usage: copydesk COMMAND [OPTION...] PATH...\n\n", out);
    for (size_t i = 0; i < N_COMMANDS; i++) {
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    }
    fputs("\nA PATH is a file, a folder (all files in it), or - for standard input: JSON lines,\n"
          "CSV, TSV, WET or plain text, packed with gzip or zstd or not.\n\n"
          "  copydesk help COMMAND    what a command does, and its options\n"
          "  copydesk --list-rules    what can be found, and what is done about it\n"
          "  copydesk completion SHELL   completion for bash, zsh or fish\n"
          "  copydesk manual [COMMAND]   the manual, as source for scdoc\n"
          "  copydesk --version\n",
          out);
}

static void print_command_help(FILE *out, const struct command *command)
{
    fprintf(out, "Usage: %s\n\n%s\n\nExamples\n%s", command->usage, command->details, command->examples);
    option_help_print(out, command->bit);
}

static void print_rules(FILE *out)
{
    fprintf(out, "%-18s %-12s %-8s %s\n", "rule", "group", "action", "means");
    for (int i = 0; i < COPYDESK_N_RULES; i++) {
        enum copydesk_rule rule = (enum copydesk_rule)i;
        fprintf(out, "%-18s %-12s %-8s %s\n", copydesk_rule_name(rule),
                copydesk_group_name(copydesk_rule_group(rule)),
                copydesk_action_name(copydesk_rule_default(rule)), copydesk_rule_summary(rule));
    }
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int unknown_command(const char *name)
{
    struct nearest near = {.word = name};
    struct stat info;

    for (size_t i = 0; i < N_COMMANDS; i++) {
        nearest_offer(&near, commands[i].name);
    }
    if (near.best) {
        complain("no command is called '%s'; did you mean '%s'?", name, near.best);
    } else if (name[0] == '-' && name[1] != '\0') {
        complain("unknown option %s; the command comes first, see 'copydesk help'", name);
    } else if (strcmp(name, "-") == 0 || stat(name, &info) == 0) {
        complain("'%s' is a path; the command comes first: copydesk check %s", name, name);
    } else {
        complain("no command is called '%s'; see 'copydesk help'", name);
    }
    return EXIT_FAILED;
}

static int help(int n, char **argv)
{
    const struct command *command;

    if (n == 0) {
        print_general_help(stdout);
        return EXIT_CLEAN;
    }
    command = find_command(argv[0]);
    if (!command) {
        return unknown_command(argv[0]);
    }
    print_command_help(stdout, command);
    return EXIT_CLEAN;
}

static int print_completion(int n, char **argv)
{
    struct nearest near = {.word = n > 0 ? argv[0] : ""};

    if (n == 1 && completion_print(stdout, argv[0], commands, N_COMMANDS)) {
        return EXIT_CLEAN;
    }
    nearest_offer(&near, "bash");
    nearest_offer(&near, "fish");
    nearest_offer(&near, "zsh");
    if (n == 1 && near.best) {
        complain("no completion for '%s'; did you mean '%s'?", argv[0], near.best);
    } else {
        complain("which shell? copydesk completion bash, zsh or fish");
    }
    return EXIT_FAILED;
}

static int print_manual(int n, char **argv)
{
    const struct command *command = n > 0 ? find_command(argv[0]) : NULL;

    if (n > 0 && strcmp(argv[0], "copydesk.ini") == 0) {
        manual_print_settings(stdout);
        return EXIT_CLEAN;
    }
    if (n > 0 && !command) {
        return unknown_command(argv[0]);
    }
    manual_print(stdout, command, commands, N_COMMANDS);
    return EXIT_CLEAN;
}

static int run_command(const struct command *command, int n, char **argv)
{
    struct command_line line;
    int code = EXIT_FAILED;

    if (command_line_read(&line, command->bit, n, argv) < 0) {
        complain("%s", line.problem);
        complain("see 'copydesk help %s'", command->name);
    } else if (line.help) {
        print_command_help(stdout, command);
        code = EXIT_CLEAN;
    } else if (line.dump_config) {
        config_dump(stdout, &line, command->bit);
        code = EXIT_CLEAN;
    } else {
        code = command->function(&line);
    }
    command_line_release(&line);
    return code;
}

static int dispatch(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    const struct command *command;

    if (!word) {
        print_general_help(stderr);
        return EXIT_FAILED;
    }
    command = find_command(word);
    if (command) {
        return run_command(command, argc - 2, argv + 2);
    }
    if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0) {
        return help(argc - 2, argv + 2);
    }
    if (strcmp(word, "completion") == 0) {
        return print_completion(argc - 2, argv + 2);
    }
    if (strcmp(word, "manual") == 0) {
        return print_manual(argc - 2, argv + 2);
    }
    if (strcmp(word, "--version") == 0) {
        printf("copydesk %s\n", copydesk_version());
        return EXIT_CLEAN;
    }
    if (strcmp(word, "--list-rules") == 0) {
        print_rules(stdout);
        return EXIT_CLEAN;
    }
    return unknown_command(word);
}

/* What was printed must have arrived: a full disk is a failure, a reader who has seen enough is none. */
static int close_stdout(int code)
{
    bool failed = ferror(stdout) != 0;
    bool cut = stdout_is_cut();

    errno = 0;
    failed = fclose(stdout) != 0 || failed;
    if (!failed || cut || errno == EPIPE) {
        return code;
    }
    complain("cannot write to standard output: %s",
             errno != 0 ? strerror(errno) : "a write failed; is the disk full?");
    return EXIT_FAILED;
}

/* A standard stream that was closed by the caller must not become the number of a file that we open. */
static void hold_standard_streams(void)
{
    int fd;

    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0) {
        close(fd);
    }
}

int main(int argc, char **argv)
{
    hold_standard_streams();
    // A reader of our output that goes away shows as a failed write, which is quiet; see close_stdout().
    signal(SIGPIPE, SIG_IGN);
    return close_stdout(dispatch(argc, argv));
}
