/* statistics.js -- medians of curves, cost to targets, and their bands, over the runs in view. */
const ECDF_DRAWS = 100, ECDF_REPEATS = 40, ECDF_REPEAT_DRAWS = 10, ERT_DRAWS = 200, PER_DECADE = 20;

// uniform numbers that are the same whenever the page is drawn (mulberry32)
function stream(seed) {
	return () => {
		let z = seed += 0x6D2B79F5;

		z = Math.imul(z ^ z >>> 15, z | 1);
		z ^= z + Math.imul(z ^ z >>> 7, z | 61);
		return ((z ^ z >>> 14) >>> 0) / 4294967296;
	};
}

function quantile(sorted, p) {
	const at = p * (sorted.length - 1), low = Math.floor(at), high = Math.ceil(at);

	return sorted[low] === sorted[high] ? sorted[low] : sorted[low] + (at - low) * (sorted[high] - sorted[low]);
}

// the value of a line at x, linear on the scales that it is drawn on; it ends as it is
function value(line, x, log, from) {
	let k = from;

	while (k < line.x.length && line.x[k] <= x)
		k++;
	if (!k || k === line.x.length)
		return [k ? line.y[k - 1] : NaN, k];
	const x0 = line.x[k - 1], x1 = line.x[k], y0 = line.y[k - 1], y1 = line.y[k];
	const share = x0 > 0 ? Math.log(x / x0) / Math.log(x1 / x0) : 0;

	return [log && y0 > 0 && y1 > 0 ? y0 * (y1 / y0) ** share : y0 + share * (y1 - y0), k];
}

// median and quartiles of lines, at the places of a grid
function medians(lines, log, points = 160) {
	let low = Infinity, high = 0;

	for (const l of lines)
		for (const x of l.x)
			if (x > 0) {
				low = Math.min(low, x);
				high = Math.max(high, x);
			}
	if (!(low <= high))
		return null;
	const out = { x: [], y: [], low: [], high: [], runs: lines.length };
	const places = lines.map(() => 0);

	for (let g = 0; g < points; g++) {
		const x = low * (high / low) ** (g / (points - 1)), at = [];

		lines.forEach((l, i) => {
			const [v, k] = value(l, x * (1 + 1e-12), log, places[i] > 0 ? places[i] - 1 : 0);

			places[i] = k;
			if (!Number.isNaN(v))
				at.push(v);
		});
		if (2 * at.length < lines.length || !at.length)
			continue;
		at.sort((a, b) => a - b);
		out.x.push(x);
		out.y.push(quantile(at, 0.5));
		out.low.push(quantile(at, 0.25));
		out.high.push(quantile(at, 0.75));
	}
	return out;
}

// expected cost (Hansen et al. 2009) with a 95 % bootstrap interval
function expected(records, runs, target) {
	const hit = runs.map(r => records.hit(r, target)), hits = hit.filter(isFinite).length;

	if (!hits)
		return { value: Infinity, hits: 0, runs: runs.length };
	const cost = hit.map((h, i) => isFinite(h) ? h : records.runs.spent[runs[i]]);
	const ratio = pick => {
		let sum = 0, n = 0;

		for (const i of pick) {
			sum += cost[i];
			n += isFinite(hit[i]);
		}
		return n ? sum / n : Infinity;
	};
	const all = runs.map((_, i) => i), uniform = stream(1), draws = [];

	for (let d = 0; d < ERT_DRAWS && runs.length > 1; d++)
		draws.push(ratio(all.map(() => Math.floor(uniform() * runs.length))));
	draws.sort((a, b) => a - b);
	return { value: ratio(all), hits, runs: runs.length, low: draws.length ? quantile(draws, 0.025) : NaN,
		high: draws.length ? quantile(draws, 0.975) : NaN };
}

// targets 1e2 down to this one, five a decade
function targets(last) {
	const list = [];

	for (let k = 0; 2 - k / 5 >= last - 1e-9; k++)
		list.push(10 ** (2 - k / 5));
	return list.length ? list : [10 ** last];
}

// one curve of hits with simulated restarts (Hansen et al. 2021), into bins
function restarts(problem, pick, draws, weight, grid, bins, uniform) {
	const { hit, spent } = problem;
	let reachable = 0;

	for (const i of pick)
		while (reachable < hit[i].length && isFinite(hit[i][reachable]))
			reachable++;
	for (let d = 0; d < draws; d++)
		for (let k = 0, before = 0; k < reachable;) {
			const run = pick[Math.floor(uniform() * pick.length)];

			for (; k < reachable && isFinite(hit[run][k]); k++) {
				const cost = before + hit[run][k];
				const at = cost <= grid.low ? 0 : Math.ceil(Math.log10(cost / grid.low) * PER_DECADE - 1e-9);

				if (at < bins.length)
					bins[at] += weight;
			}
			before += spent[run];
		}
}

function ecdf(records, problems, m, list, grid) {
	const uniform = stream(m + 1), data = [];

	for (const p of problems) {
		const runs = records.of(p, m).filter(r => records.curve(0, r));

		data.push({ hit: runs.map(r => list.map(t => records.hit(r, t))), spent: runs.map(r => records.runs.spent[r]) });
	}
	const curve = (draws, anew) => {
		const bins = new Float64Array(grid.points);

		for (const d of data) {
			const n = d.hit.length, pick = d.hit.map((_, i) => anew ? Math.floor(uniform() * n) : i);

			if (n)
				restarts(d, pick, n > 1 ? draws : 1, 1 / (data.length * list.length * (n > 1 ? draws : 1)), grid, bins, uniform);
		}
		for (let g = 1; g < bins.length; g++)
			bins[g] += bins[g - 1];
		return bins;
	};
	const y = curve(ECDF_DRAWS, false), all = [];

	for (let k = 0; k < ECDF_REPEATS && data.some(d => d.hit.length > 1); k++)
		all.push(curve(ECDF_REPEAT_DRAWS, true));
	const out = { x: [], y: [], low: [], high: [] };

	for (let g = 0; g < grid.points; g++) {
		const at = all.map(c => c[g]).sort((a, b) => a - b);

		out.x.push(grid.low * 10 ** (g / PER_DECADE));
		out.y.push(y[g]);
		out.low.push(at.length ? Math.min(y[g], quantile(at, 0.025)) : y[g]);
		out.high.push(at.length ? Math.max(y[g], quantile(at, 0.975)) : y[g]);
	}
	return out;
}
