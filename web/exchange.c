#include "web/exchange.h"

#include <string.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "web/intake.h"
#include "web/listener.h"

#define KEY "luutru-exchange"

/* Who asked is gone, or has the answer. */
static void
message_ended(SoupServerMessage *message, gpointer user_data)
{
    LtExchange *exchange = user_data;
    LtConnection *connection = lt_connection_of(soup_server_message_get_remote_address(message));

    exchange->message = NULL;
    if (connection != NULL)
        lt_connection_await(connection);
}

static void
exchange_free(gpointer data)
{
    LtExchange *exchange = data;

    if (exchange->upload_fd >= 0)
        close(exchange->upload_fd);
    lt_request_free(exchange->request);
    g_free(exchange->allow);
    g_free(exchange);
}

/* While somebody works on it, its message's end must not end it. */
static void
exchange_release(gpointer data)
{
    LtExchange *exchange = data;

    exchange->message = NULL;
    if (!exchange->paused)
        exchange_free(exchange);
}

static LtConnection *
connection_of(const LtExchange *exchange)
{
    return exchange->message != NULL
               ? lt_connection_of(soup_server_message_get_remote_address(exchange->message))
               : NULL;
}

/* What the proxy, or who is connected, says. */
static char *
address_of(const LtSite *site, SoupServerMessage *message, const LtRequest *request)
{
    const char *forwarded = lt_request_header(request, "x-forwarded-for");
    const char *host = soup_server_message_get_remote_host(message);

    if (site->proxy && forwarded != NULL) {
        const char *last = strrchr(forwarded, ',');
        g_autofree char *address = g_strstrip(g_strdup(last != NULL ? last + 1 : forwarded));
        if (g_hostname_is_ip_address(address))
            return g_steal_pointer(&address);
    }
    return g_strdup(host != NULL ? host : "");
}

static void
copy_header(const char *name, const char *value, gpointer user_data)
{
    lt_request_set_header(user_data, name, value);
}

static LtRequest *
read_head(const LtSite *site, SoupServerMessage *message)
{
    GUri *uri = soup_server_message_get_uri(message);
    const char *query = g_uri_get_query(uri);
    g_autofree char *target =
        g_strconcat(g_uri_get_path(uri), query != NULL ? "?" : "", query, NULL);
    LtRequest *request = lt_request_new(soup_server_message_get_method(message), target);

    if (request == NULL)
        return NULL;
    soup_message_headers_foreach(soup_server_message_get_request_headers(message), copy_header,
                                 request);
    request->address = address_of(site, message, request);
    request->secure = site->secure;
    return request;
}

LtExchange *
lt_exchange_new(struct LtServer *server, LtSite *site, SoupServerMessage *message)
{
    LtExchange *exchange = g_new0(LtExchange, 1);

    exchange->server = server;
    exchange->site = site;
    exchange->upload_fd = -1;
    exchange->message = message;
    exchange->request = read_head(site, message);
    exchange->head = strcmp(soup_server_message_get_method(message), "HEAD") == 0;
    g_object_set_data_full(G_OBJECT(message), KEY, exchange, exchange_release);
    g_signal_connect(message, "finished", G_CALLBACK(message_ended), exchange);
    return exchange;
}

LtExchange *
lt_exchange_of(SoupServerMessage *message)
{
    return g_object_get_data(G_OBJECT(message), KEY);
}

static guint64
most_bytes(const LtExchange *exchange)
{
    return exchange->route != NULL && exchange->route->uploads ? LT_SITE_MAX_UPLOAD
                                                               : LT_SITE_MAX_BODY;
}

/* Of two lengths, or one that is no plain number, a proxy may take another: they count as too many. */
static void
count_length(const char *name, const char *value, gpointer user_data)
{
    guint *lengths = user_data;

    if (g_ascii_strcasecmp(name, "Content-Length") == 0)
        *lengths += *value == '\0' || value[strspn(value, "0123456789")] != '\0' ? 2 : 1;
}

guint
lt_exchange_check_body(LtExchange *exchange)
{
    SoupMessageHeaders *headers = soup_server_message_get_request_headers(exchange->message);
    guint lengths = 0;
    SoupEncoding encoding = soup_message_headers_get_encoding(headers);
    goffset length = soup_message_headers_get_content_length(headers);
    LtConnection *connection = connection_of(exchange);

    soup_message_headers_foreach(headers, count_length, &lengths);
    if (lengths > 1)
        return 400;
    if (encoding == SOUP_ENCODING_CHUNKED)
        return 411;
    if (encoding != SOUP_ENCODING_CONTENT_LENGTH || length == 0)
        return 0;
    if (length < 0 || length > (goffset)most_bytes(exchange))
        return 413;
    if (connection != NULL)
        lt_connection_transfer(connection, (guint64)length);
    return 0;
}

static void
write_chunk(G_GNUC_UNUSED SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
    LtExchange *exchange = user_data;
    gsize size = 0;
    const void *bytes = g_bytes_get_data(chunk, &size);

    if (!exchange->upload_failed && !lt_disk_write(exchange->upload_fd, bytes, size, "upload"))
        exchange->upload_failed = TRUE;
}

gboolean
lt_exchange_begin_upload(LtExchange *exchange, GError **error)
{
    SoupMessageBody *body = soup_server_message_get_request_body(exchange->message);

    exchange->upload_fd = lt_inbox_make(exchange->site->archive, &exchange->request->upload, error);
    if (exchange->upload_fd < 0)
        return FALSE;
    soup_message_body_set_accumulate(body, FALSE);
    g_signal_connect(exchange->message, "got-chunk", G_CALLBACK(write_chunk), exchange);
    return TRUE;
}

