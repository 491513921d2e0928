/*
 * output.h - verdicts and records to the writers, in one walk over the corpus.
 */
#pragma once

#include "pipeline/pipeline.h"

/* What reports show beside verdicts. */
struct pipeline_reports {
    const struct copydesk_summary *summary;
    const struct copydesk_judgement *judgement;
};

int pipeline_write(struct pipeline *p, const struct copydesk_output *outputs, size_t n_outputs,
                   const struct pipeline_reports *reports, struct copydesk_error *error);
