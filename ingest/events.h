/* What the kernel tells about folders (inotify): for speed only. Whatever it does not tell, a look over
 * the folders finds. */
#pragma once

#include <glib.h>

typedef enum {
    LT_EVENT_CLOSED,   /* a file was closed after writing, or moved here */
    LT_EVENT_APPEARED, /* something came to be, or its permissions changed */
    LT_EVENT_FOLDER,   /* a folder came to be, or was moved here */
    LT_EVENT_LOST      /* a watched folder went, or events were lost: look for yourself */
} LtEventKind;

typedef void (*LtEventsHook)(LtEventKind kind, const char *path, gpointer user_data);

typedef struct LtEvents LtEvents;

/* NULL with errno where the system grants none. */
LtEvents *lt_events_new(GMainContext *context, LtEventsHook hook, gpointer user_data);
void lt_events_free(LtEvents *events);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(LtEvents, lt_events_free)

/* Begins to watch one folder, without those in it; again does no harm. FALSE with errno: ENOSPC where the
 * limit of watches is reached. */
gboolean lt_events_add(LtEvents *events, const char *folder);
/* Ends it for a folder and all below it. */
void lt_events_forget(LtEvents *events, const char *folder);
guint lt_events_count(const LtEvents *events);
