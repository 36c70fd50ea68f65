#include "web/events.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "web/intake.h"
#include "web/listener.h"

#define MOST_STREAMS 64u
#define LOOK_MS 500 /* between two looks at the archive while somebody listens */
#define BEAT_SECONDS                                                                               \
    15 /* a line that says nothing keeps the connection, and finds out that it is dead */
#define STREAM_SECONDS 1800 /* then the browser comes again, and has to be let in again */

struct LtEvents {
    LtSite *site;
    GMainContext *home;
    GQueue streams;  /* of Stream */
    GThread *thread; /* (nullable) that looks */
    GMutex lock;
    GCond wake;
    gboolean
        listening[2]; /* under lock: somebody who sees no restricted documents, somebody who does */
    GPtrArray *tokens; /* under lock: of the streams, "" for none; never changed, but replaced */
    gboolean ending;   /* under lock */
};

typedef struct {
    LtEvents *events;
    SoupServerMessage *message; /* (owned) */
    gulong on_finished;
    gint64 began, spoke;
    guint timer;
    gboolean cleared;
    char *token; /* "": nobody has to log in */
} Stream;

/* --- streams --- */

static void
say(Stream *stream, const char *text)
{
    SoupMessageBody *body = soup_server_message_get_response_body(stream->message);

    stream->spoke = g_get_monotonic_time();
    soup_message_body_append(body, SOUP_MEMORY_COPY, text, strlen(text));
    soup_server_message_unpause(stream->message);
}

static void
set_listening(LtEvents *events)
{
    g_mutex_lock(&events->lock);
    events->listening[FALSE] = events->listening[TRUE] = FALSE;
    g_ptr_array_unref(events->tokens);
    events->tokens = g_ptr_array_new_with_free_func(g_free);
    for (GList *l = events->streams.head; l != NULL; l = l->next) {
        const Stream *stream = l->data;
        events->listening[stream->cleared] = TRUE;
        g_ptr_array_add(events->tokens, g_strdup(stream->token));
    }
    g_cond_signal(&events->wake);
    g_mutex_unlock(&events->lock);
}

static void
stream_free(Stream *stream)
{
    g_signal_handler_disconnect(stream->message, stream->on_finished);
    g_source_remove(stream->timer);
    g_queue_remove(&stream->events->streams, stream);
    set_listening(stream->events);
    g_object_unref(stream->message);
    g_free(stream->token);
    g_free(stream);
}

static void
end_stream(Stream *stream)
{
    SoupServerMessage *message = stream->message;

    soup_message_body_complete(soup_server_message_get_response_body(message));
    soup_server_message_unpause(message);
    stream_free(stream);
}

static void
stream_is_gone(G_GNUC_UNUSED SoupServerMessage *message, gpointer user_data)
{
    stream_free(user_data);
}

static gboolean
beat(gpointer user_data)
{
    Stream *stream = user_data;
    gint64 now = g_get_monotonic_time();

    if (now - stream->began >= STREAM_SECONDS * (gint64)G_USEC_PER_SEC) {
        end_stream(stream);
        return G_SOURCE_CONTINUE; /* it is gone by now */
    }
    if (now - stream->spoke >= BEAT_SECONDS * (gint64)G_USEC_PER_SEC)
        say(stream, ":\n\n");
    return G_SOURCE_CONTINUE;
}

void
lt_events_begin(LtEvents *events, LtExchange *exchange, LtAnswer *answer)
{
    LtConnection *connection =
        lt_connection_of(soup_server_message_get_remote_address(exchange->message));
    Stream *stream;

    if (events->streams.length >= MOST_STREAMS) {
        lt_answer_free(answer);
        lt_exchange_give(exchange, lt_answer_problem(503, _("too many pages listen already")));
        return;
    }
    stream = g_new0(Stream, 1);
    stream->events = events;
    stream->message = g_object_ref(exchange->message);
    stream->began = g_get_monotonic_time();
    stream->cleared = answer->cleared;
    stream->token = g_strdup(answer->token != NULL ? answer->token : "");
    lt_exchange_give_head(exchange, answer);
    stream->on_finished =
        g_signal_connect(stream->message, "finished", G_CALLBACK(stream_is_gone), stream);
    stream->timer = g_timeout_add_seconds(BEAT_SECONDS, beat, stream);
    if (connection != NULL)
        lt_connection_work(connection);
    g_queue_push_tail(&events->streams, stream);
    set_listening(events);
    say(stream, ":\n\n");
}

