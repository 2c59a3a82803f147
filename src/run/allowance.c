/* allowance.c -- how many processors this process may use: the affinity mask
 * (sched_getaffinity(2)), and the quotas of its control groups, v2 (cpu.max) and v1
 * (cpu.cfs_quota_us over cpu.cfs_period_us): Linux, Documentation/admin-guide/cgroup-v2.rst and
 * scheduler/sched-bwc.rst. Containers and schedulers of clusters give less than the machine
 * has. */
#include <config.h>
#include "run/allowance.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sched.h>
#endif

enum { PATH = 4096 };

/* The first line of a file, 0 where there is none. */
static int first_line(const char *path, char *line, int size)
{
	FILE *f = fopen(path, "r");
	int got = f && fgets(line, size, f);

	if (f)
		fclose(f);
	return got;
}

/* Processors that cpu.max of the folder allows; "max 100000" is no limit. */
static double quota_v2(const char *folder)
{
	char path[PATH + 32], line[128];
	double quota, period;

	snprintf(path, sizeof path, "%s/cpu.max", folder);
	if (!first_line(path, line, sizeof line) ||
		sscanf(line, "%lf %lf", &quota, &period) != 2 || !(quota > 0) || !(period > 0))
		return INFINITY;
	return quota / period;
}

/* The same of version 1; a quota of -1 is no limit. */
static double quota_v1(const char *folder)
{
	char path[PATH + 32], quota[128], period[128];

	snprintf(path, sizeof path, "%s/cpu.cfs_quota_us", folder);
	if (!first_line(path, quota, sizeof quota) || !(atof(quota) > 0))
		return INFINITY;
	snprintf(path, sizeof path, "%s/cpu.cfs_period_us", folder);
	if (!first_line(path, period, sizeof period) || !(atof(period) > 0))
		return INFINITY;
	return atof(quota) / atof(period);
}

/* The least of the group's quota and those of the groups above it. In a container the path may
 * be the host's and not there: what is mounted at the top is the container's own group. */
static double least_quota(
	const char *mount, const char *group, double (*quota)(const char *folder))
{
	char folder[PATH];
	double least = INFINITY;
	size_t top = strlen(mount);

	if ((size_t)snprintf(folder, sizeof folder, "%s%s", mount, group) >= sizeof folder)
		return quota(mount);
	for (char *slash = folder + strlen(folder); slash; slash = strrchr(folder, '/')) {
		if (slash < folder + top)
			break;
		*slash = 0;
		least = fmin(least, quota(folder));
	}
	return least;
}

/* A line of /proc/self/cgroup, cgroups(7): "0::/path" of version 2, "4:cpu,cpuacct:/path". */
static double quota_of_line(const char *root, char *line)
{
	char mount[PATH], *controllers = strchr(line, ':'), *group;
	char list[300];

	if (!controllers || !(group = strchr(++controllers, ':')))
		return INFINITY;
	*group++ = 0;
	group[strcspn(group, "\n")] = 0;
	if (!*controllers) {
		double own;

		snprintf(mount, sizeof mount, "%s/sys/fs/cgroup", root);
		own = least_quota(mount, group, quota_v2);
		/* beside version 1, where it is mounted for systemd alone */
		snprintf(mount, sizeof mount, "%s/sys/fs/cgroup/unified", root);
		return fmin(own, least_quota(mount, group, quota_v2));
	}
	snprintf(list, sizeof list, ",%s,", controllers);
	if (!strstr(list, ",cpu,"))
		return INFINITY;
	snprintf(mount, sizeof mount, "%s/sys/fs/cgroup/%s", root, controllers);
	if (access(mount, F_OK))
		snprintf(mount, sizeof mount, "%s/sys/fs/cgroup/cpu", root);
	return least_quota(mount, group, quota_v1);
}

static double cgroup_quota(const char *root)
{
	char path[PATH], line[PATH];
	double least = INFINITY;
	FILE *f;

	snprintf(path, sizeof path, "%s/proc/self/cgroup", root);
	if (!(f = fopen(path, "r")))
		return INFINITY;
	while (fgets(line, sizeof line, f))
		least = fmin(least, quota_of_line(root, line));
	fclose(f);
	return least;
}

/* The mask may be of more processors than cpu_set_t has room for: then the kernel refuses, and
 * the set is made larger. */
static long in_mask(void)
{
#ifdef __linux__
	for (int most = 1024; most <= 1 << 20; most *= 4) {
		cpu_set_t *set = CPU_ALLOC(most);
		size_t size = CPU_ALLOC_SIZE(most);
		int count =
			set && !sched_getaffinity(0, size, set) ? CPU_COUNT_S(size, set) : 0;

		if (set)
			CPU_FREE(set);
		if (count)
			return count;
	}
#endif
	return sysconf(_SC_NPROCESSORS_ONLN);
}

int processors_allowed(const char *root)
{
	double allowed = fmin((double)in_mask(), floor(cgroup_quota(root) + 1e-9));

	return allowed < 1 ? 1 : (int)allowed;
}
