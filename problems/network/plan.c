/* plan.c -- shapes of a network's layers, the places of its parameters, and their start. */
#include <stdio.h>
#include "network.h"

struct layer *plan_add(struct plan *p, enum layer_kind kind, size_t units)
{
	struct layer *l = &p->layer[p->layers < MOST_LAYERS ? p->layers : MOST_LAYERS - 1];

	p->layers++;
	*l = (struct layer){
		.kind = kind, .units = units, .kernel = kind == CONVOLUTION ? 3 : 2
	};
	l->stride = kind == CONVOLUTION ? 1 : 2;
	return l;
}

static int window(const struct layer *l, size_t length, size_t *out)
{
	if (!l->stride || length + 2 * l->padding < l->kernel)
		return -1;
	*out = (length + 2 * l->padding - l->kernel) / l->stride + 1;
	return 0;
}

/* What the kind makes of l->in. */
static int shape_layer(struct layer *l, int sequence)
{
	struct shape in = l->in;

	l->out = in;
	switch (l->kind) {
	case DENSE:
		l->fan_in = sequence ? in.channels : shape_size(in);
		l->out = (struct shape){ sequence ? in.height : 1, 1, l->units };
		l->weights = l->fan_in * l->units;
		l->biases = l->no_bias ? 0 : l->units;
		return l->units ? 0 : -1;
	case CONVOLUTION:
		l->fan_in = l->kernel * l->kernel * in.channels;
		l->out.channels = l->units;
		l->weights = l->fan_in * l->units;
		l->biases = l->no_bias ? 0 : l->units;
		return !l->units || window(l, in.height, &l->out.height) ||
				       window(l, in.width, &l->out.width)
			       ? -1
			       : 0;
	case MAX_POOL:
	case AVERAGE_POOL:
		return window(l, in.height, &l->out.height) ||
				       window(l, in.width, &l->out.width)
			       ? -1
			       : 0;
	case MAXOUT:
		l->out.channels = l->units ? in.channels / l->units : 0;
		return l->out.channels * l->units == in.channels ? 0 : -1;
	case BATCH_NORM:
		l->weights = l->biases = in.channels;
		return 0;
	case LSTM: /* gates in the order input, forget, cell, output */
		l->fan_in = l->units;
		l->out.channels = l->units;
		l->weights = 4 * l->units * in.channels;
		l->recurrent = 4 * l->units * l->units;
		l->biases = 4 * l->units;
		return l->units && sequence ? 0 : -1;
	default:
		return 0;
	}
}

/* A tensor of len numbers, a matrix of that many rows or (0) a vector. */
static void end_block(struct plan *p, size_t len, size_t rows)
{
	p->n += len;
	if (len) {
		p->block_rows[p->blocks] = rows;
		p->block_ends[p->blocks++] = p->n;
	}
}

/* Rows of a layer's matrices: one an output, or a gate of one. A batch norm has no matrix. */
static size_t matrix_rows(const struct layer *l)
{
	return l->kind == BATCH_NORM ? 0 : l->kind == LSTM ? 4 * l->units : l->units;
}

int plan_shape(struct plan *p, char *why, size_t size)
{
	struct shape s = p->input;

	p->n = p->blocks = 0;
	if (p->layers > MOST_LAYERS) {
		snprintf(why, size, "%zu layers, at most %d are possible", p->layers,
			MOST_LAYERS);
		return -1;
	}
	for (size_t i = 0; i < p->layers; i++) {
		struct layer *l = &p->layer[i];

		l->in = s;
		if (shape_layer(l, p->sequence) || !shape_size(l->out)) {
			snprintf(why, size,
				"layer %zu does not fit an input of %zu x %zu x %zu", i + 1,
				s.height, s.width, s.channels);
			return -1;
		}
		l->at = p->n;
		end_block(p, l->weights, matrix_rows(l));
		end_block(p, l->recurrent, matrix_rows(l));
		end_block(p, l->biases, 0);
		s = l->out;
	}
	p->output = s;
	return 0;
}

void plan_start(const struct plan *p, gsl_rng *rng, double *x)
{
	for (size_t i = 0; i < p->layers; i++) {
		const struct layer *l = &p->layer[i];
		size_t count = l->weights + l->recurrent + l->biases;
		double most = l->fan_in ? 1 / sqrt((double)l->fan_in) : 0;

		for (size_t j = 0; j < count; j++)
			x[l->at + j] = l->kind == BATCH_NORM
					       ? j < l->weights
					       : most * (2 * gsl_rng_uniform(rng) - 1);
	}
}