/* --- looking --- */

typedef struct {
    LtEvents *events;
    char *text;
    gboolean cleared; /* whom it is for */
} News;

static void
news_free(gpointer data)
{
    News *news = data;

    g_free(news->text);
    g_free(news);
}

static gboolean
spread(gpointer data)
{
    const News *news = data;

    for (GList *l = news->events->streams.head; l != NULL; l = l->next)
        if (((const Stream *)l->data)->cleared == news->cleared)
            say(l->data, news->text);
    return G_SOURCE_REMOVE;
}

/* Those who are not let in any more; the text of such news is their token. */
static gboolean
part(gpointer data)
{
    const News *news = data;

    for (GList *l = news->events->streams.head, *next; l != NULL; l = next) {
        Stream *stream = l->data;
        next = l->next;
        if (strcmp(stream->token, news->text) == 0)
            end_stream(stream);
    }
    return G_SOURCE_REMOVE;
}

/* text: taken over. */
static void
tell(LtEvents *events, GSourceFunc how, char *text, gboolean cleared)
{
    News *news = g_new0(News, 1);

    news->events = events;
    news->text = text;
    news->cleared = cleared;
    g_main_context_invoke_full(events->home, G_PRIORITY_DEFAULT, how, news, news_free);
}

static void
append_event(GString *news, const char *type, const char *json)
{
    g_string_append_printf(news, "data: {\"type\":\"%s\",\"%s\":%s}\n\n", type, type, json);
}

/* What those who may see so much were told last. */
typedef struct {
    gboolean cleared;
    LtStore *store;    /* (nullable) */
    GHashTable *files; /* key -> JSON */
    char *counts, *watcher;
} Sight;

