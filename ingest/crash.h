/* A document that brings the program down must not do so at every start: which one was in hand is written
 * beside the archive's database while the program dies, one line each time. */
#pragma once

#include <glib.h>

#define LT_CRASH_FILE "crashed"
#define LT_CRASHES_ALLOWED 2u

/* From now on fatal signals leave a line in ARCHIVE/crashed where a document is in hand. What else is to happen at
 * them happens. archive: its folder. Once a process. */
void lt_crash_guard(const char *archive);
/* Which document the program works at from now on, by its sum; NULL: at none. Costs nothing. */
void lt_crash_in_hand(const char *sha256);
/* How often it brought the program down. */
guint lt_crash_count(const char *archive, const char *sha256);
/* All is forgotten: what was counted is in quarantine, or a run has come to its end. */
void lt_crash_forget(const char *archive);
