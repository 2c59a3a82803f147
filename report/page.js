/* page.js -- what is shown: controls, legend, panels, table, runs; all of it stands in the URL's fragment. */
const PANELS = 6, ROWS = 60, RUNS_LISTED = 300;
const $ = id => document.getElementById(id);
const initial = { problem: '', group: '', trait: '', method: '', x: 'cost', y: 'gap', lines: 'median', target: null, hide: '', run: '', page: 0 };
const axisNames = { cost: 'cost', dimension: 'cost per dimension', steps: 'steps', seconds: 'seconds', epochs: 'epochs' };
let records, state, panels = [], later = 0;

function read_fragment() {
	const given = new URLSearchParams(location.hash.slice(1));

	state = { ...initial, target: Math.log10(records.target) };
	for (const k of Object.keys(initial))
		if (given.has(k))
			state[k] = typeof initial[k] === 'number' || k === 'target' ? +given.get(k) || 0 : given.get(k);
	if (!(state.x in axisNames))
		state.x = 'cost';
	if (records.column(state.y) < 0)
		state.y = 'gap';
}

function write_fragment() {
	const out = new URLSearchParams();

	for (const [k, v] of Object.entries(state))
		if (v !== initial[k] && !(k === 'target' && v === Math.log10(records.target)))
			out.set(k, k === 'target' ? v.toFixed(1) : v);
	history.replaceState(null, '', `#${out}`);
}

function change(what, redraw = true) {
	Object.assign(state, what);
	write_fragment();
	if (redraw)
		draw();
}

// ------------------------------------------------------------------ what is in view

function group_of(problem) { return problem.name.split(/[-:]/)[0]; }

function traits_of(problem) { return problem.traits.split(/[ ,]+/).filter(Boolean); }

function problems_in_view() {
	return records.problems.map((_, i) => i).filter(i => {
		const p = records.problems[i];

		return (state.problem === '' || +state.problem === i) && (!state.group || group_of(p) === state.group) &&
			(!state.trait || traits_of(p).includes(state.trait));
	});
}

function hidden() { return new Set(state.hide === '' ? [] : state.hide.split('.').map(Number)); }

function methods_named() {
	const part = state.method.trim().toLowerCase();

	return records.order.filter(m => records.methods[m].label.toLowerCase().includes(part));
}

function methods_in_view() {
	const gone = hidden();

	return methods_named().filter(m => !gone.has(m));
}

// ------------------------------------------------------------------ legend

function isolate(m) {
	const others = records.methods.map((_, i) => i).filter(i => i !== m), now = hidden();
	const alone = !now.has(m) && others.every(i => now.has(i));

	change({ hide: alone ? '' : others.join('.') });
}

function toggle(m) {
	const now = hidden();

	if (!now.delete(m))
		now.add(m);
	change({ hide: [...now].sort((a, b) => a - b).join('.') });
}

function draw_legend() {
	const gone = hidden(), focus = document.activeElement && document.activeElement.dataset.key;

	$('legend').replaceChildren(...methods_named().map(m => {
		const item = element('span', null, { class: 'entry' }), shown = !gone.has(m);
		const button = element('button', null, { type: 'button', 'aria-pressed': String(shown), 'data-key': `m${m}` });
		const only = element('button', 'only', { type: 'button', class: 'only', 'data-key': `o${m}`, 'aria-label': `only ${records.methods[m].label}` });

		button.append(sample(records.methods[m].look), records.methods[m].label);
		button.onclick = e => e.shiftKey || e.altKey ? isolate(m) : toggle(m);
		only.onclick = () => isolate(m);
		item.append(button, only);
		return item;
	}));
	if (focus && focus !== '')
		document.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus();
}

// ------------------------------------------------------------------ curves

function range(values, log) {
	let low = Infinity, high = -Infinity;

	for (const v of values)
		if (isFinite(v) && (!log || v > 0)) {
			low = Math.min(low, v);
			high = Math.max(high, v);
		}
	if (!(low <= high))
		return [log ? 0.1 : 0, 1];
	if (log)
		return high / low < 1.01 ? [low / 3, high * 3] : [low, high];
	const pad = (high - low) * 0.04 || Math.abs(high) * 0.1 || 1;

	return [low - pad, high + pad];
}

