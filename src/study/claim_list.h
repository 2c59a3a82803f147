/* claim_list.h -- the claims that there are. */
#ifndef CLAIM_LIST_H
#define CLAIM_LIST_H

#include "ground/text.h"

int claims_json(struct text *t); /* an array of objects; -1 when memory is short */
void claims_print(void);

#endif
