/* report.c -- the report: one HTML file, everything in it, nothing fetched. Its page, style and
 * script are the files in report/, put together here. */
#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include "analysis/tables.h"
#include "ground/files.h"
#include "ground/find.h"
#include "ground/random.h"
#include "ground/text.h"
#include "picture/embed.h"
#include "picture/pictures.h"
#include "picture/report.h"
#include "picture/report_data.h"
#include "picture/report_notes.h"

/* Of the whole file, and what of it the pictures may take that stand in for the script. */
enum { MOST_BYTES = 2000000, MOST_PICTURES = 400000, MOST_PICTURE = 160000, MOST_PAIRED = 24 };

/* ------------------------------------------------------------------ pictures ------------------ */

/* Every SVG names its parts alike: in one page each picture gets its own names. Only in tags:
 * the same words may stand in a label. */
static void print_svg(FILE *out, const char *svg, size_t number, const char *name)
{
	static const char *const marks[] = { "id=\"", "id='", "href=\"#", "href='#", "url(#" };
	int tag = 1;

	fprintf(out, "<svg role=\"img\" aria-label=\"%s\" ", name);
	svg += strlen("<svg");
	while (*svg) {
		size_t k = 0, length = 0;

		tag = *svg == '<' || (tag && *svg != '>');
		for (; k < sizeof marks / sizeof *marks && tag; k++) {
			length = strlen(marks[k]);
			if (!strncmp(svg, marks[k], length) &&
				(k > 1 || isspace((unsigned char)svg[-1])))
				break;
		}
		if (tag && k < sizeof marks / sizeof *marks) {
			fprintf(out, "%sp%zu-", marks[k], number);
			svg += length;
		} else {
			putc(*svg++, out);
		}
	}
}

/* For print and for readers without scripts: of each kind the first picture, while they are
 * small. The others lie in plots/. */
static size_t print_picture(
	FILE *out, const struct figures *fs, size_t i, const char *caption, size_t room)
{
	char path[4400], *text, *svg;
	size_t size;

	snprintf(path, sizeof path, "%s/%s.svg", fs->folder, fs->name[i]);
	if ((text = file_read(path, &size, NULL)) && size < room && size < MOST_PICTURE &&
		(svg = strstr(text, "<svg"))) {
		fputs("<figure>\n", out);
		print_svg(out, svg, i, fs->name[i]);
		fputs("<figcaption>", out);
		print_html(out, caption);
		fprintf(out, " <span class=\"file\">%s.svg</span></figcaption></figure>\n",
			fs->name[i]);
	} else {
		fprintf(out, "<p class=\"note\">plots/%s.svg: ", fs->name[i]);
		print_html(out, caption);
		fputs("</p>\n", out);
		size = 0;
	}
	free(text);
	return size;
}

/* ------------------------------------------------------------------ the page ------------------ */

/* What the page is made of. */
struct page_parts {
	const struct report *report;
	const struct study *s;
	const struct ranking *r;
	const char *data; /* embedded */
	char nonce[17];   /* of the scripts that are ours: it follows from the data */
	int bad;          /* memory was short */
};

static void put_title(FILE *out, struct page_parts *p)
{
	print_html(out, report_title(p->s->r));
}

static void put_progress(FILE *out, struct page_parts *p)
{
	if (p->report->progress)
		print_html(out, p->report->progress);
}

/* For readers without scripts; the page's script loads it again and keeps the view. */
static void put_refresh(FILE *out, struct page_parts *p)
{
	if (p->report->live)
		fputs("<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>\n",
			out);
}

static void put_nonce(FILE *out, struct page_parts *p) { fputs(p->nonce, out); }

static void put_data(FILE *out, struct page_parts *p) { fputs(p->data, out); }

static void put_findings(FILE *out, struct page_parts *p)
{
	if (p->report->findings)
		fputs(p->report->findings, out);
}