static void
sight_init(Sight *sight, gboolean cleared)
{
    *sight = (Sight){.cleared = cleared};
    sight->files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void
sight_clear(Sight *sight)
{
    g_clear_pointer(&sight->store, lt_store_close);
    g_hash_table_unref(sight->files);
    g_free(sight->counts);
    g_free(sight->watcher);
}

/* What is not as it was at the last look. */
static char *
compare(const LtIntakeView *view, Sight *sight)
{
    GString *news = g_string_new(NULL);

    for (guint i = view->files->len; i > 0; i--) {
        const char *key = g_ptr_array_index(view->keys, i - 1);
        const char *file = g_ptr_array_index(view->files, i - 1);
        if (g_strcmp0(g_hash_table_lookup(sight->files, key), file) == 0)
            continue;
        append_event(news, "file", file);
        g_hash_table_replace(sight->files, g_strdup(key), g_strdup(file));
    }
    if (g_strcmp0(sight->counts, view->counts) != 0)
        append_event(news, "counts", view->counts);
    if (g_strcmp0(sight->watcher, view->watcher) != 0)
        append_event(news, "watcher", view->watcher);
    g_free(sight->counts);
    g_free(sight->watcher);
    sight->counts = g_strdup(view->counts);
    sight->watcher = g_strdup(view->watcher);
    return g_string_free(news, FALSE);
}

/* FALSE: it is over. */
static gboolean
wait_for_listeners(LtEvents *events, gboolean *ret_listening, GPtrArray **ret_tokens)
{
    gint64 until = g_get_monotonic_time() + LOOK_MS * G_TIME_SPAN_MILLISECOND;
    gboolean ending;

    g_mutex_lock(&events->lock);
    while (!events->ending && !events->listening[FALSE] && !events->listening[TRUE])
        g_cond_wait(&events->wake, &events->lock);
    while (!events->ending && g_cond_wait_until(&events->wake, &events->lock, until))
        ;
    ending = events->ending;
    memcpy(ret_listening, events->listening, sizeof events->listening);
    *ret_tokens = g_ptr_array_ref(events->tokens);
    g_mutex_unlock(&events->lock);
    return !ending;
}

/* As the archive at that place may be seen by now. NULL: it cannot be opened. */
static LtStore *
open_sight(LtEvents *events, Sight *sight)
{
    if (sight->store != NULL && !lt_store_check_in_place(sight->store, NULL))
        g_clear_pointer(&sight->store, lt_store_close);
    if (sight->store != NULL)
        return sight->store;
    sight->store = lt_store_open(events->site->archive, LT_STORE_READ, NULL);
    if (sight->store != NULL && !sight->cleared && !lt_store_hide_restricted(sight->store, NULL))
        g_clear_pointer(&sight->store, lt_store_close);
    return sight->store;
}

static void
look(LtEvents *events, Sight *sight, LtPeople *people)
{
    g_auto(LtIntakeView) view = {0};
    g_autofree char *text = NULL;

    if (open_sight(events, sight) == NULL || !lt_intake_view(sight->store, people, &view, NULL))
        return;
    text = compare(&view, sight);
    if (*text != '\0')
        tell(events, spread, g_steal_pointer(&text), sight->cleared);
}

/* Somebody may have been locked out, or everybody have to log in by now. */
static void
let_go(LtEvents *events, LtPeople *people, const GPtrArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const char *token = g_ptr_array_index(tokens, i);
        guint users = 0;
        gboolean stays = *token != '\0' ? lt_people_session_lasts(people, token)
                                        : lt_people_count(people, &users, NULL) && users == 0;
        if (!stays)
            tell(events, part, g_strdup(token), FALSE);
    }
}

static gpointer
watch(gpointer data)
{
    LtEvents *events = data;
    g_autoptr(LtPeople) people = NULL;
    gboolean listening[2];
    GPtrArray *tokens = NULL;
    Sight sights[2];

    sight_init(&sights[FALSE], FALSE);
    sight_init(&sights[TRUE], TRUE);
    while (wait_for_listeners(events, listening, &tokens)) {
        if (people != NULL && !lt_people_in_place(people))
            g_clear_pointer(&people, lt_people_close);
        if (people == NULL)
            people = lt_people_open(events->site->archive, TRUE, NULL);
        if (people != NULL)
            let_go(events, people, tokens);
        g_clear_pointer(&tokens, g_ptr_array_unref);
        for (guint i = 0; i < G_N_ELEMENTS(sights) && people != NULL; i++)
            if (listening[i])
                look(events, &sights[i], people);
    }
    g_ptr_array_unref(tokens);
    sight_clear(&sights[FALSE]);
    sight_clear(&sights[TRUE]);
    return NULL;
}

LtEvents *
lt_events_new(LtSite *site)
{
    LtEvents *events = g_new0(LtEvents, 1);

    events->site = site;
    events->home = g_main_context_ref_thread_default();
    events->tokens = g_ptr_array_new_with_free_func(g_free);
    g_mutex_init(&events->lock);
    g_cond_init(&events->wake);
    events->thread = g_thread_new("events", watch, events);
    return events;
}

void
lt_events_stop(LtEvents *events)
{
    while (events->streams.length > 0)
        end_stream(g_queue_peek_head(&events->streams));
}

void
lt_events_free(LtEvents *events)
{
    if (events == NULL)
        return;
    lt_events_stop(events);
    g_mutex_lock(&events->lock);
    events->ending = TRUE;
    g_cond_signal(&events->wake);
    g_mutex_unlock(&events->lock);
    g_thread_join(events->thread);
    g_ptr_array_unref(events->tokens);
    g_main_context_unref(events->home);
    g_mutex_clear(&events->lock);
    g_cond_clear(&events->wake);
    g_free(events);
}
