// example.c - the whole interface of libcopydesk in one small program: which articles of a file are copies,
// and of what.
//
//     example FILE...
//
// Built against the shared library and copydesk.h alone, as a program outside this project would be:
//
//     cc example.c $(pkg-config --cflags --libs copydesk)

#include <copydesk.h>
#include <stdio.h>

static int print_copies(struct copydesk *desk, struct copydesk_error *error)
{
    struct copydesk_verdict verdict;
    int more;

    while ((more = copydesk_next_verdict(desk, &verdict, error)) == 1) {
        for (size_t i = 0; i < verdict.n_findings; i++) {
            const struct copydesk_finding *found = &verdict.findings[i];
            if (found->action == COPYDESK_DROP) {
                printf("%.*s: %s of %.*s, %u words shared\n", (int)verdict.id.len, verdict.id.data,
                       copydesk_rule_name(found->rule), (int)found->of.len, found->of.data,
                       found->shared_words);
            }
        }
    }
    return more;
}

int main(int argc, char **argv)
{
    struct copydesk_options options;
    struct copydesk_error error;
    struct copydesk *desk = NULL;
    int status;

    copydesk_options_init(&options);
    options.threads = 2;
    options.actions[COPYDESK_SAME_TEMPLATE] = COPYDESK_OFF;
    status = copydesk_open(&desk, &options, &error);
    for (int i = 1; i < argc && status == 0; i++) {
        status = copydesk_add_path(desk, argv[i], &error);
    }
    if (status == 0) {
        status = copydesk_finish(desk, &error);
    }
    if (status == 0) {
        status = print_copies(desk, &error);
    }
    if (status == 0) {
        const struct copydesk_summary *summary = copydesk_summary(desk);
        printf("%llu read, %llu could go\n", (unsigned long long)summary->read,
               (unsigned long long)summary->removable);
    } else {
        fprintf(stderr, "example: %s: %s\n", error.file, error.message);
    }
    copydesk_free(desk);
    return status < 0;
}
