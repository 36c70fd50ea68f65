/* A worker process as the coordinator sees it. The process is reaped by this file only, so that its
 * id can never have become another's when it is killed. */
#include "ingest/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gstdio.h>

#define START_SECONDS 60u /* engines load from a slow disk */
#define END_STEP 10u      /* milliseconds between looks at a process that should have ended */
#define CLOSED_STEPS 200u /* looks after its socket was closed */
#define LIED_STEPS 5u /* looks after nonsense, which may be the half answer of one that crashed */
#define MAX_LOG 2048u /* bytes of standard error that are kept */
#define SPARE_CPU 10u /* seconds of CPU over the wall-clock deadline */

struct LtWorker {
    GMainContext *context;
    const LtWorkerHooks *hooks;
    pid_t pid; /* 0: reaped */
    int socket_fd, log_fd;
    LtOcrReader *reader;
    GSource *on_socket, *on_log, *on_time;
    GString *log;
    gboolean ready, ending, dead;
    guint served, seconds, end_steps;
    guint64 cpu_limit; /* seconds of CPU time that it may use, as set last; 0: not set yet */
    char *nonsense;    /* (nullable) what was wrong with what it sent last */
    LtDocument *document;
    guint page;
};

static void
drop_source(GSource **source)
{
    if (!*source)
        return;
    g_source_destroy(*source);
    g_source_unref(*source);
    *source = NULL;
}

static GSource *
keep_source(LtWorker *worker, GSource *source, GSourceFunc callback, int priority)
{
    g_source_set_callback(source, callback, worker, NULL);
    g_source_set_priority(source, priority);
    g_source_attach(source, worker->context);
    return source;
}

/* Where memory runs out a worker goes first: it costs its document, which is told, and nothing else. */
static void
offer_to_go_first(void)
{
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);

    if (fd < 0)
        return;
    (void)!write(fd, "500", 3);
    close(fd);
}

/* Runs in the child between fork and exec: only what is safe there. Workers leave the terminal's
 * process group, for Ctrl-C is the coordinator's to answer, and end with the coordinator. What the coordinator
 * was given beyond a user's rights is not for them. */
static void
set_up_child(gpointer user_data)
{
    (void)user_data;
    offer_to_go_first();
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
}

