/*
 * cpu.h - which instruction sets the processor has, asked once when the engine is made.
 */
#pragma once

#include "copydesk.h"

/* The best level that both the processor and `limit` allow. */
enum copydesk_cpu cpu_level(enum copydesk_cpu limit);
