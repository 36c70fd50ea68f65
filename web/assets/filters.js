/* The column beside the results: what to narrow by, with counts. */
import { fill, h } from './dom.js';
import { number } from './format.js';
import { t, word } from './i18n.js';
import { FILTERS } from './address.js';

const SHOWN_AT_FIRST = 5;

const unfolded = new Set();

const valueText = (group, value) => (group === 'status' ? word('status', value) : value);

function choice(group, { value, count }, state, choose) {
	const chosen = state[group] === value;
	return h('li', h('button.choice', { name: `${group}:${value}`, 'aria-pressed': String(chosen),
		onclick: () => choose({ [group]: chosen ? '' : value }) },
	h('span', valueText(group, value)),
	count !== undefined && h('span.count', number(count))));
}

function group(name, values, state, choose, redraw) {
	const all = state[name] && !values.some((item) => item.value === state[name])
		? [{ value: state[name] }, ...values] : values;
	if (!all.length) return null;
	const many = all.length > SHOWN_AT_FIRST + 1 && !unfolded.has(name);
	const title = `filter-${name}`;
	return h('section.filter', { 'aria-labelledby': title },
		h('h2', { id: title }, t('filter.' + name)),
		h('ul', (many ? all.slice(0, SHOWN_AT_FIRST) : all).map((item) => choice(name, item, state, choose))),
		many && h('button.plain.more', { onclick: () => { unfolded.add(name); redraw(); } },
			t('filter.more', { n: all.length - SHOWN_AT_FIRST })));
}

const isDate = (text) => /^(\d{4}(-\d{1,2}){0,2}|(\d{1,2}[/.-]){0,2}\d{4})$/.test(text);

function dateField(name, state, choose) {
	const said = h('span.error-text', { id: `${name}-error`, role: 'alert' });
	const change = (event) => {
		const typed = event.target.value.trim();
		const bad = typed !== '' && !isDate(typed);
		said.textContent = bad ? t('filter.date.bad') : '';
		event.target.setAttribute('aria-invalid', String(bad));
		if (!bad && typed !== state[name]) choose({ [name]: typed });
	};
	return h('p.date-field', h('label', { for: `filter-${name}` }, t('filter.' + name)),
		h('input', { id: `filter-${name}`, value: state[name], placeholder: t('filter.date.hint'), onchange: change,
			'aria-describedby': `${name}-error`, autocomplete: 'off' }), said);
}

export function drawFilters(element, facets, state, choose) {
	const redraw = () => drawFilters(element, facets, state, choose);
	const byYear = [...facets.year].sort((a, b) => b.value.localeCompare(a.value));
	fill(element,
		group('issuer', facets.issuer, state, choose, redraw),
		group('type', facets.type, state, choose, redraw),
		group('year', byYear, state, choose, redraw),
		h('section.filter', { 'aria-labelledby': 'filter-dates' }, h('h2', { id: 'filter-dates' }, t('filter.dates')),
			dateField('from', state, choose), dateField('to', state, choose)),
		group('status', facets.status, state, choose, redraw));
}

export function chips(state, choose) {
	const set = FILTERS.filter((name) => state[name]);
	if (!set.length) return [];
	const drop = (name) => h('button.chip', { onclick: () => choose({ [name]: '' }),
		'aria-label': t('filter.drop', { what: `${t('filter.' + name)}: ${valueText(name, state[name])}` }) },
	`${t('filter.' + name)}: ${valueText(name, state[name])}`, h('span', { 'aria-hidden': 'true' }, ' ×'));
	const none = Object.fromEntries(FILTERS.map((name) => [name, '']));
	return [set.map(drop), set.length > 1 && h('button.plain', { onclick: () => choose(none) },
		t('filter.drop.all'))];
}
