/* Saved searches. They are kept as one text with filters in it, which the command line reads too. */
import { call, get } from './api.js';
import { dialog, fill, h, iconButton, toast } from './dom.js';
import { t } from './i18n.js';

const WORDS = { issuer: 'coquan', type: 'loai', year: 'ngay', from: 'tu', to: 'den', status: 'trangthai' };
const STATUS_WORDS = { review: 'canxem', done: 'xong', urgent: 'khan', secret: 'mat' };

/** The state of a search as one text: quyết định coquan:"Sở Y tế" ngay:2023. */
export function queryText(state) {
	const filters = Object.entries(WORDS).filter(([name]) => state[name]).map(([name, filter]) => {
		const value = name === 'status' ? STATUS_WORDS[state.status] : state[name].replaceAll('"', ' ');
		return `${filter}:${/\s/.test(value) ? `"${value}"` : value}`;
	});
	return [state.q, ...filters].filter(Boolean).join(' ');
}

export const savedAddress = (query) => '/search?' + new URLSearchParams({ q: query });

export function saveDialog(state) {
	const query = queryText(state);
	const name = h('input', { id: 'saved-name', required: true, maxlength: 100, value: state.q.slice(0, 60), autocomplete: 'off' });
	const said = h('p.error-text', { role: 'alert' });
	const keep = async (event) => {
		event.preventDefault();
		try {
			await call('PUT', ['saved', name.value.trim()], { body: { query } });
			box.close();
			toast(t('saved.kept', { name: name.value.trim() }));
		} catch (error) {
			said.textContent = error.message;
		}
	};
	const box = dialog(t('saved.keep'), h('form', { onsubmit: keep },
		h('p.quiet', query),
		h('p', h('label', { for: 'saved-name' }, t('saved.name')), name), said,
		h('p.row.end', h('button', { onclick: () => box.close() }, t('cancel')),
			h('button.primary', { type: 'submit' }, t('save')))));
	name.focus();
	name.select();
}

export function savedPage() {
	const list = h('ul.saved');
	const said = h('p', { role: 'status', class: 'quiet' }, t('loading'));

	async function drop(name) {
		try {
			await call('DELETE', ['saved', name]);
		} catch (error) {
			toast(error.message);
		}
		return load();
	}

	async function load() {
		try {
			const { results } = await get('saved');
			said.textContent = results.length ? '' : t('saved.none');
			fill(list, results.map(({ name, query }) => h('li',
				h('a', { href: savedAddress(query) }, name),
				h('span.quiet', query),
				iconButton('close', t('saved.drop', { name }), () => drop(name)))));
		} catch (error) {
			said.textContent = error.message;
		}
	}

	load();
	return { title: t('saved.title'), element: h('section.narrow', h('h1', t('saved.title')), said, list) };
}