static void put_setting(FILE *out, struct page_parts *p) { report_setting(out, p->s); }

static void put_again(FILE *out, struct page_parts *p) { report_command(out, p->s->r); }

static void put_warnings(FILE *out, struct page_parts *p)
{
	report_warnings(out, p->s, p->r, p->report->pictures ? NULL : p->report->why_not);
}

static void put_overall(FILE *out, struct page_parts *p)
{
	struct table t;

	p->bad |= table_overall(p->s, p->r, &t);
	if (!p->bad)
		table_html(&t, out);
	table_free(&t);
}

static void put_pairs(FILE *out, struct page_parts *p)
{
	struct table t;

	if (p->s->r->methods > MOST_PAIRED) {
		fputs("<p class=\"note\">The pairs of so many methods stand in "
		      "summary.json.</p>\n",
			out);
		return;
	}
	p->bad |= table_of_pairs(p->s, p->r, &t);
	if (!p->bad)
		table_html(&t, out);
	table_free(&t);
}

static void put_verdict(FILE *out, struct page_parts *p)
{
	const struct ranking *r = p->r;

	if (r->methods > 1 && r->blocks > 1)
		fprintf(out,
			"<p>Friedman test over the %zu problems that all %zu methods ran: p = "
			"%.3g. %s</p>\n",
			r->blocks, r->methods, r->friedman.p,
			r->friedman.p < 0.05 ? "The methods differ; which ones, the pairs tell."
					     : "No difference between the methods is shown.");
}

static void put_pictures(FILE *out, struct page_parts *p)
{
	const struct report *report = p->report;
	size_t used = 0;

	for (int section = SECTION_ALL; report->pictures && section <= SECTION_METHODS;
		section++)
		for (size_t k = 0, i = 0; picture_kinds[k]; i += report->pictures[k++])
			if (report->pictures[k] && (int)picture_kinds[k]->section == section)
				used += print_picture(out, report->figures, i,
					picture_kinds[k]->caption, MOST_PICTURES - used);
	if (!report->pictures)
		fputs("<p class=\"note\">None were drawn.</p>\n", out);
}

/* {{name}} in the page: a file beside it, or what a function puts. */
static const struct part {
	const char *name, *file, *ending;
	void (*put)(FILE *out, struct page_parts *p);
} parts[] = {
	{ "title", NULL, NULL, put_title },
	{ "refresh", NULL, NULL, put_refresh },
	{ "progress", NULL, NULL, put_progress },
	{ "nonce", NULL, NULL, put_nonce },
	{ "uplot.css", "vendor/uplot/uPlot.min", ".css", NULL },
	{ "uplot.js", "vendor/uplot/uPlot.iife.min", ".js", NULL },
	{ "style", "report", ".css", NULL },
	{ "data.js", "data", ".js", NULL },
	{ "statistics.js", "statistics", ".js", NULL },
	{ "draw.js", "draw", ".js", NULL },
	{ "page.js", "page", ".js", NULL },
	{ "data", NULL, NULL, put_data },
	{ "findings", NULL, NULL, put_findings },
	{ "setting", NULL, NULL, put_setting },
	{ "again", NULL, NULL, put_again },
	{ "warnings", NULL, NULL, put_warnings },
	{ "overall", NULL, NULL, put_overall },
	{ "pairs", NULL, NULL, put_pairs },
	{ "verdict", NULL, NULL, put_verdict },
	{ "pictures", NULL, NULL, put_pictures },
};

static char *read_part(const char *file, const char *ending, struct why *why)
{
	char *path = shipped_file(REPORT, file, ending), *text = NULL;
	size_t size;

	if (path)
		text = file_read(path, &size, why);
	else
		fail(why, "report/%s%s, a part of the report, is not installed", file, ending);
	free(path);
	return text;
}

