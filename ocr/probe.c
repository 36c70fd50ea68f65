/* The sandbox tried from inside: see lt_sandbox_probe. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "ocr/sandbox.h"

enum { REFUSED = 10, ALLOWED, NO_SANDBOX };

static gboolean
read_passwords(void)
{
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0;
}

static gboolean
write_file(void)
{
    return open("/tmp", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0600) >= 0;
}

static gboolean
connect_somewhere(void)
{
    return socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) >= 0;
}

static gboolean
run_program(void)
{
    return execl("/bin/true", "true", NULL) == 0; /* one that runs leaves 0 behind */
}

static gboolean
start_process(void)
{
    return fork() >= 0;
}

static gboolean
trace_process(void)
{
    return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static gboolean
make_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static gboolean
signal_parent(void)
{
    return kill(getppid(), 0) == 0;
}

static const struct {
    const char *name;
    gboolean (*try)(void);
    gboolean needs_landlock;
} PROBES[] = {
    {"read-passwords", read_passwords, TRUE}, {"write-file", write_file, FALSE},
    {"socket", connect_somewhere, FALSE},     {"execute", run_program, FALSE},
    {"fork", start_process, FALSE},           {"ptrace", trace_process, FALSE},
    {"make-code", make_code, FALSE},          {"signal", signal_parent, FALSE},
};

static int
try_inside(guint which, const char *models)
{
    g_autoptr(GError) error = NULL;
    gboolean landlock = FALSE;

    if (!lt_sandbox_enter(models, &landlock, &error) || (PROBES[which].needs_landlock && !landlock))
        return NO_SANDBOX;
    return PROBES[which].try() ? ALLOWED : REFUSED;
}

static const char *
outcome(int status)
{
    if (WIFSIGNALED(status))
        return WTERMSIG(status) == SIGSYS ? "killed" : "DIED";
    if (WEXITSTATUS(status) == REFUSED)
        return "refused";
    return WEXITSTATUS(status) == NO_SANDBOX ? "no-sandbox" : "ALLOWED";
}

gboolean
lt_sandbox_probe(const char *models, FILE *out)
{
    gboolean held = TRUE;

    for (guint i = 0; i < G_N_ELEMENTS(PROBES); i++) {
        pid_t child = fork();
        int status = 0;

        if (child == 0)
            _exit(try_inside(i, models));
        held = held && child > 0 && waitpid(child, &status, 0) == child &&
               (WIFSIGNALED(status) ? WTERMSIG(status) == SIGSYS : WEXITSTATUS(status) == REFUSED);
        fprintf(out, "%s %s\n", PROBES[i].name, outcome(status));
    }
    return held;
}
