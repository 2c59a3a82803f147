/* parcel.h -- a record as bytes, from the process that made it to the one that writes it down.
 */
#ifndef PARCEL_H
#define PARCEL_H

#include "run/cell.h"
#include "run/channel.h"

void parcel_pack(struct bytes *b, const struct record *r);
/* -1 and why where the bytes are no record: whoever made them may be broken. The names of the
 * columns stay in the bytes; the rest is the record's own, freed by record_free. */
int parcel_open(struct record *r, const char *at, size_t length, struct why *why);

#endif
