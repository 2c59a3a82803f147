/* data.js -- the records as the page holds them: unpacked, curves made numbers again. */
const A_DECADE = 4343; // steps of a decade, see report_curves.h

async function unpack(text) {
	const bytes = Uint8Array.from(atob(text.trim()), c => c.charCodeAt(0));
	const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));

	return JSON.parse(await new Response(stream).text());
}

class Records {
	constructor(data) {
		Object.assign(this, data);
		this.count = this.runs.p.length;
		this.grids = this.grids.map(g => { let sum = 0; return g.map(d => sum += d); });
		this.cache = this.columns.map(() => new Map());
		this.methods.forEach(m => m.look.dashes = m.look.dashes.split(' ').filter(Boolean).map(Number));
		this.groups = new Map(); // of a problem and a method: its runs
		for (let r = 0; r < this.count; r++) {
			const k = this.runs.p[r] * this.methods.length + this.runs.m[r];

			if (!this.groups.has(k))
				this.groups.set(k, []);
			this.groups.get(k).push(r);
		}
	}

	of(p, m) { return this.groups.get(p * this.methods.length + m) || []; }

	column(name) { return this.columns.findIndex(c => c.name === name); }

	status(r) { return this.runs.statusWords[this.runs.status[r]]; }

	step(r, i) {
		const [grid, length, last] = this.points[r];

		return i === length - 1 ? last : this.grids[grid][i];
	}

	// places and logarithms, each told from the one before
	seconds(r) {
		const map = this.axes.seconds[r];

		if (map && !map.read) {
			let at = 0, sum = 0;

			for (let k = 0; k < map.length; k += 2) {
				map[k] = at += map[k];
				sum += map[k + 1];
				map[k + 1] = sum <= -30 * A_DECADE ? 0 : 10 ** (sum / A_DECADE);
			}
			map.read = true;
		}
		return map;
	}

	// between the points that were kept an axis is linear in steps
	along(map, r, i) {
		let k = 2;

		while (k < map.length && map[k] < i)
			k += 2;
		if (k >= map.length)
			return map[map.length - 1];
		const a = this.step(r, map[k - 2]), b = this.step(r, map[k]), s = this.step(r, i);

		return map[k - 1] + (b > a ? (s - a) / (b - a) : 0) * (map[k + 1] - map[k - 1]);
	}

	x(r, axis, i) {
		const step = this.step(r, i), run = this.runs;

		if (axis === 'steps')
			return step;
		if (axis === 'epochs')
			return step * run.share[r];
		if (axis === 'seconds')
			return this.seconds(r) ? this.along(this.seconds(r), r, i)
				: run.wall[r] * step / Math.max(1, run.steps[r]);
		const cost = this.along(this.axes.cost[r], r, i);

		return axis === 'dimension' ? cost / this.problems[run.p[r]].n : cost;
	}

	// the points of a curve: places in the trace and values, or null
	curve(c, r) {
		const known = this.cache[c].get(r);

		if (known !== undefined)
			return known;
		const column = this.columns[c], whole = column.of[r];
		let line = null;

		if (whole) {
			const n = whole.length / 2, at = new Uint32Array(n), v = new Float64Array(n);
			const [base, quantum] = column.linear ? column.linear[this.runs.p[r]] : [0, 0];

			for (let k = 0, i = 0, sum = 0; k < n; k++) {
				at[k] = i += whole[2 * k];
				sum += whole[2 * k + 1];
				v[k] = column.linear ? base + sum * quantum
					: sum <= -30 * A_DECADE ? 0 : 10 ** (sum / A_DECADE);
			}
			line = { at, v };
		}
		this.cache[c].set(r, line);
		return line;
	}

	// the same with x along an axis
	line(c, r, axis) {
		const curve = this.curve(c, r);

		return curve && { x: Float64Array.from(curve.at, i => this.x(r, axis, i)), y: curve.v, run: r };
	}

	// cost at which the gap of a run is first at most the target; Infinity: never
	hit(r, target) {
		const curve = this.curve(0, r);

		if (!curve || this.runs.guessed[r])
			return Infinity;
		for (let k = 0; k < curve.v.length; k++)
			if (curve.v[k] <= target * 1.0003)
				return this.x(r, 'cost', this.crossing(curve, k, target));
		return Infinity;
	}

	// the point of the trace at which a line between two kept points comes to the target
	crossing(curve, k, target) {
		if (!k || curve.at[k] === curve.at[k - 1] + 1 || !(curve.v[k] > 0))
			return curve.at[k];
		const share = Math.log(curve.v[k - 1] / target) / Math.log(curve.v[k - 1] / curve.v[k]);

		return Math.min(curve.at[k], Math.ceil(curve.at[k - 1] + share * (curve.at[k] - curve.at[k - 1]) - 1e-9));
	}

	options(entry) { return entry.options.map(([k, v]) => `${k}=${v}`).join(','); }

	// the command that makes this run again
	command(r) {
		const run = this.runs, p = this.problems[run.p[r]], m = this.methods[run.m[r]];
		const name = e => {
			const options = this.options({ options: e.options.filter(([k]) => k !== 'from') });

			return options ? `${e.name}:${options}` : e.name;
		};
		const words = ['nsobench', 'run', '-P', name(p), '-O', name(m), '--instances', run.instance[r],
			'--seeds', `${run.seed[r]},`];
		const add = (option, v) => v !== null && isFinite(v) && words.push(`--${option}`, v);

		add('budget', run.budget[r]);
		add('steps', run.budgetSteps[r]);
		add('epochs', run.budgetEpochs[r]);
		add('seconds', run.budgetSeconds[r]);
		add('target', run.goal[r]);
		add('batch', run.batch[r]);
		add('noise', run.noise[r]);
		if (run.samplingWords[run.sampling[r]] === 'replacement')
			words.push('--sampling', 'replacement');
		for (const [k, v] of m.settings)
			if (k === 'schedule' || k === 'average')
				words.push(`--${k}`, v);
		return words.map(w => shell(String(w))).join(' ');
	}
}

function shell(word) {
	return /^[\w\-./:=,+@%]+$/.test(word) ? word : `'${word.replace(/'/g, "'\\''")}'`;
}

function show(v, digits = 4) {
	if (v === null || Number.isNaN(v) || !isFinite(v))
		return v === Infinity ? '∞' : v === -Infinity ? '-∞' : '';
	const a = Math.abs(v);

	return a && (a < 1e-3 || a >= 1e6) ? (+v).toExponential(digits - 1).replace(/\.?0*e\+?/, 'e') : String(+(+v).toPrecision(digits));
}