function lines_of(p, c, log) {
	const all = [];

	for (const m of methods_in_view()) {
		const method = records.methods[m], runs = records.of(p, m);
		const each = runs.map(r => records.line(c, r, state.x)).filter(Boolean);
		const text = (l, more) => (x, y) => [`${axisNames[state.x]}: ${show(x)}`, `${state.y}: ${show(y)}`, ...more];

		if (!each.length)
			continue;
		if (state.lines === 'runs' || each.length === 1) {
			each.forEach((l, i) => all.push({ ...l, look: method.look, pale: i > 0, name: method.label, width: method.highlight ? 3 : 1.6,
				text: text(l, [`instance ${records.runs.instance[l.run]}, seed ${records.runs.seed[l.run]}: ${records.status(l.run)}`]),
				pick: () => show_run(l.run, true) }));
			continue;
		}
		const l = medians(each, log);

		if (l)
			all.push({ ...l, look: method.look, name: method.label, width: method.highlight ? 3.4 : 2, text: text(l, [`median of ${each.length} runs`]),
				pick: () => show_run(runs[0], true) });
	}
	if (state.run !== '' && records.runs.p[+state.run] === p) {
		const l = records.line(c, +state.run, state.x);

		if (l)
			all.unshift({ ...l, look: records.methods[records.runs.m[+state.run]].look, width: 4.5, name: `run ${state.run}: ${records.methods[records.runs.m[+state.run]].label}`,
				text: (x, y) => [`${axisNames[state.x]}: ${show(x)}`, `${state.y}: ${show(y)}`, 'the run below'] });
	}
	return all;
}

function draw_curves(problems) {
	const c = records.column(state.y), log = !records.columns[c].linear;
	const pages = Math.max(1, Math.ceil(problems.length / PANELS));

	state.page = Math.min(Math.max(0, state.page | 0), pages - 1);
	const shown = problems.slice(state.page * PANELS, (state.page + 1) * PANELS);

	$('panels').className = shown.length === 1 ? 'one' : '';
	for (const p of shown) {
		const lines = lines_of(p, c, log), floor = records.floor;
		const ys = lines.flatMap(l => [l.y[0], ...Array.from(l.y).filter(v => !log || v > 0), ...(l.low ? [l.low[l.low.length - 1]] : [])]);
		const first = range(lines.map(l => l.y[0]).concat(lines.map(l => l.y[l.y.length - 1])), log)[1];
		const [low, high] = range(ys.map(v => log ? Math.min(Math.max(v, floor), first * 2) : Math.min(v, first)), log);

		panels.push(new Panel($('panels'), { title: records.problems[p].label + (records.problems[p].known ? '' : ' (f* unknown or refuted: above the best found)'), xlabel: state.x === 'cost' ? records.cost : axisNames[state.x],
			ylabel: state.y === 'gap' ? 'relative gap' : state.y, logy: log, lines, height: shown.length === 1 ? 460 : 300,
			xrange: range(lines.flatMap(l => Array.from(l.x)), true), yrange: log ? [low / 1.3, high * 1.3] : [low, high] }));
	}
	$('pager').hidden = pages < 2;
	$('page').textContent = `${state.page * PANELS + 1} to ${Math.min(problems.length, (state.page + 1) * PANELS)} of ${problems.length} problems`;
	$('before').disabled = !state.page;
	$('after').disabled = state.page >= pages - 1;
}

// ------------------------------------------------------------------ costs to the target

function draw_ecdf(problems) {
	const known = problems.filter(p => records.problems[p].known), list = targets(state.target), methods = methods_in_view();
	let low = Infinity, high = 0;

	for (const p of known)
		for (const m of methods)
			for (const r of records.of(p, m)) {
				high = Math.max(high, records.runs.spent[r]);
				if (records.points[r])
					low = Math.min(low, records.x(r, 'cost', Math.min(1, records.points[r][1] - 1)) || low);
			}
	if (!(low < high))
		return void $('ecdf').append(element('p', 'No run here has a known f*.', { class: 'note' }));
	const grid = { low, points: Math.ceil(Math.log10(high * 3 / low) * PER_DECADE) + 1 };
	const lines = methods.filter(m => known.some(p => records.of(p, m).length)).map(m => ({ ...ecdf(records, known, m, list, grid), look: records.methods[m].look,
		name: records.methods[m].label, width: records.methods[m].highlight ? 3.4 : 2, text: (x, y) => [`cost: ${show(x)}`, `reached: ${(100 * y).toFixed(1)} %`] }));

	panels.push(new Panel($('ecdf'), { xlabel: records.cost, ylabel: 'share reached', logy: false, lines, height: 360,
		xrange: [low, high * 3], yrange: [0, 1.02] }));
}

