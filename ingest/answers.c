#include "ingest/answers.h"

#include <dirent.h>
#include <errno.h>

#define MOMENT ((gint64)G_USEC_PER_SEC)
#define MOST_PATIENCE                                                                              \
    (60 *                                                                                          \
     MOMENT) /* with what answers well, and slowly; also the age of an answer nobody has heard */
#define MOST_QUESTIONS 10000u /* that are remembered: more than a watcher has folders */

typedef struct {
    char *folder;
    GMainContext *context; /* (nullable) */
    gint64 usual;          /* that an answer may take */
    GMutex lock;
    GCond came;
    gint64 patience;              /* under lock: the same, once it is known to be slow */
    gboolean asking, late, heard; /* under lock; late and heard: the last answer */
    gint64 asked_at, came_at;     /* under lock: monotonic; 0: never */
} Question;

struct LtAnswers {
    GMainContext *context;
    gint64 usual;
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
question_new(const char *folder, GMainContext *context, gint64 usual)
{
    Question *question = g_atomic_rc_box_new0(Question);

    question->folder = g_strdup(folder);
    question->context = context ? g_main_context_ref(context) : NULL;
    question->usual = question->patience = usual;
    g_mutex_init(&question->lock);
    g_cond_init(&question->came);
    return question;
}

/* What the system remembers of a share it tells without asking the server; a look into the folder does ask. FALSE: an
 * error that says nothing of the folder. */
static gboolean
look_into(const char *path)
{
    DIR *folder = opendir(path);
    gboolean told;

    if (!folder)
        return errno == ENOENT || errno == ENOTDIR || errno == EACCES || errno == ELOOP;
    errno = 0;
    told = readdir(folder) != NULL || errno == 0;
    closedir(folder);
    return told;
}

/* Who answers well, and slowly, is given more time; a share that gives up by itself does so late, and would once
 * more. */
static gpointer
wait_for_answer(gpointer data)
{
    Question *question = data;
    gboolean told = look_into(question->folder);
    gint64 took;

    g_mutex_lock(&question->lock);
    question->asking = question->heard = FALSE;
    question->came_at = g_get_monotonic_time();
    took = question->came_at - question->asked_at;
    question->late = !told && took > MIN(MOMENT, question->usual);
    question->patience = CLAMP(2 * took, question->usual, MAX(question->usual, MOST_PATIENCE));
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
    question->asking = question->late = FALSE;
    question->came_at = question->asked_at;
    question_unref(question);
}

/* Under lock. An answer is good for as long as others that are asked for with it may take. */
static LtAnswer
ask(Question *question)
{
    gint64 now = g_get_monotonic_time();
    gint64 good = question->heard ? question->usual + MOMENT : MOST_PATIENCE;

    if (!question->asking &&
        (question->came_at == 0 || question->late || now - question->came_at > good))
        begin(question);
    if (!question->asking) {
        question->came_at = question->heard ? question->came_at : now;
        question->heard = TRUE;
        return LT_ANSWER_CAME;
    }
    return question->late || now - question->asked_at >= question->patience ? LT_ANSWER_MISSING
                                                                            : LT_ANSWER_AWAITED;
}

static gboolean
await(Question *question)
{
    gint64 until = g_get_monotonic_time() + question->usual;
    LtAnswer answer;

    g_mutex_lock(&question->lock);
    while ((answer = ask(question)) == LT_ANSWER_AWAITED && g_get_monotonic_time() < until)
        g_cond_wait_until(&question->came, &question->lock, until);
    g_mutex_unlock(&question->lock);
    return answer == LT_ANSWER_CAME;
}

LtAnswers *
lt_answers_new(GMainContext *context, guint seconds)
{
    LtAnswers *answers = g_new0(LtAnswers, 1);

    answers->context = g_main_context_ref(context);
    answers->usual = seconds * MOMENT;
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

static Question *
question_of(LtAnswers *answers, const char *folder)
{
    Question *question = g_hash_table_lookup(answers->questions, folder);

    if (question)
        return question;
    if (g_hash_table_size(answers->questions) >= MOST_QUESTIONS)
        g_hash_table_remove_all(answers->questions);
    question = question_new(folder, answers->context, answers->usual);
    g_hash_table_insert(answers->questions, g_strdup(folder), question);
    return question;
}

LtAnswer
lt_answers_ask(LtAnswers *answers, const char *folder)
{
    Question *question = question_of(answers, folder);
    LtAnswer answer;

    g_mutex_lock(&question->lock);
    answer = ask(question);
    g_mutex_unlock(&question->lock);
    return answer;
}

gboolean
lt_answers_came(LtAnswers *answers, const char *folder)
{
    return await(question_of(answers, folder));
}

gboolean
lt_answers_once(const char *folder)
{
    Question *question = question_new(folder, NULL, LT_ANSWER_SECONDS * MOMENT);
    gboolean came = await(question);

    question_unref(question);
    return came;
}
