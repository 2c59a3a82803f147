/* data.h -- where data files lie. */
#ifndef DATA_H
#define DATA_H

void data_folder_set(const char *path); /* --data DIR; kept, not copied */

#endif