function draw_ert(problems, costs) {
	const rows = problems.filter(p => records.problems[p].known).slice(0, ROWS), methods = methods_in_view(), all = [];
	const lines = methods.map((m, i) => {
		const l = { x: [], y: [], low: [], high: [], at: [], look: records.methods[m].look, name: records.methods[m].label };

		rows.forEach((p, row) => {
			const e = costs(p, m);

			if (!e || !isFinite(e.value))
				return;
			l.x.push(e.value);
			l.y.push(row + 0.35 - 0.7 * (i + 0.5) / methods.length);
			l.low.push(e.low);
			l.high.push(e.high);
			l.at.push([p, e]);
			all.push(e.value, e.low, e.high);
		});
		l.text = (x, y, k) => [records.problems[l.at[k][0]].label, `expected cost ${show(x)} (${show(l.at[k][1].low)} to ${show(l.at[k][1].high)})`, `${l.at[k][1].hits} of ${l.at[k][1].runs} runs reached it`];
		l.pick = k => change({ problem: String(l.at[k][0]) });
		return l;
	});
	if (!all.length)
		return void $('ert').append(element('p', 'No run here reached this target.', { class: 'note' }));
	const [low, high] = range(all, true);

	panels.push(new Panel($('ert'), { xlabel: records.cost, ylabel: 'problem', logy: false, points: true, lines, labels: rows.map(p => records.problems[p].label),
		height: 70 + rows.length * Math.min(46, Math.max(20, 7 * methods.length)), xrange: [low / 1.5, high * 1.5], yrange: [-0.6, rows.length - 0.4] }));
}

// ------------------------------------------------------------------ table and runs

function table(caption, heads, rows) {
	const t = element('table'), head = element('tr'), body = element('tbody');

	t.append(element('caption', caption));
	heads.forEach(h => head.append(element('th', h, { scope: 'col' })));
	for (const row of rows) {
		const tr = element('tr');

		row.forEach(v => {
			const td = element('td', v instanceof Node ? null : typeof v === 'number' ? show(v) : v);

			if (v instanceof Node)
				td.append(v);
			else if (typeof v === 'number')
				Object.assign(td, { className: 'n' }).dataset.v = v;
			tr.append(td);
		});
		body.append(tr);
	}
	const thead = element('thead');

	thead.append(head);
	t.append(thead, body);
	sortable(t);
	return t;
}

// a click on a head sorts by its column: numbers by data-v (unknown last), words by text
function sortable(t) {
	t.querySelectorAll('th').forEach(th => {
		if (th.firstElementChild)
			return;
		const b = element('button', th.textContent, { type: 'button' });

		th.replaceChildren(b);
		b.onclick = () => {
			const k = th.cellIndex, up = th.getAttribute('aria-sort') !== 'ascending';
			const v = row => {
				const c = row.cells[k], x = c.dataset.v;

				return x === undefined ? c.textContent : /nan/i.test(x) ? NaN : /^-inf/i.test(x) ? -Infinity : /^inf/i.test(x) ? Infinity : +x;
			};
			const rows = Array.from(t.tBodies[0].rows).sort((p, q) => {
				const a = v(p), c = v(q);

				return a !== a || c !== c ? (a !== a) - (c !== c) : (a < c ? -1 : a > c ? 1 : 0) * (up ? 1 : -1);
			});

			t.tBodies[0].append(...rows);
			t.querySelectorAll('th').forEach(o => o.removeAttribute('aria-sort'));
			th.setAttribute('aria-sort', up ? 'ascending' : 'descending');
		};
	});
}

function link(text, act, label) {
	const b = element('button', text, { type: 'button', class: 'link', ...(label ? { 'aria-label': label } : {}) });

	b.onclick = act;
	return b;
}

function list_runs(m, problems) {
	const runs = problems.flatMap(p => records.of(p, m)).concat(skipped(m, problems)), run = records.runs, box = element('div', null, { class: 'wide', id: 'runs', tabindex: '0', role: 'region', 'aria-label': 'runs' });
	const target = 10 ** state.target;

	box.append(table(`${records.methods[m].label}: ${runs.length} runs${runs.length > RUNS_LISTED ? `, the first ${RUNS_LISTED}` : ''}`,
		['run', 'problem', 'instance', 'seed', 'status', 'final gap', 'cost to the target', 'steps', 'seconds'],
		runs.slice(0, RUNS_LISTED).map(r => [link(`run ${r}`, () => show_run(r, true)), records.problems[run.p[r]].label, run.instance[r], String(run.seed[r]), records.status(r),
			run.final[r] === null ? NaN : run.final[r], records.hit(r, target), run.steps[r] ?? NaN, run.wall[r] ?? NaN])));
	document.getElementById('runs')?.remove();
	$('table').after(box);
	box.focus();
}

