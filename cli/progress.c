#include "cli/progress.h"

#include <string.h>
#include <unistd.h>

#define DRAW_EVERY (G_USEC_PER_SEC / 10)
#define NARROWEST_BAR 8u
#define WIDEST_BAR 30u
#define FIRST_GUESS 2u /* files or pages that must be read before the time left is guessed */

struct LtProgressBar {
    int fd;
    gboolean visible;
    gint64 drawn_at; /* monotonic */
    LtIngestProgress progress;
    char *line; /* (nullable) in place of the figures */
};

LtProgressBar *
lt_progress_bar_new(int fd)
{
    LtProgressBar *bar = g_new0(LtProgressBar, 1);
    const char *term = g_getenv("TERM");

    bar->fd = isatty(fd) && g_strcmp0(term, "dumb") != 0 ? fd : -1;
    return bar;
}

void
lt_progress_bar_free(LtProgressBar *bar)
{
    if (bar == NULL)
        return;
    lt_progress_bar_hide(bar);
    g_free(bar->line);
    g_free(bar);
}

/* Seconds left, the longer of two guesses: by files that had to be read, and by the pages known of, as
 * fast as it went until the last of them. Negative: not known. */
static double
guess_left(const LtIngestProgress *progress)
{
    double by_files = -1;
    double by_pages = -1;
    guint read = progress->filed + progress->held + progress->quarantined;

    if (progress->scanning)
        return -1;
    if (read >= FIRST_GUESS && progress->files >= progress->done)
        by_files = progress->last_seconds * (progress->files - progress->done) / read;
    if (progress->pages_done >= FIRST_GUESS && progress->pages >= progress->pages_done)
        by_pages = progress->last_seconds * (progress->pages - progress->pages_done) /
                   progress->pages_done;
    if (by_files < 0 && by_pages < 0)
        return -1;
    return MAX(0, MAX(by_files, by_pages) - (progress->seconds - progress->last_seconds));
}

static char *
left_text(const LtIngestProgress *progress)
{
    double left = guess_left(progress);
    guint seconds = left < 0 ? 0 : (guint)left + 1;

    if (progress->scanning)
        return g_strdup(_("looking for files"));
    if (left < 0)
        return NULL;
    if (seconds >= 3600)
        return g_strdup_printf(_("%u:%02u:%02u left"), seconds / 3600, seconds / 60 % 60,
                               seconds % 60);
    return g_strdup_printf(_("%u:%02u left"), seconds / 60, seconds % 60);
}

/* In the order in which they stand; the number says which goes first where there is no room. */
typedef struct {
    char *text; /* (nullable) */
    guint rank; /* 0 stays longest */
} Part;

enum { PART_DOCUMENTS, PART_PAGES, PART_SPEED, PART_LEFT, PART_DOUBTFUL, PART_FAILED, N_PARTS };

static void
make_parts(const LtIngestProgress *progress, Part *parts)
{
    guint failed = progress->failed + progress->quarantined + progress->held;
    double speed = progress->seconds > 0 ? progress->pages_done / progress->seconds : 0;

    parts[PART_DOCUMENTS] =
        (Part){g_strdup_printf(_("%u/%u files"), progress->done, progress->files), 0};
    parts[PART_PAGES] =
        (Part){g_strdup_printf(ngettext("%u page", "%u pages", progress->pages_done),
                               progress->pages_done),
               4};
    parts[PART_SPEED] = (Part){g_strdup_printf(_("%.1f/s"), speed), 5};
    parts[PART_LEFT] = (Part){left_text(progress), 3};
    parts[PART_DOUBTFUL] = (Part){g_strdup_printf(_("%u doubtful"), progress->doubtful), 2};
    parts[PART_FAILED] = (Part){g_strdup_printf(_("%u failed"), failed), 1};
}

static guint
parts_width(const Part *parts)
{
    guint width = 0;

    for (guint i = 0; i < N_PARTS; i++)
        if (parts[i].text != NULL)
            width += lt_cli_width(parts[i].text) + 2;
    return width > 0 ? width - 2 : 0;
}

static void
drop_least(Part *parts)
{
    guint least = 0;

    for (guint i = 0; i < N_PARTS; i++)
        if (parts[i].text != NULL && parts[i].rank > parts[least].rank)
            least = i;
    g_clear_pointer(&parts[least].text, g_free);
}

static void
append_bar(GString *line, const LtIngestProgress *progress, guint width)
{
    double share = progress->files > 0 ? (double)progress->done / progress->files : 0;
    guint full = (guint)(share * width + 0.5);

    for (guint i = 0; i < width; i++)
        g_string_append(line, i < full ? "█" : "░");
    g_string_append(line, "  ");
}

char *
lt_progress_line(const LtIngestProgress *progress, guint width)
{
    g_autoptr(GString) line = g_string_new(NULL);
    Part parts[N_PARTS];
    guint used;

    make_parts(progress, parts);
    while ((used = parts_width(parts)) > width)
        drop_least(parts);
    if (width >= used + NARROWEST_BAR + 2)
        append_bar(line, progress, MIN(width - used - 2, WIDEST_BAR));
    for (guint i = 0, n = 0; i < N_PARTS; i++) {
        if (parts[i].text == NULL)
            continue;
        g_string_append_printf(line, "%s%s", n++ > 0 ? "  " : "", parts[i].text);
        g_free(parts[i].text);
    }
    return g_string_free(g_steal_pointer(&line), FALSE);
}

static void
put(int fd, const char *text)
{
    gsize length = strlen(text);

    /* A terminal that does not take it costs a drawing, nothing more. */
    if (write(fd, text, length) < (gssize)length)
        return;
}

/* (transfer full) */
static char *
cut_line(const char *line, guint width)
{
    glong length = g_utf8_strlen(line, -1);

    while (length > 0 && lt_cli_width(line) > width) {
        g_autofree char *cut = g_utf8_substring(line, 0, --length);
        if (lt_cli_width(cut) <= width)
            return g_steal_pointer(&cut);
    }
    return g_strdup(line);
}

void
lt_progress_bar_draw(LtProgressBar *bar)
{
    guint width = bar->fd >= 0 ? lt_cli_terminal_width(bar->fd) : 0;
    g_autofree char *line = NULL;
    g_autofree char *drawing = NULL;

    if (width < 2)
        return;
    line = bar->line ? cut_line(bar->line, width - 1) : lt_progress_line(&bar->progress, width - 1);
    drawing = g_strconcat("\r", line, "\033[K", NULL);
    put(bar->fd, drawing);
    bar->visible = TRUE;
    bar->drawn_at = g_get_monotonic_time();
}

void
lt_progress_bar_set_line(LtProgressBar *bar, const char *line)
{
    if (bar->fd < 0)
        return;
    g_free(bar->line);
    bar->line = g_strdup(line);
    lt_progress_bar_draw(bar);
}

void
lt_progress_bar_update(LtProgressBar *bar, const LtIngestProgress *progress)
{
    bar->progress = *progress;
    if (bar->fd >= 0 && g_get_monotonic_time() - bar->drawn_at >= DRAW_EVERY)
        lt_progress_bar_draw(bar);
}

void
lt_progress_bar_hide(LtProgressBar *bar)
{
    if (!bar->visible)
        return;
    put(bar->fd, "\r\033[K");
    bar->visible = FALSE;
}
