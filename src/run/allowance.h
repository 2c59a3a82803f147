/* allowance.h -- how many processors this process may use. */
#ifndef ALLOWANCE_H
#define ALLOWANCE_H

/* The processors of the affinity mask, or fewer where a quota of a cgroup above the process
 * says so: at least 1. A quota of 2.5 is 2: a third worker would have all of them throttled.
 * `root` stands in front of /proc and /sys, "" for the system's own. */
int processors_allowed(const char *root);

#endif
