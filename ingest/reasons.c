/* The sentences for what can go wrong with one document. */
#include "ingest/reasons.h"

#include <errno.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "ingest/ingest.h"

#define MAX_DETAIL 200 /* code points of a worker's own words */

/* Whether the worker's own words say more than the sentence does. */
static gboolean
detail_matters(LtOcrError code)
{
    return code != LT_OCR_ERROR_ENCRYPTED && code != LT_OCR_ERROR_DAMAGED &&
           code != LT_OCR_ERROR_NO_PAGES;
}

static const char *const failures[LT_OCR_N_ERRORS] = {
    [LT_OCR_ERROR_ENCRYPTED] =
        N_("needs a password to be opened; save a copy without password and take in that"),
    [LT_OCR_ERROR_DAMAGED] = N_("damaged or cut off, it cannot be read; copy or scan it again"),
    [LT_OCR_ERROR_NO_PAGES] = N_("holds no pages; make it again from its source"),
    [LT_OCR_ERROR_TOO_MANY_PAGES] = N_("has more pages than are taken in one file; split it"),
    [LT_OCR_ERROR_TOO_LARGE] =
        N_("too large a picture (the limit is 80 million dots); scan it at a lower resolution"),
    [LT_OCR_ERROR_UNSUPPORTED] =
        N_("a kind of picture that cannot be read; save it as PDF, TIFF or PNG"),
    [LT_OCR_ERROR_MEMORY] =
        N_("needs more memory than a worker may use; split it or scan it at a lower resolution"),
    [LT_OCR_ERROR_PROTOCOL] = N_("the worker could not make sense of what it was sent"),
    [LT_OCR_ERROR_CLOSED] = N_("the worker ended while reading it"),
    [LT_OCR_ERROR_SETUP] =
        N_("the worker could not be set up; see that the language models are there"),
    [LT_OCR_ERROR_INTERNAL] = N_("the worker failed while reading it"),
};

/* One line of at most MAX_DETAIL code points, without anything that could play with a terminal. */
static char *
clean_detail(const char *detail)
{
    g_autofree char *canonical = lt_text_canonical(detail);

    if (g_utf8_strlen(canonical, -1) > MAX_DETAIL)
        *g_utf8_offset_to_pointer(canonical, MAX_DETAIL) = '\0';
    g_strdelimit(canonical, "\n", ' ');
    return g_strdup(g_strstrip(canonical));
}

static char *
reason_new(guint page, const char *sentence, const char *detail)
{
    g_autoptr(GString) reason = g_string_new(NULL);
    g_autofree char *cleaned = clean_detail(detail ? detail : "");

    if (page > 0)
        g_string_append_printf(reason, _("page %u: "), page);
    g_string_append(reason, sentence);
    if (*cleaned)
        g_string_append_printf(reason, " (%s)", cleaned);
    return g_string_free(g_steal_pointer(&reason), FALSE);
}

char *
lt_reason_for_failure(LtOcrError code, guint page, const char *detail)
{
    LtOcrError known = (guint)code < LT_OCR_N_ERRORS ? code : LT_OCR_ERROR_INTERNAL;

    return reason_new(page, _(failures[known]), detail_matters(known) ? detail : NULL);
}

char *
lt_reason_for_end(const LtWorkerEnd *end, guint page)
{
    g_autofree char *sentence = NULL;

    switch (end->kind) {
    case LT_WORKER_EXITED:
        sentence = g_strdup_printf(_("the worker ended with exit code %d while reading it, twice; "
                                     "make the file again from its source"),
                                   end->status);
        break;
    case LT_WORKER_SIGNALLED:
        sentence = g_strdup_printf(_("the worker crashed while reading it, twice (%s); "
                                     "make the file again from its source"),
                                   g_strsignal(end->status));
        break;
    case LT_WORKER_STALLED:
        sentence = g_strdup_printf(g_dngettext(GETTEXT_PACKAGE,
                                               "reading it took longer than %d second, twice; "
                                               "scan it again or allow more time",
                                               "reading it took longer than %d seconds, twice; "
                                               "scan it again or allow more time",
                                               (gulong)end->status),
                                   end->status);
        break;
    case LT_WORKER_LIED:
        sentence = g_strdup(_("the worker gave an answer that makes no sense, twice; "
                              "make the file again from its source"));
        break;
    case LT_WORKER_FAILED:
        return lt_reason_for_failure((LtOcrError)end->status, page, end->detail);
    }
    return reason_new(page, sentence, end->detail);
}

GError *
lt_reason_for_start(const char *program, const LtWorkerEnd *end)
{
    const char *sentence = _("it ended at once");
    g_autofree char *shown = lt_reason_show_path(program);
    g_autofree char *log = lt_text_canonical(end->log ? end->log : "");
    g_autofree char *reason = NULL;

    if (end->kind == LT_WORKER_STALLED)
        sentence = _("it did not get ready in time");
    else if (end->kind == LT_WORKER_LIED)
        sentence = _("it is not of this version");
    g_strdelimit(g_strstrip(log), "\n", ' ');
    if (end->detail && *end->detail)
        reason = reason_new(0, sentence, end->detail);
    else
        reason = *log ? g_strdup_printf("%s: %s", sentence, log) : g_strdup(sentence);
    return g_error_new(LT_INGEST_ERROR, LT_INGEST_ERROR_WORKER,
                       _("the worker program '%s' does not come up: %s"), shown, reason);
}

char *
lt_reason_for_errno(int code)
{
    if (code == ENOENT)
        return g_strdup(_("vanished before it was read"));
    if (code == EACCES || code == EPERM)
        return g_strdup(_("no permission to read it; allow that and run again"));
    if (code == ELOOP)
        return g_strdup(_("a link is not followed out of a watched folder"));
    return g_strdup_printf(_("cannot be read: %s"), g_strerror(code));
}

const char *
lt_reason_for_hung(void)
{
    return _("the disk on which it lies does not answer");
}

const char *
lt_reason_for_room(void)
{
    return _("it is larger than the room that is left on the disk of the archive: make room there, "
             "and it is taken");
}

char *
lt_reason_show_path(const char *path)
{
    g_autofree char *shown = g_filename_display_name(path);
    g_autofree char *line = lt_text_canonical(shown);

    g_strdelimit(line, "\n", ' ');
    return g_steal_pointer(&line);
}