static gboolean
read_log(LtWorker *worker)
{
    char bytes[1024];
    gssize n;

    while ((n = read(worker->log_fd, bytes, sizeof bytes)) > 0) {
        g_string_append_len(worker->log, bytes, n);
        if (worker->log->len > MAX_LOG)
            g_string_erase(worker->log, 0, (gssize)(worker->log->len - MAX_LOG));
    }
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static gboolean
log_is_there(int fd, GIOCondition condition, gpointer user_data)
{
    (void)fd;
    (void)condition;
    return read_log(user_data);
}

/* After this the process is no more, and nothing calls back. */
void
lt_worker_kill(LtWorker *worker)
{
    worker->dead = TRUE;
    drop_source(&worker->on_socket);
    drop_source(&worker->on_log);
    drop_source(&worker->on_time);
    if (worker->pid > 0) {
        kill(worker->pid, SIGKILL);
        while (waitpid(worker->pid, NULL, 0) < 0 && errno == EINTR)
            ;
        worker->pid = 0;
    }
}

static void
end(LtWorker *worker, LtWorkerEndKind kind, int status, const char *detail)
{
    LtWorkerEnd report = {kind, status, detail, NULL, worker->ready};

    lt_worker_kill(worker);
    read_log(worker);
    report.log = worker->log->str;
    worker->hooks->ended(worker, &report, worker->hooks->user_data);
}

static gboolean
time_is_up(gpointer user_data)
{
    LtWorker *worker = user_data;

    end(worker, LT_WORKER_STALLED, (int)worker->seconds, NULL);
    return G_SOURCE_REMOVE;
}

static void
set_deadline(LtWorker *worker, guint seconds)
{
    gint64 now = g_get_monotonic_time();

    worker->seconds = seconds;
    /* One whose time has passed is marked to be told of, and a later time does not take that back. */
    if (worker->on_time && seconds > 0 && !worker->ending &&
        g_source_get_ready_time(worker->on_time) > now) {
        g_source_set_ready_time(worker->on_time, now + (gint64)seconds * G_USEC_PER_SEC);
        return;
    }
    drop_source(&worker->on_time);
    if (seconds > 0)
        worker->on_time = keep_source(worker, g_timeout_source_new(seconds * 1000), time_is_up,
                                      G_PRIORITY_DEFAULT);
}

/* Lets the process use seconds more of CPU time than it has used. A failure is no matter: the
 * deadline by the clock stands behind it. */
static void
raise_cpu_limit(LtWorker *worker, guint seconds)
{
    struct rlimit limit;
    struct timespec used;
    clockid_t clock;

    if (clock_getcpuclockid(worker->pid, &clock) != 0 || clock_gettime(clock, &used) != 0)
        return;
    guint64 cpu_limit = (guint64)used.tv_sec + seconds + SPARE_CPU;
    /* It counts whole seconds, and many pages are read in one. */
    if (cpu_limit == worker->cpu_limit || prlimit(worker->pid, RLIMIT_CPU, NULL, &limit) != 0)
        return;
    limit.rlim_cur = MIN((rlim_t)cpu_limit, limit.rlim_max);
    if (prlimit(worker->pid, RLIMIT_CPU, &limit, NULL) == 0)
        worker->cpu_limit = cpu_limit;
}

static void
give_time(LtWorker *worker, guint seconds)
{
    raise_cpu_limit(worker, seconds);
    set_deadline(worker, seconds);
}

/* A closed socket, or one that closes within an answer, is mostly a process about to end: its exit
 * code says more than the closing. */
static gboolean
look_for_end(gpointer user_data)
{
    LtWorker *worker = user_data;
    int status = 0;
    pid_t reaped = waitpid(worker->pid, &status, WNOHANG);

    if (reaped == 0 && worker->end_steps-- > 0)
        return G_SOURCE_CONTINUE;
    if (reaped == 0) {
        end(worker, LT_WORKER_LIED, 0, worker->nonsense);
        return G_SOURCE_REMOVE;
    }
    worker->pid = 0;
    if (WIFSIGNALED(status))
        end(worker, LT_WORKER_SIGNALLED, WTERMSIG(status), NULL);
    else
        end(worker, LT_WORKER_EXITED, WEXITSTATUS(status), NULL);
    return G_SOURCE_REMOVE;
}

static void
await_end(LtWorker *worker, const GError *error)
{
    gboolean was_closed = g_error_matches(error, LT_OCR_ERROR, LT_OCR_ERROR_CLOSED);

    worker->ending = TRUE;
    worker->end_steps = was_closed ? CLOSED_STEPS : LIED_STEPS;
    worker->nonsense = g_strdup(error->message);
    drop_source(&worker->on_socket);
    drop_source(&worker->on_time);
    worker->on_time =
        keep_source(worker, g_timeout_source_new(END_STEP), look_for_end, G_PRIORITY_DEFAULT);
}

static void
take_message(LtWorker *worker, LtOcrMessage *message)
{
    if (!worker->ready && message->kind == LT_OCR_READY) {
        worker->ready = TRUE;
        set_deadline(worker, 0);
        worker->hooks->ready(worker, (const char *const *)message->doubts,
                             worker->hooks->user_data);
    } else if (!worker->ready && message->kind == LT_OCR_FAILED) {
        end(worker, LT_WORKER_FAILED, (int)message->code, message->detail);
    } else if (!worker->document) {
        end(worker, LT_WORKER_LIED, 0, "spoke without being asked");
    } else {
        /* Opening a document answers page by page, and each has its own time. */
        give_time(worker, worker->seconds);
        if (!worker->hooks->answer(worker, message, worker->hooks->user_data) && !worker->dead)
            end(worker, LT_WORKER_LIED, 0, "answered what was not asked");
    }
}

static gboolean
socket_has_news(int fd, GIOCondition condition, gpointer user_data)
{
    LtWorker *worker = user_data;

    (void)fd;
    (void)condition;
    while (!worker->dead) {
        g_auto(LtOcrMessage) message = LT_OCR_MESSAGE_INIT;
        g_autoptr(GError) error = NULL;
        gboolean got = FALSE;

        if (!lt_ocr_reader_next(worker->reader, &message, &got, &error)) {
            await_end(worker, error);
            return G_SOURCE_REMOVE;
        }
        if (!got)
            return G_SOURCE_CONTINUE;
        take_message(worker, &message);
    }
    return G_SOURCE_REMOVE;
}

/* Starts the process with its side of the socket as descriptor 3; closes their_fd in any case. */
static gboolean
spawn(LtWorker *worker, const char *program, gboolean strict, int their_fd, GError **error)
{
    const char *argv[] = {program, strict ? "--require-sandbox" : NULL, NULL};
    g_auto(GStrv) environment = g_get_environ();
    const int target = LT_OCR_SOCKET_FD;
    gboolean started;

    /* One thread a worker: Tesseract's own threads cost four times what they bring, and it reads
     * these when it is loaded. */
    environment = g_environ_setenv(environment, "OMP_THREAD_LIMIT", "1", TRUE);
    environment = g_environ_setenv(environment, "OMP_NUM_THREADS", "1", TRUE);
    started = g_spawn_async_with_pipes_and_fds(
        NULL, argv, (const char *const *)environment,
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL, set_up_child, NULL, -1, -1, -1,
        &their_fd, &target, 1, &worker->pid, NULL, NULL, &worker->log_fd, error);
    close(their_fd);
    return started && g_unix_set_fd_nonblocking(worker->log_fd, TRUE, error);
}

LtWorker *
lt_worker_start(const char *program, gboolean strict, GMainContext *context,
                const LtWorkerHooks *hooks, GError **error)
{
    LtWorker *worker = g_new0(LtWorker, 1);
    int pair[2];

    worker->context = g_main_context_ref(context);
    worker->hooks = hooks;
    worker->log = g_string_new(NULL);
    worker->socket_fd = worker->log_fd = -1;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        g_set_error(error, G_IO_ERROR, (int)g_io_error_from_errno(errno),
                    "cannot make a socket for '%s': %s", program, g_strerror(errno));
        lt_worker_free(worker);
        return NULL;
    }
    worker->socket_fd = pair[0];
    if (!spawn(worker, program, strict, pair[1], error) ||
        !g_unix_set_fd_nonblocking(worker->socket_fd, TRUE, error)) {
        lt_worker_free(worker);
        return NULL;
    }
    worker->reader = lt_ocr_reader_new(worker->socket_fd);
    /* Answers go before deadlines: one that came while the coordinator was busy has come in time.
     */
    worker->on_socket = keep_source(worker, g_unix_fd_source_new(worker->socket_fd, G_IO_IN),
                                    G_SOURCE_FUNC(socket_has_news), G_PRIORITY_HIGH);
    worker->on_log = keep_source(worker, g_unix_fd_source_new(worker->log_fd, G_IO_IN),
                                 G_SOURCE_FUNC(log_is_there), G_PRIORITY_HIGH);
    set_deadline(worker, START_SECONDS);
    return worker;
}

