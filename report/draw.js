/* draw.js -- panels on a canvas: uPlot has the axes and the zoom, the curves are drawn here. */
const dark = matchMedia('(prefers-color-scheme: dark)');
const printed = matchMedia('print');

function colour(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

function element(tag, text, attributes = {}) {
	const e = document.createElement(tag);

	if (text !== undefined && text !== null)
		e.textContent = text;
	for (const [k, v] of Object.entries(attributes))
		e.setAttribute(k, v);
	return e;
}

const shapes = {
	circle: (c, x, y, s) => c.arc(x, y, s, 0, 7),
	square: (c, x, y, s) => c.rect(x - s, y - s, 2 * s, 2 * s),
	triangle: (c, x, y, s) => polygon(c, x, y, 1.3 * s, 3, -Math.PI / 2),
	diamond: (c, x, y, s) => polygon(c, x, y, 1.3 * s, 4, -Math.PI / 2),
	down: (c, x, y, s) => polygon(c, x, y, 1.3 * s, 3, Math.PI / 2),
	pentagon: (c, x, y, s) => polygon(c, x, y, 1.2 * s, 5, -Math.PI / 2),
	cross: (c, x, y, s) => { c.moveTo(x - s, y - s); c.lineTo(x + s, y + s); c.moveTo(x - s, y + s); c.lineTo(x + s, y - s); },
	plus: (c, x, y, s) => { c.moveTo(x - s, y); c.lineTo(x + s, y); c.moveTo(x, y - s); c.lineTo(x, y + s); },
};

function polygon(c, x, y, s, corners, turn) {
	for (let k = 0; k < corners; k++)
		c[k ? 'lineTo' : 'moveTo'](x + s * Math.cos(turn + 2 * Math.PI * k / corners), y + s * Math.sin(turn + 2 * Math.PI * k / corners));
	c.closePath();
}

function stroke_of(look) { return dark.matches && !printed.matches ? look.dark : look.light; }

function mark(ctx, look, x, y, size) {
	ctx.beginPath();
	ctx.setLineDash([]);
	shapes[look.shape](ctx, x, y, size);
	ctx.fillStyle = ctx.strokeStyle = stroke_of(look);
	look.shape === 'cross' || look.shape === 'plus' ? ctx.stroke() : ctx.fill();
}

// how a method looks in the legend
function sample(look) {
	const canvas = element('canvas', null, { width: 56, height: 24, 'aria-hidden': 'true' }), ctx = canvas.getContext('2d');

	ctx.lineWidth = 4;
	ctx.strokeStyle = stroke_of(look);
	ctx.setLineDash(look.dashes.map(d => 2 * d));
	ctx.beginPath();
	ctx.moveTo(0, 12);
	ctx.lineTo(56, 12);
	ctx.stroke();
	mark(ctx, look, 28, 12, 6);
	return canvas;
}

// of a logarithmic axis: only whole decades have a line, and as many numbers as there is room for
function decades(u, splits, axis) {
	const log = u.scales[u.axes[axis].scale].distr === 3;

	return splits.map(v => !log || Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9 ? v : null);
}

function numbered(u, splits, axis) {
	const whole = decades(u, splits, axis), count = whole.filter(v => v !== null).length, across = axis === 0;
	const room = Math.max(2, (across ? u.bbox.width / 64 : u.bbox.height / 26) / devicePixelRatio), every = Math.ceil(count / room);

	if (count < 2) // within a decade: all that are not crowded
		return splits.map(v => /^[125]/.test(v.toExponential()) ? v : null);
	return whole.map(v => v !== null && Math.round(Math.log10(v)) % every === 0 ? v : null);
}

class Panel {
	/* o: title, xlabel, ylabel, logy, xrange, yrange, height, lines: {x, y, low, high, look, name, width, text(x, y), pick()},
	 * points: lines are marks with bars from low to high of x; labels: of the y axis, by whole numbers */
	constructor(parent, o) {
		this.o = o;
		this.box = element('div', null, { class: 'panel' });
		if (o.title)
			this.box.append(element('h3', o.title));
		this.plot = element('div', null, { class: 'plot', tabindex: '0', role: 'application',
			'aria-roledescription': 'chart', 'aria-label': `${o.title || o.ylabel}: ${o.ylabel} against ${o.xlabel}, ${o.lines.length} curves; arrow keys read the values` });
		this.box.append(this.plot);
		parent.append(this.box);
		this.at = { line: 0, point: -1 };
		this.u = new uPlot(this.options(), [o.xrange, o.yrange], this.plot);
		this.listen();
	}

	options() {
		const o = this.o, small = this.plot.clientWidth < 420;
		const range = (u, min, max) => [min, max];
		const axis = { stroke: colour('--ink'), grid: { stroke: colour('--line'), width: 1, filter: decades }, ticks: { stroke: colour('--line'), width: 1 },
			font: '12px system-ui, sans-serif', labelFont: '12px system-ui, sans-serif', labelSize: 18, size: 34 };
		const numbers = (u, values) => values.map(v => v === null ? '' : show(v, 3));
		const rows = o.labels && { splits: () => o.labels.map((_, i) => i), size: small ? 96 : 190,
			values: (u, at) => at.map(i => { const t = o.labels[i] || '', most = small ? 13 : 28; return t.length > most ? `${t.slice(0, most - 1)}…` : t; }) };

		return { width: this.plot.clientWidth, height: o.height, legend: { show: false }, pxAlign: false,
			cursor: { points: { show: false }, drag: { x: true, y: !o.labels, uni: 20 }, x: true, y: !o.labels },
			scales: { x: { time: false, distr: 3, log: 10, range }, y: { distr: o.logy ? 3 : 1, log: 10, range } },
			series: [{}, { paths: () => null, points: { show: false } }],
			axes: [{ ...axis, label: o.xlabel, filter: numbered, values: numbers },
				{ ...axis, label: o.labels ? undefined : o.ylabel, labelSize: o.labels ? 0 : 18, size: 62, ...(o.logy ? { filter: numbered } : {}), values: numbers, ...rows }],
			hooks: { draw: [u => this.draw(u)], setCursor: [u => this.hover(u)] } };
	}

	draw(u) {
		const ctx = u.ctx, { left, top, width, height } = u.bbox;

		ctx.save();
		ctx.beginPath();
		ctx.rect(left, top, width, height);
		ctx.clip();
		this.drawn = [];
		for (let i = this.o.lines.length; i-- > 0;) // the first is the best: on top
			this.drawn[i] = this.o.points ? this.dots(u, ctx, this.o.lines[i]) : this.line(u, ctx, this.o.lines[i], i);
		ctx.restore();
	}

	pixels(u, x, y) {
		const low = u.scales.y.min, xlow = u.scales.x.min, logy = this.o.logy;
		const px = Array.from(x, v => u.valToPos(v > 0 ? v : xlow, 'x', true));

		return [px, Array.from(y, v => u.valToPos(logy && !(v > this.o.yrange[0]) ? Math.min(low, this.o.yrange[0]) : v, 'y', true))];
	}

	line(u, ctx, l, i) {
		const [x, y] = this.pixels(u, l.x, l.y);

		if (l.low) {
			const [, low] = this.pixels(u, l.x, l.low), [, high] = this.pixels(u, l.x, l.high);

			ctx.beginPath();
			x.forEach((v, k) => ctx[k ? 'lineTo' : 'moveTo'](v, low[k]));
			for (let k = x.length; k-- > 0;)
				ctx.lineTo(x[k], high[k]);
			ctx.globalAlpha = 0.13;
			ctx.fillStyle = stroke_of(l.look);
			ctx.fill();
		}
		ctx.globalAlpha = l.pale ? 0.45 : 1;
		ctx.beginPath();
		ctx.lineJoin = 'round';
		x.forEach((v, k) => ctx[k ? 'lineTo' : 'moveTo'](v, y[k]));
		ctx.strokeStyle = stroke_of(l.look);
		ctx.lineWidth = (l.width || 2) * devicePixelRatio;
		ctx.setLineDash(l.look.dashes.map(d => d * ctx.lineWidth / 1.5));
		ctx.stroke();
		if (!l.pale) // marks at places of their own on each curve
			for (let k = Math.floor(x.length * (0.12 + 0.05 * (i % 5))); k < x.length; k += Math.max(1, Math.floor(x.length / 4)))
				mark(ctx, l.look, x[k], y[k], 3.5 * devicePixelRatio);
		ctx.globalAlpha = 1;
		ctx.setLineDash([]);
		return [x, y];
	}

	dots(u, ctx, l) {
		const [x, y] = this.pixels(u, l.x, l.y), [low] = this.pixels(u, l.low, l.y), [high] = this.pixels(u, l.high, l.y);

		ctx.lineWidth = 1.5 * devicePixelRatio;
		ctx.strokeStyle = stroke_of(l.look);
		x.forEach((v, k) => {
			if (low[k] === low[k]) {
				ctx.beginPath();
				ctx.moveTo(low[k], y[k]);
				ctx.lineTo(high[k] === high[k] && isFinite(high[k]) ? high[k] : u.bbox.left + u.bbox.width, y[k]);
				ctx.stroke();
			}
			mark(ctx, l.look, v, y[k], 4 * devicePixelRatio);
		});
		return [x, y];
	}

	// the point that is nearest to the pointer, of the curves and their edges
	nearest(px, py) {
		let best = null, least = (30 * devicePixelRatio) ** 2;

		this.drawn.forEach(([x, y], line) => {
			for (let k = 0; k < x.length; k++) {
				let d = (x[k] - px) ** 2 + (y[k] - py) ** 2, point = k;

				if (k && !this.o.points && x[k] > x[k - 1]) { // on the way here
					const t = Math.min(1, Math.max(0, ((px - x[k - 1]) * (x[k] - x[k - 1]) + (py - y[k - 1]) * (y[k] - y[k - 1])) /
						((x[k] - x[k - 1]) ** 2 + (y[k] - y[k - 1]) ** 2)));
					const e = (x[k - 1] + t * (x[k] - x[k - 1]) - px) ** 2 + (y[k - 1] + t * (y[k] - y[k - 1]) - py) ** 2;

					if (e < d) {
						d = e;
						point = t < 0.5 ? k - 1 : k;
					}
				}
				if (d < least) {
					least = d;
					best = { line, point };
				}
			}
		});
		return best;
	}

	hover(u) {
		const { left, top } = u.cursor;

		if (!this.drawn || left < 0 || top < 0)
			return this.tell(null);
		this.tell(this.nearest(left * devicePixelRatio + u.bbox.left, top * devicePixelRatio + u.bbox.top));
	}

	tell(at) {
		const tip = document.getElementById('tip');

		this.under = at;
		tip.hidden = !at;
		if (!at)
			return;
		const l = this.o.lines[at.line], [x, y] = this.drawn[at.line], box = this.plot.getBoundingClientRect();

		tip.replaceChildren(element('b', l.name), ...l.text(l.x[at.point], l.y[at.point], at.point).map(t => element('div', t)));
		const left = box.left + scrollX + x[at.point] / devicePixelRatio + 14, top = box.top + scrollY + y[at.point] / devicePixelRatio + 14;

		tip.style.left = `${Math.max(4, Math.min(left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
		tip.style.top = `${top}px`;
	}

	listen() {
		this.plot.addEventListener('click', () => this.under && this.o.lines[this.under.line].pick && this.o.lines[this.under.line].pick(this.under.point));
		this.plot.addEventListener('blur', () => this.tell(null));
		this.plot.addEventListener('keydown', e => {
			const lines = this.o.lines, move = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[e.key];

			if (e.key === 'Enter' && this.under && lines[this.under.line].pick)
				lines[this.under.line].pick(this.under.point);
			if (e.key === 'Escape')
				this.tell(null);
			if (!move || !lines.length)
				return;
			e.preventDefault();
			this.at.line = (this.at.line + move[0] + lines.length) % lines.length;
			this.at.point = Math.min(lines[this.at.line].x.length - 1, Math.max(0, this.at.point + move[1]));
			if (lines[this.at.line].x.length)
				this.tell({ ...this.at });
		});
	}

	free() { this.u.destroy(); this.box.remove(); }
}
