#include "ingest/crash.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "store/store.h"

#define SUM_LENGTH 64u
#define MOST_BYTES 65536u /* of the file that are looked at */

/* The last one is how GLib ends a program that gets no memory. */
static const int fatal[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP};

/* A signal's handler gets no argument of ours, and may allocate nothing. */
static char in_hand[SUM_LENGTH + 1]; /* with a line's end; empty: none */
static char path[PATH_MAX];
static struct sigaction before[G_N_ELEMENTS(fatal)];
static char stack[1u << 16]; /* a stack that has run over cannot take the handler */

static void
leave_line(void)
{
    int fd;

    if (in_hand[0] == '\0')
        return;
    fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (fd < 0)
        return;
    (void)!write(fd, in_hand, sizeof in_hand);
    close(fd);
}

static void
on_fatal(int number, siginfo_t *info, void *context)
{
    (void)context;
    leave_line();
    for (gsize i = 0; i < G_N_ELEMENTS(fatal); i++)
        sigaction(fatal[i], &before[i], NULL);
    /* What the kernel found happens again on return; what a process sent does not. */
    if (info->si_code <= 0)
        raise(number);
}

void
lt_crash_guard(const char *archive)
{
    static gsize guarded;
    const stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_sigaction = on_fatal, .sa_flags = SA_SIGINFO | SA_ONSTACK};

    if (!g_once_init_enter(&guarded))
        return;
    g_snprintf(path, sizeof path, "%s/" LT_CRASH_FILE, archive);
    sigaltstack(&own, NULL);
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(fatal); i++)
        sigaction(fatal[i], &action, &before[i]);
    g_once_init_leave(&guarded, 1);
}

void
lt_crash_in_hand(const char *sha256)
{
    if (!sha256 || strlen(sha256) != SUM_LENGTH) {
        in_hand[0] = '\0';
        return;
    }
    memcpy(in_hand, sha256, SUM_LENGTH);
    in_hand[SUM_LENGTH] = '\n';
}

guint
lt_crash_count(const char *archive, const char *sha256)
{
    g_autofree char *file = g_build_filename(archive, LT_CRASH_FILE, NULL);
    g_autofree char *text = g_malloc0(MOST_BYTES + 1);
    int fd = open(file, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    guint n = 0;

    if (fd < 0)
        return 0;
    if (read(fd, text, MOST_BYTES) > 0)
        for (const char *at = text; (at = strstr(at, sha256)); at++)
            n++;
    close(fd);
    return n;
}

void
lt_crash_forget(const char *archive)
{
    g_autofree char *file = g_build_filename(archive, LT_CRASH_FILE, NULL);

    if (g_file_test(file, G_FILE_TEST_EXISTS))
        lt_disk_unlink(file, "leftover");
}