void
lt_worker_free(LtWorker *worker)
{
    if (!worker)
        return;
    lt_worker_kill(worker);
    g_clear_pointer(&worker->reader, lt_ocr_reader_free);
    if (worker->socket_fd >= 0)
        close(worker->socket_fd);
    if (worker->log_fd >= 0)
        close(worker->log_fd);
    g_string_free(worker->log, TRUE);
    g_free(worker->nonsense);
    g_main_context_unref(worker->context);
    g_free(worker);
}

gboolean
lt_worker_is_ready(const LtWorker *worker)
{
    return worker->ready && !worker->ending && !worker->dead;
}

gboolean
lt_worker_is_dead(const LtWorker *worker)
{
    return worker->dead;
}

guint
lt_worker_served(const LtWorker *worker)
{
    return worker->served;
}

LtDocument *
lt_worker_document(const LtWorker *worker)
{
    return worker->document;
}

guint
lt_worker_page(const LtWorker *worker)
{
    return worker->page;
}

static void
ask(LtWorker *worker, LtDocument *document, LtOcrMessage *message, guint seconds)
{
    g_autoptr(GError) error = NULL;

    worker->document = document;
    worker->page = message->page;
    worker->served++;
    give_time(worker, seconds);
    message->token = document->token;
    /* A peer that is gone shows at the socket's end; there the request is given to another. */
    if (!lt_ocr_send(worker->socket_fd, message, &error) &&
        !g_error_matches(error, LT_OCR_ERROR, LT_OCR_ERROR_CLOSED))
        await_end(worker, error);
}

void
lt_worker_ask(LtWorker *worker, LtDocument *document, guint page, guint max_pages, int original_fd,
              guint seconds)
{
    LtOcrMessage message = {.kind = page == 0 ? LT_OCR_OPEN : LT_OCR_RECOGNISE,
                            .page = page,
                            .page_count = max_pages,
                            .fd = original_fd};

    ask(worker, document, &message, seconds);
}

void
lt_worker_cut(LtWorker *worker, LtDocument *document, guint page, const LtBox *box, int original_fd,
              guint seconds)
{
    LtOcrMessage message = {.kind = LT_OCR_CUT, .page = page, .box = *box, .fd = original_fd};

    ask(worker, document, &message, seconds);
}

void
lt_worker_show(LtWorker *worker, LtDocument *document, guint page, guint dpi, int original_fd,
               guint seconds)
{
    LtOcrMessage message = {.kind = LT_OCR_SHOW, .page = page, .dpi = dpi, .fd = original_fd};

    ask(worker, document, &message, seconds);
}

void
lt_worker_rest(LtWorker *worker)
{
    worker->document = NULL;
    worker->page = 0;
    set_deadline(worker, 0);
}
