/* Who looked at what and changed what, for administrators. */
import { get } from './api.js';
import { fill, h } from './dom.js';
import { time } from './format.js';
import { t, word } from './i18n.js';
import { pageLinks } from './results.js';
import { go, setTitle } from './router.js';

const ROWS = 50;
const ACTIONS = ['look', 'original', 'export', 'correct', 'undo', 'upload', 'retry', 'login', 'login-failed', 'logout'];

/* The first moment of a day here, or of the one after it. */
const moment = (day, later = 0) => day && new Date(Date.parse(`${day}T00:00`) + later * 864e5).toISOString();

function row(entry) {
	return h('tr', h('td', time(entry.at)), h('td', entry.user ?? '–'),
		h('td', word('action', entry.action)),
		h('td', entry.document ? h('a', { href: `/documents/${entry.document}` }, `#${entry.document}`) : '–'),
		h('td', entry.detail ?? ''), h('td.quiet', entry.address ?? ''));
}

export function accessPage() {
	const body = h('tbody');
	const said = h('p', { role: 'status', class: 'quiet' });
	const foot = h('div');
	const asked = {
		document: h('input', { inputmode: 'numeric', pattern: '\\d*', size: 8 }),
		user: h('input', { size: 12 }),
		action: h('select', h('option', { value: '' }), ACTIONS.map((value) => h('option', { value }, word('action', value)))),
		from: h('input', { type: 'date' }),
		to: h('input', { type: 'date' }),
	};
	const asking = Object.entries(asked);
	asking.forEach(([name, input]) => { input.id = `access-${name}`; });

	const address = (state) => {
		const pairs = Object.entries(state).filter(([, value]) => value);
		return '/access' + (pairs.length ? '?' + new URLSearchParams(pairs) : '');
	};

	async function load() {
		const state = Object.fromEntries(new URLSearchParams(location.search));
		asking.forEach(([name, input]) => { input.value = state[name] ?? ''; });
		said.textContent = t('loading');
		try {
			const answer = await get('access', { ...state, from: moment(state.from), to: moment(state.to, 1), limit: ROWS });
			said.textContent = answer.results.length ? '' : t('access.none');
			fill(body, answer.results.map(row));
			const offset = Number(state.offset ?? 0);
			fill(foot, pageLinks(offset, ROWS, offset + ROWS < answer.total, (to) => address({ ...state, offset: to })));
		} catch (error) {
			said.textContent = error.message;
		}
	}

	const submit = (event) => {
		event.preventDefault();
		go(address(Object.fromEntries(asking.map(([name, input]) => [name, input.value.trim()]))));
	};

	const heads = ['at', 'user', 'action', 'document', 'detail', 'address'];
	load();
	return {
		title: t('nav.access'),
		update: () => {
			setTitle(t('nav.access'));
			load();
			return true;
		},
		element: h('section.wide', h('h1', t('nav.access')),
			h('form.row', { onsubmit: submit },
				asking.map(([name, input]) => h('label', t((name in { from: 1, to: 1 } ? 'filter.' : 'access.') + name), ' ', input)),
				h('button', { type: 'submit' }, t('filter.title'))),
			said,
			h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('nav.access') },
				h('table.list', h('thead', h('tr', heads.map((name) => h('th', { scope: 'col' }, t('access.' + name))))), body)),
			foot),
	};
}
