/* Vietnamese text: the front door of text/, a leaf that knows GLib only.
 * Everyone may include this header and nothing else of the folder. */
#pragma once

#include "text/canonical.h"
#include "text/fold.h"
#include "text/legacy.h"
#include "text/page.h"
#include "text/shown.h"
#include "text/syllable.h"
#include "text/written.h"