function skipped(m, problems) {
	const out = [];

	for (let r = 0; r < records.count; r++)
		if (records.status(r) === 'skipped' && records.runs.m[r] === m && problems.includes(records.runs.p[r]) && !records.of(records.runs.p[r], m).includes(r))
			out.push(r);
	return out;
}

function draw_table(problems, costs) {
	const target = 10 ** state.target, known = problems.filter(p => records.problems[p].known);
	const rows = methods_in_view().map(m => {
		const runs = problems.flatMap(p => records.of(p, m)), gaps = runs.map(r => records.runs.final[r] ?? Infinity).sort((a, b) => a - b);
		const reached = known.map(p => costs(p, m)).filter(e => e && isFinite(e.value));
		const mean = reached.length ? Math.exp(reached.reduce((sum, e) => sum + Math.log(Math.max(e.value, 1e-300)), 0) / reached.length) : Infinity;

		return [link(records.methods[m].label, () => list_runs(m, problems), `runs of ${records.methods[m].label}`), runs.length, runs.filter(r => records.hit(r, target) < Infinity).length,
			reached.length, mean, gaps.length ? quantile(gaps, 0.5) : NaN, runs.filter(r => !['budget', 'converged', 'target'].includes(records.status(r))).length];
	});

	$('table').replaceChildren(table(`${problems.length} problems, relative gap at most ${show(target, 3)}`,
		['optimizer', 'runs', 'reached', 'problems reached', 'expected cost (geometric mean)', 'median final gap', 'ended otherwise'], rows));
	document.getElementById('runs')?.remove();
}

function facts(r) {
	const run = records.runs, p = records.problems[run.p[r]], m = records.methods[run.m[r]], n = v => v === null ? '' : show(v, 8);
	const calls = ['value', 'subgradient', 'prox', 'forward', 'back', 'dual_prox'].filter(k => run[k] && run[k][r]).map(k => `${n(run[k][r])} ${k}`).join(', ');

	return [['optimizer', `${m.title || m.name} (${m.name})${m.mark ? `, gets ${m.mark}` : ''}`], ['options', records.options(m)], ['settings', m.settings.map(([k, v]) => `${k}=${v}`).join(', ')],
		['problem', `${p.title || p.name} (${p.name})`], ['its options', records.options(p)], ['traits', traits_of(p).join(', ')], ['n', n(p.n)], ['f*', run.guessed[r] ? 'unknown or refuted' : n(run.optimum[r])],
		['instance', String(run.instance[r])], ['seed', String(run.seed[r])], ['status', records.status(r)], ['reason', run.reasonWords[run.reason[r]]], ['steps', n(run.steps[r])], ['calls', calls],
		['f at the start', n(run.start[r])], ['last f', n(run.f[r])], ['least f', n(run.best[r])], ['relative gap', n(run.final[r])], ['seconds', n(run.wall[r])],
		['budget', [['work', run.budget], ['steps', run.budgetSteps], ['epochs', run.budgetEpochs], ['seconds', run.budgetSeconds]].filter(([, v]) => v[r] !== null && isFinite(v[r])).map(([k, v]) => `${n(v[r])} ${k}`).join(', ')],
		['batch', n(run.batch[r])], ['noise', n(run.noise[r])], ['key', run.key ? run.key[r] : '']].filter(([, v]) => v !== '' && v !== undefined && v !== null);
}

function draw_run() {
	const r = state.run === '' ? -1 : +state.run;

	$('run').hidden = !(r >= 0 && r < records.count);
	if ($('run').hidden)
		return;
	const dl = element('dl');

	$('run-title').textContent = `Run ${r}: ${records.methods[records.runs.m[r]].label} on ${records.problems[records.runs.p[r]].label}`;
	facts(r).forEach(([k, v]) => dl.append(element('dt', k), element('dd', v)));
	$('run-facts').replaceChildren(dl, element('pre', records.command(r)), link('Close', () => change({ run: '' })));
}

function show_run(r, go) {
	change({ run: String(r) });
	if (go) {
		$('run-title').focus();
		$('run').scrollIntoView({ block: 'nearest' });
	}
}

// ------------------------------------------------------------------ all

