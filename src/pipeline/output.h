/*
 * output.h - verdicts and records to the writers, in one walk over the corpus.
 */
#pragma once

#include "pipeline/pipeline.h"

int pipeline_write(struct pipeline *p, const struct copydesk_output *outputs, size_t n_outputs,
                   struct copydesk_error *error);