/* What the disk did not take whole is nothing. */
static void
end_upload(LtExchange *exchange)
{
    if (exchange->upload_failed) {
        g_unlink(exchange->request->upload);
        g_clear_pointer(&exchange->request->upload, g_free);
    }
    close(exchange->upload_fd);
    exchange->upload_fd = -1;
}

void
lt_exchange_take_body(LtExchange *exchange)
{
    SoupMessageBody *body = soup_server_message_get_request_body(exchange->message);

    if (exchange->upload_fd >= 0)
        end_upload(exchange);
    else if (exchange->request != NULL && body->length > 0)
        exchange->request->body = soup_message_body_flatten(body);
}

void
lt_exchange_pause(LtExchange *exchange)
{
    LtConnection *connection = connection_of(exchange);

    exchange->paused = TRUE;
    soup_server_message_pause(exchange->message);
    if (connection != NULL)
        lt_connection_work(connection);
}

static void
write_head(LtExchange *exchange, const LtAnswer *answer)
{
    SoupMessageHeaders *headers = soup_server_message_get_response_headers(exchange->message);

    soup_server_message_set_status(exchange->message, answer->status,
                                   lt_http_status_name(answer->status));
    for (guint i = 0; i < answer->headers->len; i += 2)
        soup_message_headers_append(headers, g_ptr_array_index(answer->headers, i),
                                    g_ptr_array_index(answer->headers, i + 1));
    if (answer->type != NULL)
        soup_message_headers_replace(headers, "Content-Type", answer->type);
}

static void
write_answer(LtExchange *exchange, const LtAnswer *answer)
{
    SoupMessageHeaders *headers = soup_server_message_get_response_headers(exchange->message);
    SoupMessageBody *body = soup_server_message_get_response_body(exchange->message);
    LtConnection *connection = connection_of(exchange);
    gsize size = answer->body != NULL ? g_bytes_get_size(answer->body) : 0;

    write_head(exchange, answer);
    /* Parts were cut out already: libsoup must not cut once more. */
    soup_message_headers_remove(soup_server_message_get_request_headers(exchange->message),
                                "Range");
    if (exchange->head)
        soup_message_headers_set_content_length(headers, (goffset)size);
    else if (size > 0)
        soup_message_body_append_bytes(body, answer->body);
    if (connection != NULL)
        lt_connection_transfer(connection, size);
}

void
lt_exchange_give_head(LtExchange *exchange, LtAnswer *answer)
{
    SoupMessageHeaders *headers = soup_server_message_get_response_headers(exchange->message);
    SoupMessageBody *body = soup_server_message_get_response_body(exchange->message);

    exchange->given = TRUE;
    exchange->paused = FALSE;
    write_head(exchange, answer);
    soup_message_headers_set_encoding(headers, SOUP_ENCODING_CHUNKED);
    soup_message_body_set_accumulate(body, FALSE);
    lt_answer_free(answer);
}

void
lt_exchange_give(LtExchange *exchange, LtAnswer *answer)
{
    gboolean paused = exchange->paused;

    exchange->given = TRUE;
    exchange->paused = FALSE;
    if (exchange->message != NULL) {
        SoupServerMessage *message = exchange->message;
        write_answer(exchange, answer);
        if (paused)
            soup_server_message_unpause(message);
    } else if (paused) {
        exchange_free(exchange);
    }
    lt_answer_free(answer);
}

/* Never waits, for all others would wait with it: who has not read the answers before gets none to this. */
static void
write_refusal(GIOStream *stream, const LtAnswer *answer)
{
    GOutputStream *output = g_io_stream_get_output_stream(stream);
    g_autoptr(GString) head = g_string_new(NULL);
    gsize size = answer->body != NULL ? g_bytes_get_size(answer->body) : 0;

    g_string_append_printf(head, "HTTP/1.1 %u %s\r\nConnection: close\r\nContent-Length: %zu\r\n",
                           answer->status, lt_http_status_name(answer->status), size);
    if (answer->type != NULL)
        g_string_append_printf(head, "Content-Type: %s\r\n", answer->type);
    for (guint i = 0; i < answer->headers->len; i += 2)
        g_string_append_printf(head, "%s: %s\r\n",
                               (const char *)g_ptr_array_index(answer->headers, i),
                               (const char *)g_ptr_array_index(answer->headers, i + 1));
    g_string_append(head, "\r\n");
    if (size > 0)
        g_string_append_len(head, g_bytes_get_data(answer->body, NULL), (gssize)size);
    g_pollable_output_stream_write_nonblocking(G_POLLABLE_OUTPUT_STREAM(output), head->str,
                                               head->len, NULL, NULL);
}

void
lt_exchange_refuse(LtExchange *exchange, LtAnswer *answer)
{
    g_autoptr(SoupServerMessage) message = g_object_ref(exchange->message);
    LtConnection *connection = connection_of(exchange);
    g_autoptr(GIOStream) stream = NULL;

    if (connection != NULL)
        lt_connection_refuse(connection);
    exchange->given = TRUE;
    stream = soup_server_message_steal_connection(message);
    if (stream != NULL) {
        write_refusal(stream, answer);
        g_io_stream_close(stream, NULL, NULL);
    }
    lt_answer_free(answer);
}