function draw_costs() {
	const problems = problems_in_view(), known = new Map(), target = 10 ** state.target;
	const costs = (p, m) => {
		const k = p * records.methods.length + m, runs = records.of(p, m).filter(r => records.curve(0, r));

		if (runs.length && !known.has(k))
			known.set(k, expected(records, runs, target));
		return known.get(k);
	};

	draw_ecdf(problems);
	draw_ert(problems, costs);
	draw_table(problems, costs);
	document.documentElement.dataset.ready = String(Math.round(performance.now()));
}

function draw() {
	const problems = problems_in_view();

	panels.forEach(p => p.free());
	panels = [];
	for (const id of ['panels', 'ecdf', 'ert'])
		$(id).replaceChildren();
	$('tip').hidden = true;
	delete document.documentElement.dataset.ready;
	fill_controls();
	draw_legend();
	draw_run();
	draw_curves(problems);
	clearTimeout(later);
	later = setTimeout(draw_costs, 0);
}

function choices(id, list) { $(id).replaceChildren(...list.map(([value, text]) => element('option', text, { value }))); }

function count_by(list) {
	const count = new Map();

	list.forEach(k => count.set(k, (count.get(k) || 0) + 1));
	return [...count].sort((a, b) => a[0] < b[0] ? -1 : 1);
}

function fill_controls() {
	for (const k of ['problem', 'group', 'trait', 'method', 'x', 'y', 'lines', 'target'])
		if ($(k).value !== String(state[k]))
			$(k).value = state[k];
	$('target-text').textContent = `gap ≤ ${show(10 ** state.target, 3)}`;
}

function make_controls() {
	const r = records, number = list => list.map(([k, n]) => [k, `${k} (${n})`]);

	choices('problem', [['', `all (${r.problems.length})`], ...r.problems.map((p, i) => [String(i), p.label])]);
	choices('group', [['', 'all'], ...number(count_by(r.problems.map(group_of)))]);
	choices('trait', [['', 'any'], ...number(count_by(r.problems.flatMap(traits_of)))]);
	choices('x', Object.entries(axisNames));
	choices('y', r.columns.map(c => [c.name, c.name === 'gap' ? 'gap (best so far, relative)' : c.name]));
	for (const k of ['problem', 'group', 'trait', 'x', 'y', 'lines'])
		$(k).onchange = () => change({ [k]: $(k).value, page: 0 });
	$('method').oninput = () => change({ method: $('method').value });
	$('target').oninput = () => change({ target: +$('target').value });
	$('reset').onclick = () => { state = { ...initial, target: Math.log10(r.target) }; change({}); };
	$('before').onclick = () => change({ page: state.page - 1 });
	$('after').onclick = () => change({ page: state.page + 1 });
	$('controls').onsubmit = e => e.preventDefault();
}

function say_extent() {
	const r = records, few = [];

	if (r.gaps < r.most)
		few.push(`the gaps of ${r.gaps} of up to ${r.most} runs of each method on each problem`);
	if (r.others < r.most && (r.columns.length > 1 || r.gaps === r.most))
		few.push(`seconds and columns other than the gap of ${r.others} of up to ${r.most}`);
	$('extent').textContent = few.length ? `So that this file stays small it holds ${few.join(', and ')}; tables and summary.csv are of all runs.` : '';
	$('extent').hidden = !few.length;
}

function follow() {
	$('progress').hidden = !records.progress;
	$('progress').textContent = records.progress;
	if (records.live)
		setTimeout(() => location.reload(), 5000);
}

function resize() {
	let width = innerWidth, timer = 0;

	addEventListener('resize', () => {
		clearTimeout(timer);
		timer = setTimeout(() => { if (innerWidth !== width) { width = innerWidth; draw(); } }, 150);
	});
	dark.addEventListener('change', draw);
	addEventListener('hashchange', () => { read_fragment(); draw(); });
}

async function start() {
	document.documentElement.classList.add('js');
	document.querySelectorAll('main > section table').forEach(sortable);
	document.querySelectorAll('.wide').forEach(w => { w.tabIndex = 0; w.setAttribute('role', 'region'); w.setAttribute('aria-label', w.getAttribute('aria-label') || 'table'); });
	records = new Records(await unpack($('data').textContent));
	records.order = records.methods.map((_, i) => i).sort((a, b) => records.methods[a].place - records.methods[b].place);
	follow();
	if (!records.count)
		return;
	$('explore').hidden = false;
	make_controls();
	say_extent();
	read_fragment();
	resize();
	draw();
}

start();
