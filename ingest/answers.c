#include "ingest/answers.h"

#include <dirent.h>
#include <sys/stat.h>

#define FRESH (1 * G_USEC_PER_SEC)
#define USUAL                                                                                      \
    (3 *                                                                                           \
     G_USEC_PER_SEC) /* a share that is only slow, or a disk that has to spin up, answers in less */

typedef struct {
    char *folder;
    GMainContext *context; /* (nullable) */
    GMutex lock;
    GCond came;
    gboolean asking;          /* under lock */
    gint64 asked_at, came_at; /* under lock: monotonic; 0: never */
} Question;

struct LtAnswers {
    GMainContext *context;
    GHashTable *questions; /* folder -> Question */
};

static void
question_clear(gpointer data)
{
    Question *question = data;

    g_free(question->folder);
    g_clear_pointer(&question->context, g_main_context_unref);
    g_mutex_clear(&question->lock);
    g_cond_clear(&question->came);
}

static void
question_unref(gpointer question)
{
    g_atomic_rc_box_release_full(question, question_clear);
}

static Question *
question_new(const char *folder, GMainContext *context)
{
    Question *question = g_atomic_rc_box_new0(Question);

    question->folder = g_strdup(folder);
    question->context = context ? g_main_context_ref(context) : NULL;
    g_mutex_init(&question->lock);
    g_cond_init(&question->came);
    return question;
}

/* What the system remembers of a share it tells without asking the server; a look into the folder does ask. */
static gpointer
wait_for_answer(gpointer data)
{
    Question *question = data;
    DIR *folder = opendir(question->folder);
    struct stat info;

    if (folder) {
        (void)!readdir(folder);
        closedir(folder);
    }
    (void)!stat(question->folder, &info);
    g_mutex_lock(&question->lock);
    question->asking = FALSE;
    question->came_at = g_get_monotonic_time();
    g_cond_signal(&question->came);
    g_mutex_unlock(&question->lock);
    if (question->context)
        g_main_context_wakeup(question->context);
    question_unref(question);
    return NULL;
}

/* Under lock. Without a thread nobody can ask but who wants to know. */
static void
begin(Question *question)
{
    GThread *thread;

    question->asking = TRUE;
    question->asked_at = g_get_monotonic_time();
    g_atomic_rc_box_acquire(question);
    thread = g_thread_try_new("answer", wait_for_answer, question, NULL);
    if (thread) {
        g_thread_unref(thread);
        return;
    }
    question->asking = FALSE;
    question->came_at = question->asked_at;
    question_unref(question);
}

LtAnswers *
lt_answers_new(GMainContext *context)
{
    LtAnswers *answers = g_new0(LtAnswers, 1);

    answers->context = g_main_context_ref(context);
    answers->questions = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, question_unref);
    return answers;
}

void
lt_answers_free(LtAnswers *answers)
{
    if (!answers)
        return;
    g_hash_table_unref(answers->questions);
    g_main_context_unref(answers->context);
    g_free(answers);
}

LtAnswer
lt_answers_ask(LtAnswers *answers, const char *folder)
{
    Question *question = g_hash_table_lookup(answers->questions, folder);
    gint64 now = g_get_monotonic_time();
    LtAnswer answer;

    if (!question) {
        question = question_new(folder, answers->context);
        g_hash_table_insert(answers->questions, g_strdup(folder), question);
    }
    g_mutex_lock(&question->lock);
    if (!question->asking && (question->came_at == 0 || now - question->came_at > FRESH))
        begin(question);
    answer = !question->asking                   ? LT_ANSWER_CAME
             : now - question->asked_at >= USUAL ? LT_ANSWER_MISSING
                                                 : LT_ANSWER_AWAITED;
    g_mutex_unlock(&question->lock);
    return answer;
}

gboolean
lt_answers_came(const char *folder)
{
    Question *question = question_new(folder, NULL);
    gint64 until = g_get_monotonic_time() + USUAL;
    gboolean came;

    g_mutex_lock(&question->lock);
    begin(question);
    while (question->asking && g_cond_wait_until(&question->came, &question->lock, until))
        ;
    came = !question->asking;
    g_mutex_unlock(&question->lock);
    question_unref(question);
    return came;
}
