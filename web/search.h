/* A search as it stands in an address. */
#pragma once

#include "web/route.h"

/* Fills in ret_search, whose strings belong to the request, from q, from, to, issuer, type, year, status, number,
 * signer, recipient, sort, limit, offset and newest. Returns a problem where one has a value that it cannot
 * have (transfer full), else NULL. */
LtAnswer *lt_web_search(const LtRequest *request, LtSearch *ret_search);
