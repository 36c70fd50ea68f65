/* Fault points: places before and after each change to a disk, by name, where builds made with
 * LUUTRU_FAULTS (MODE=asan is one) can be killed or made to fail. In all other builds they are nothing.
 *
 *   LUUTRU_FAULT=NAME=ACTION     at the first passing of that point
 *   LUUTRU_FAULT=NAME#N=ACTION   at the N-th
 *   LUUTRU_FAULT=NAME#N+=ACTION  at the N-th and all that follow
 *   LUUTRU_FAULT_LOG=FILE        the name of each point passed is appended, a line each
 *
 * NAME is place.operation.before or .after, such as original.place.rename.before; the names that a
 * filing passes are listed in tests/fault/points. ACTION is kill (SIGKILL), abort (as a bug would) or, before an operation, an
 * error that it then ends with: ENOSPC, EDQUOT, EIO, BUSY (of SQLite's locks), SHORT (half of a write is
 * done). Each point also asks access(2) for "/fault/NAME", which changes nothing and which a tracer
 * shows between the calls of the program. */
#pragma once

#include <glib.h>

#define LT_FAULT_SHORT (-1)

#ifdef LUUTRU_FAULTS

/* 0: go on; an errno, or LT_FAULT_SHORT: what the operation is to end with. */
int lt_fault(const char *place, const char *operation, const char *when);

/* The VFS of SQLite that passes fault points; NULL: SQLite's own. */
const char *lt_fault_vfs(void);

#else

static inline int
lt_fault(G_GNUC_UNUSED const char *place, G_GNUC_UNUSED const char *operation,
         G_GNUC_UNUSED const char *when)
{
    return 0;
}

static inline const char *
lt_fault_vfs(void)
{
    return NULL;
}

#endif
