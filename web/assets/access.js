/* Who looked at what and changed what, for administrators. */
import { get } from './api.js';
import { fill, h } from './dom.js';
import { time } from './format.js';
import { t, word } from './i18n.js';
import { go, setTitle } from './router.js';

const ROWS = 50;

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
	const document_ = h('input', { id: 'access-document', inputmode: 'numeric', size: 8 });

	const address = (state) => {
		const pairs = Object.entries(state).filter(([, value]) => value);
		return '/access' + (pairs.length ? '?' + new URLSearchParams(pairs) : '');
	};

	function pager(state, shown, total) {
		const offset = Number(state.offset ?? 0);
		const link = (label, to, on) => (on ? h('a.button', { href: address({ ...state, offset: to }) }, label) : null);
		return h('nav.pager', { 'aria-label': t('pager') }, link(t('pager.previous'), Math.max(0, offset - ROWS), offset > 0),
			link(t('pager.next'), offset + ROWS, offset + shown < total));
	}

	async function load() {
		const state = Object.fromEntries(new URLSearchParams(location.search));
		document_.value = state.document ?? '';
		said.textContent = t('loading');
		try {
			const answer = await get('access', { document: state.document, offset: state.offset, limit: ROWS });
			said.textContent = answer.results.length ? '' : t('access.none');
			fill(body, answer.results.map(row));
			fill(foot, pager(state, answer.results.length, answer.total ?? answer.results.length));
		} catch (error) {
			said.textContent = error.message;
		}
	}

	const submit = (event) => {
		event.preventDefault();
		go(address({ document: document_.value.replace(/\D/g, '') }));
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
				h('label', t('access.document'), ' #', document_),
				h('button', { type: 'submit' }, t('filter.title'))),
			said,
			h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': t('nav.access') },
				h('table.list', h('thead', h('tr', heads.map((name) => h('th', { scope: 'col' }, t('access.' + name))))), body)),
			foot),
	};
}
