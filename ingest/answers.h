/* Whether what lies in a folder can be asked for without waiting. Of a share whose server is switched off every
 * question waits, for minutes or for ever, and so would all that a watcher does: a thread of its own asks first. */
#pragma once

#include <glib.h>

#define LT_ANSWER_SECONDS 3u /* a share that is only slow answers in less */

typedef enum {
    LT_ANSWER_CAME,    /* a moment ago, whatever it was: also that nothing is there */
    LT_ANSWER_AWAITED, /* the context is woken when it comes */
    LT_ANSWER_MISSING /* it has been waited for too long, or the last was an error that came late */
} LtAnswer;

typedef struct LtAnswers LtAnswers;

/* seconds: that an answer may take; of a disk that answers well, and slowly, later ones may take longer. */
LtAnswers *lt_answers_new(GMainContext *context, guint seconds);
/* Threads that still wait go on by themselves. */
void lt_answers_free(LtAnswers *answers);
/* Asks anew where the last answer is older than a moment. Never waits. */
LtAnswer lt_answers_ask(LtAnswers *answers, const char *folder);
/* The same, and waits while an answer is awaited, no longer than it may usually take. FALSE: it is missing. */
gboolean lt_answers_came(LtAnswers *answers, const char *folder);
/* The same for who asks once: waits LT_ANSWER_SECONDS at most. */
gboolean lt_answers_once(const char *folder);
