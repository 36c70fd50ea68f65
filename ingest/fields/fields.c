/* The readers, one after the other: each may use what those before it found. */
#include "ingest/fields/reading.h"

typedef void (*Reader)(LtReading *reading);

static const Reader readers[] = {
    lt_read_title,   lt_read_number,     lt_read_date,       lt_read_issuer,     lt_read_type,
    lt_read_subject, lt_read_to,         lt_read_signer,     lt_read_recipients, lt_read_marks,
    lt_read_arrival, lt_read_copy,       lt_read_signatures, lt_read_report,     lt_read_references,
    lt_read_ink,     lt_read_crosscheck,
};

void
lt_reading_run(LtReading *reading)
{
    for (guint i = 0; i < G_N_ELEMENTS(readers); i++)
        readers[i](reading);
}

void
lt_fields_read(const LtRules *rules, GPtrArray *pages, LtRecord *record)
{
    LtReading reading;
    lt_reading_init(&reading, rules, pages, record);
    lt_reading_run(&reading);
    lt_reading_clear(&reading);
}
