/* What a service manager is told: sd_notify(3), over its socket, without its library. Where there is
 * none, nothing happens. */
#pragma once

#include <glib.h>

/* state: lines such as "READY=1". */
void lt_notify(const char *state);
/* "STATUS=" with one line for people. */
void lt_notify_status(const char *status);
/* A timer that says at half the time the manager asked for that the program is alive. 0: it asked for
 * none. For g_source_remove. */
guint lt_notify_start_watchdog(void);
/* RELOADING=1, with the time that the manager wants with it. */
void lt_notify_reloading(void);
