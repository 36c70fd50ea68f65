#include "web/turn.h"

#include <string.h>

static const char HEAD_END[] = "\r\n\r\n";

/* --- what comes in, counted --- */

#define LT_TYPE_TURN_INPUT (lt_turn_input_get_type())
G_DECLARE_FINAL_TYPE(LtTurnInput, lt_turn_input, LT, TURN_INPUT, GFilterInputStream)

struct _LtTurnInput {
    GFilterInputStream parent;
    guint matched; /* characters of HEAD_END */
    guint64 behind;
};

static void pollable_init(GPollableInputStreamInterface *interface);

G_DEFINE_FINAL_TYPE_WITH_CODE(LtTurnInput, lt_turn_input, G_TYPE_FILTER_INPUT_STREAM,
                              G_IMPLEMENT_INTERFACE(G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))

static void
lt_turn_input_init(G_GNUC_UNUSED LtTurnInput *input)
{
}

static void
lt_turn_input_class_init(G_GNUC_UNUSED LtTurnInputClass *class)
{
}

static GPollableInputStream *
below_of(GPollableInputStream *stream)
{
    return G_POLLABLE_INPUT_STREAM(
        g_filter_input_stream_get_base_stream(G_FILTER_INPUT_STREAM(stream)));
}

static gboolean
is_readable(GPollableInputStream *stream)
{
    return g_pollable_input_stream_is_readable(below_of(stream));
}

static GSource *
create_source(GPollableInputStream *stream, GCancellable *cancellable)
{
    g_autoptr(GSource) below = g_pollable_input_stream_create_source(below_of(stream), cancellable);

    return g_pollable_source_new_full(stream, below, NULL);
}

static gssize
read_nonblocking(GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
    LtTurnInput *input = LT_TURN_INPUT(stream);
    const char *bytes = buffer;
    gssize size =
        g_pollable_input_stream_read_nonblocking(below_of(stream), buffer, count, NULL, error);
    gssize i = 0;

    for (; i < size && input->matched < strlen(HEAD_END); i++)
        if (bytes[i] == HEAD_END[input->matched])
            input->matched++;
        else
            input->matched = bytes[i] == HEAD_END[0];
    if (size > i)
        input->behind += (guint64)(size - i);
    return size;
}

static void
pollable_init(GPollableInputStreamInterface *interface)
{
    interface->is_readable = is_readable;
    interface->create_source = create_source;
    interface->read_nonblocking = read_nonblocking;
}

/* --- the stream --- */

struct _LtTurn {
    GIOStream parent;
    GIOStream *below;
    LtTurnInput *input;
    LtTurnOver over; /* NULL: it is */
    gpointer user_data;
};

G_DEFINE_FINAL_TYPE(LtTurn, lt_turn, G_TYPE_IO_STREAM)

static GInputStream *
get_input(GIOStream *stream)
{
    return G_INPUT_STREAM(LT_TURN(stream)->input);
}

static GOutputStream *
get_output(GIOStream *stream)
{
    return g_io_stream_get_output_stream(LT_TURN(stream)->below);
}

static gboolean
let_go(GIOStream *stream, G_GNUC_UNUSED GCancellable *cancellable, G_GNUC_UNUSED GError **error)
{
    LtTurn *turn = LT_TURN(stream);
    LtTurnOver over = turn->over;

    turn->over = NULL;
    if (over != NULL)
        over(turn->user_data);
    return TRUE;
}

static void
lt_turn_finalize(GObject *object)
{
    LtTurn *turn = LT_TURN(object);

    g_object_unref(turn->input);
    g_object_unref(turn->below);
    G_OBJECT_CLASS(lt_turn_parent_class)->finalize(object);
}

static void
lt_turn_init(G_GNUC_UNUSED LtTurn *turn)
{
}

static void
lt_turn_class_init(LtTurnClass *class)
{
    GIOStreamClass *stream = G_IO_STREAM_CLASS(class);

    G_OBJECT_CLASS(class)->finalize = lt_turn_finalize;
    stream->get_input_stream = get_input;
    stream->get_output_stream = get_output;
    stream->close_fn = let_go;
}

LtTurn *
lt_turn_new(GIOStream *below, LtTurnOver over, gpointer user_data)
{
    LtTurn *turn = g_object_new(LT_TYPE_TURN, NULL);

    turn->below = g_object_ref(below);
    turn->input =
        g_object_new(LT_TYPE_TURN_INPUT, "base-stream", g_io_stream_get_input_stream(below),
                     "close-base-stream", FALSE, NULL);
    turn->over = over;
    turn->user_data = user_data;
    return turn;
}

guint64
lt_turn_behind_head(const LtTurn *turn)
{
    return turn->input->matched == strlen(HEAD_END) ? turn->input->behind : G_MAXUINT64;
}
