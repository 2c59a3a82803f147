/* pictures.h -- the kinds of pictures, and the pages of panels that most of them are made of.
 */
#ifndef PICTURES_H
#define PICTURES_H

#include "analysis/study.h"
#include "ground/instance.h"
#include "picture/style.h"

struct pictures {
	const struct study *s;
	struct figures *fs;
	double floor;              /* smaller gaps are drawn at it */
	const int *highlit;        /* of each method: set apart; NULL: none is */
	int as_typed;              /* methods in legends and rows as they stand, else by rank */
	const struct looks *looks; /* made by draw_kinds */
};
/* The function that the records name, as this program has it; -1 where it has none such. */
int function_of(
	const struct records *r, const struct run *run, struct instance *in, struct why *why);

/* Where in the report the pictures of a kind stand. */
enum section {
	SECTION_ALL,
	SECTION_CURVES,
	SECTION_PROFILES,
	SECTION_PROBLEMS,
	SECTION_METHODS
};

/* A kind of pictures: kind_NAME, the last lines of its file, and NAME in src/local.mk. */
struct kind {
	const char *name, *help;
	const char *caption; /* of each of its pictures in the report */
	enum section section;
	int usual; /* plot draws it when no kind is asked for */
	/* Into one picture or several; none where the records have no data for it. Called by
	 * draw_kinds alone, which makes the looks. */
	int (*draw)(const struct pictures *p, struct why *why);
};
enum { MOST_KINDS = 64 };
extern const struct kind
	*const picture_kinds[]; /* in the order in which they are drawn; ends with NULL */
/* Draws those of wanted[] (NULL: all); drawn[i], unless NULL: the number of pictures of kind i.
 */
int draw_kinds(const struct pictures *p, const int *wanted, size_t *drawn, struct why *why);
int draw_kind(const struct pictures *p, const char *name, struct why *why);

enum { CURVES = 12 };

struct panel {
	const char *title, *column;
	size_t problem;
	double gap;
	double xlow, xhigh, ylow, yhigh;
	double first;  /* greatest value with which a curve begins */
	double beyond; /* shaded from here on: not every method was allowed this cost; INFINITY:
			  none */
};

/* Panels that share axis titles and a legend: median or step curves with bands. */
struct page {
	const struct pictures *p;
	const char *file, *xtitle, *ytitle;
	char note[300];
	int logy, points, stairs; /* points: a mark at each; stairs: none */
	int fixed;                /* the panels' ranges of y are set, else from what is drawn */
	struct panel *panel;
	size_t panels;
	const char *const *label;
	const size_t *method; /* that curve i stands for; NULL: i */
	size_t curves;
	struct panel_grid grid;
	size_t *turn; /* the curves as they are drawn: by the positions of their methods */
	struct figure f;
	size_t number; /* of pictures so far */
	/* Writes the rows x, y, low, high of curve i; a curve may be empty. */
	int (*write)(struct page *page, struct panel *panel, size_t i, void *data);
	void *data;
};
void page_row(
	struct page *page, struct panel *panel, double x, double y, double low, double high);
/* A staircase: from the last point sideways to x, then up to y. */
struct stairs {
	double y, low, high;
};
void page_stair(struct page *page, struct panel *panel, struct stairs *s, double x, double y,
	double low, double high);
/* All panels, as many to a picture as can be read, all curves, 12 in colour and the others pale
 * behind them; the best is in colour in every picture. */
int page_draw(struct page *page, struct why *why);
/* Labels of the methods with their marks; the array is in the arena. NULL: no memory. */
const char *const *method_labels(const struct records *r);
/* Range of the costs of a problem, and where the smallest budget ends. */
void cost_range(const struct study *s, size_t problem, struct panel *panel);
double allowed_cost(const struct track *t);

#endif