static int put_part(
	FILE *out, const char *name, size_t length, struct page_parts *p, struct why *why)
{
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *text;

		if (strlen(parts[i].name) != length || strncmp(parts[i].name, name, length))
			continue;
		if (parts[i].put) {
			parts[i].put(out, p);
			return 0;
		}
		if (!(text = read_part(parts[i].file, parts[i].ending, why)))
			return -1;
		fputs(text, out);
		free(text);
		return 0;
	}
	return fail(why, "report/report.html: unknown part '%.*s'", (int)length, name);
}

static int put_page(FILE *out, struct page_parts *p, struct why *why)
{
	char *page = read_part("report", ".html", why), *at = page, *open, *close;
	int status = page ? 0 : -1;

	while (!status && (open = strstr(at, "{{")) && (close = strstr(open, "}}"))) {
		fwrite(at, 1, (size_t)(open - at), out);
		status = put_part(out, open + 2, (size_t)(close - open - 2), p, why);
		at = close + 2;
	}
	if (!status)
		fputs(at, out);
	free(page);
	return status;
}

/* ------------------------------------------------------------------ the data ------------------ */

static int pack(const struct report *report, const struct study *s, const struct looks *looks,
	struct extent extent, struct text *packed)
{
	struct text t = { 0 };
	int bad;

	text_add(&t, "{\"title\":");
	text_json(&t, report_title(s->r));
	text_add(&t, ",\"live\":%d,\"progress\":", report->live);
	text_json(&t, report->progress ? report->progress : "");
	bad = report_data(s, looks, report->floor, extent, &t);
	text_add(&t, "}");
	packed->used = 0;
	bad = bad || t.failed || embed(packed, t.s, t.used);
	text_free(&t);
	return bad ? -1 : 0;
}

/* Every curve where there is room for them; else fewer runs of each method on each problem,
 * first of what is not the gap. */
static int pack_within(
	const struct report *report, const struct study *s, size_t room, struct text *packed)
{
	size_t most = most_runs(s);
	struct extent extent = { most, most };
	struct looks looks;
	int bad = looks_make(&looks, s, report->highlit, 0);

	while (!bad) {
		size_t *less = extent.others ? &extent.others : &extent.gaps;

		bad = pack(report, s, &looks, extent, packed);
		if (packed->used <= room || !*less)
			break;
		*less = (size_t)((double)*less *
				 fmin(0.75, (double)room / (double)packed->used));
	}
	looks_free(&looks);
	return bad ? -1 : 0;
}

int report_write(FILE *out, const struct study *s, const struct ranking *r,
	const struct report *report, struct why *why)
{
	struct page_parts p = { .report = report, .s = s, .r = r, .data = "" };
	struct text packed = { 0 };
	char *rest = NULL;
	size_t size = 0;
	FILE *memory = open_memstream(&rest, &size);
	int status = memory ? put_page(memory, &p, why) : fail(why, "out of memory");

	if (memory)
		fclose(memory);
	free(rest);
	if (!status &&
		pack_within(report, s, size < MOST_BYTES ? MOST_BYTES - size : 0, &packed))
		status = fail(why, "out of memory");
	if (!status) {
		p.data = packed.s;
		snprintf(p.nonce, sizeof p.nonce, "%016llx",
			(unsigned long long)hash_bytes(HASH_START, packed.s, packed.used));
		status = put_page(out, &p, why);
	}
	text_free(&packed);
	if (!status && p.bad)
		return fail(why, "out of memory");
	return !status && ferror(out) ? fail(why, "the report cannot be written") : status;
}

int report_file(
	const char *path, const struct study *s, const struct report *report, struct why *why)
{
	struct ranking r;
	struct new_file file;
	int status;

	if (file_begin(&file, path, why))
		return -1;
	if (rank_methods(s, s->target, &r)) {
		file_abandon(&file);
		return fail(why, "out of memory");
	}
	status = report_write(file.stream, s, &r, report, why);
	ranking_free(&r);
	if (!status)
		return file_commit(&file, why);
	file_abandon(&file);
	return status;
}
