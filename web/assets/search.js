/* The search page: one box; its whole state stands in the address bar. */
import { FILTERS, readSearch, searchQuery, writeSearch } from './address.js';
import { get, url } from './api.js';
import { errorBox, fill, h, icon } from './dom.js';
import { chips, drawFilters } from './filters.js';
import { t } from './i18n.js';
import { setKeys } from './keys.js';
import { recallHere, rememberHere } from './memory.js';
import { countText, drawRows, emptyText, pager, remarks } from './results.js';
import { go, setTitle } from './router.js';
import { saveDialog } from './saved.js';

const TYPING_PAUSE = 120; // ms
const LOADING_AFTER = 200; // ms before waiting is shown
const KEPT_ANSWERS = 20;

const answers = new Map(); // address → answer, so that going back shows the list at once

function keep(address, answer) {
	answers.delete(address);
	answers.set(address, answer);
	if (answers.size > KEPT_ANSWERS) answers.delete(answers.keys().next().value);
}

/* After corrections and intake what was kept is no longer so. */
export const forgetAnswers = () => answers.clear();

export function searchPage() {
	let state = readSearch(location.search);
	let settled = true; // the next key begins a new step of the history
	let typing = 0;
	let asked = null; // the request under way

	const box = h('input', { id: 'q', name: 'q', type: 'search', value: state.q, placeholder: t('search.placeholder'),
		'aria-label': t('search.placeholder'), autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', enterkeyhint: 'search' });
	const order = h('select', { id: 'order', onchange: () => choose({ sort: order.value }) });
	const filters = h('div.filters', { id: 'filters' });
	const narrowing = h('div.chips');
	const count = h('p.count-line', { role: 'status' });
	const said = h('div.remarks');
	const list = h('ol.hits');
	const foot = h('div');
	const actions = h('div.actions');
	const fold = h('button.fold', { 'aria-expanded': 'false', 'aria-controls': 'filters',
		onclick: () => fold.setAttribute('aria-expanded', String(filters.classList.toggle('open'))) }, t('filter.title'));

	const addressWith = (changes) => writeSearch({ ...state, offset: 0, newest: 0, ...changes });
	const choose = (changes) => {
		settled = true;
		go(addressWith(changes));
	};
	const noFilters = () => choose(Object.fromEntries(FILTERS.map((name) => [name, ''])));
	const isFiltered = () => FILTERS.some((name) => state[name]);

	function drawControls() {
		const byDefault = state.q.trim() ? 'relevance' : 'date';
		fill(order, ['relevance', 'date', 'oldest'].map((value) => h('option', { value }, t('sort.' + value))));
		order.value = state.sort || byDefault;
		fill(narrowing, chips(state, choose));
		const { limit, offset, newest, ...query } = searchQuery(state);
		const exported = (format) => h('a.plain', { href: url('export', { ...query, format }), download: '' },
			icon('download'), format.toUpperCase());
		fill(actions, exported('csv'), exported('xlsx'), h('button.plain', { onclick: () => saveDialog(state) }, icon('star'), t('saved.keep')));
	}

	function drawAnswer(answer) {
		count.textContent = countText(answer, state);
		fill(said, remarks(answer, state, addressWith));
		fill(list, drawRows(answer, state));
		fill(foot, answer.results.length ? pager(answer, state, addressWith) : emptyText(state, isFiltered(), noFilters));
		drawFilters(filters, answer.facets, state, choose);
		rememberHere('results', { address: writeSearch(state), items: answer.results.map(({ id, page }) => ({ id, page })), q: state.q });
	}

	function drawError(error) {
		[count, list, foot].forEach((part) => fill(part));
		fill(said, errorBox(error, h('button', { onclick: ask }, t('retry'))));
	}

	async function ask() {
		const address = writeSearch(state);
		asked?.abort();
		asked = new AbortController();
		const mine = asked;
		const slow = setTimeout(() => list.setAttribute('aria-busy', 'true'), LOADING_AFTER);
		try {
			const answer = await get('search', searchQuery(state), mine.signal);
			if (mine !== asked) return;
			keep(address, answer);
			drawAnswer(answer);
		} catch (error) {
			if (error.name !== 'AbortError' && mine === asked) drawError(error);
		} finally {
			clearTimeout(slow);
			if (mine === asked) list.removeAttribute('aria-busy');
		}
	}

	function showAddress() {
		state = readSearch(location.search);
		if (document.activeElement !== box || box.value.trim() !== state.q) box.value = state.q;
		setTitle(title());
		drawControls();
		const kept = answers.get(writeSearch(state));
		if (kept) drawAnswer(kept);
		return ask();
	}

	const title = () => state.q || t('nav.search');

	function onType() {
		clearTimeout(typing);
		typing = setTimeout(() => {
			if (box.value.trim() === state.q) return;
			const address = addressWith({ q: box.value.trim() });
			history[settled ? 'pushState' : 'replaceState'](null, '', address);
			settled = false;
			showAddress();
		}, TYPING_PAUSE);
	}

	const settle = () => {
		settled = true;
	};

	/* Where one was in the list, to be found again on coming back. */
	function onOpen(event) {
		const link = event.target.closest('a.hit-link');
		if (link) rememberHere('back', { address: writeSearch(state), scroll: scrollY, active: links().indexOf(link) });
	}

	function comeBack({ scroll, active }) {
		links()[active]?.focus({ preventScroll: true });
		scrollTo(0, scroll);
	}

	const links = () => [...list.querySelectorAll('a.hit-link')];

	function step(by) {
		const all = links();
		const at = all.indexOf(document.activeElement);
		if (at < 0 && by < 0) return false;
		if (at + by < 0) {
			box.focus();
			return true;
		}
		const next = all[Math.min(at + by, all.length - 1)];
		next?.focus({ preventScroll: true });
		next?.closest('li').scrollIntoView({ block: 'nearest' });
		return Boolean(next);
	}

	const arrow = (by) => (event) => (event.target.matches('select, #filters input') ? false : step(by));

	function onEscape() {
		if (document.activeElement === box) {
			if (!box.value) return false;
			box.value = '';
			onType();
			return true;
		}
		box.focus();
		box.select();
		return true;
	}

	const submit = (event) => {
		event.preventDefault();
		onType();
		settle();
		if (links().length && box.value.trim() === state.q) step(1);
	};

	box.addEventListener('input', onType);
	box.addEventListener('blur', settle);
	list.addEventListener('click', onOpen);
	setKeys([
		{ keys: ['ArrowDown'], typing: true, run: arrow(1) },
		{ keys: ['ArrowUp'], typing: true, run: arrow(-1) },
		{ keys: ['j'], label: 'document.after', shown: [h('kbd', '↓'), ' ', h('kbd', 'j')], run: () => step(1) },
		{ keys: ['k'], label: 'document.before', shown: [h('kbd', '↑'), ' ', h('kbd', 'k')], run: () => step(-1) },
		{ keys: ['Enter'], label: 'keys.open', run: () => false },
		{ keys: ['Escape'], label: 'keys.escape', typing: true, run: onEscape },
	]);

	const back = recallHere('back');
	const shown = showAddress();
	if (back?.address === writeSearch(state)) {
		if (answers.has(back.address)) requestAnimationFrame(() => comeBack(back));
		else shown.then(() => comeBack(back));
	} else if (matchMedia('(pointer: fine)').matches) {
		requestAnimationFrame(() => box.focus());
	}

	return {
		title: title(),
		update: ({ moved }) => {
			if (moved && state.offset !== readSearch(location.search).offset) scrollTo(0, 0);
			showAddress();
			return true;
		},
		close: () => {
			clearTimeout(typing);
			asked?.abort();
		},
		focus: box,
		element: h('div.search-page',       h('h1.unseen', t('nav.search')),
			h('form', { role: 'search', class: 'search-form', onsubmit: submit },
				h('span.box', icon('search'), box)),
			h('aside.side', { 'aria-label': t('filter.title') }, fold, filters),
			h('section.found', { 'aria-label': t('results.label') },
				h('div.found-head', count, h('label.order', t('sort.label'), ' ', order), actions),
				narrowing, said, list, foot)),
	};
}
