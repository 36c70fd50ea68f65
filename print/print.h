/* What luutru says to luutru-print, the program that sets a table on paper: on its standard input one
 * GVariant of LT_PRINT_TYPE in normal form, in the machine's byte order; a PDF comes out of its standard
 * output. It is a program of its own because linking Pango would slow the start of luutru down. */
#pragma once

/* title, parent and office for the head ("": none), whether there is a head, cover, signature, heads,
 * closing lines, columns (heading, share of the width, centred), rows. */
#define LT_PRINT_TYPE "(sssbbbasasa(sub)aas)"

typedef enum {
    LT_PRINT_DONE = 0,
    LT_PRINT_BAD_INPUT = 2,
    LT_PRINT_NO_TYPEFACE = 3, /* none with the Vietnamese letters is installed */
    LT_PRINT_IO = 4
} LtPrintExit;
