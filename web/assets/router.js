/* Addresses to pages. Links stay real links: they open in new tabs, and go into letters. */
import { fill, h } from './dom.js';
import { t } from './i18n.js';
import { setKeys } from './keys.js';

const routes = []; // [{pattern, load, name, rank}]
let open = null; // {name, page} that is shown
let main = null;
let guard = () => null;
let afterwards = () => {};

export function start({ into, pages, allow, shown }) {
	main = into;
	routes.push(...pages);
	guard = allow;
	afterwards = shown;
	addEventListener('popstate', () => show());
	document.addEventListener('click', onClick);
}

export const go = (address, { replace = false, state = null } = {}) => {
	history[replace ? 'replaceState' : 'pushState'](state, '', address);
	return show({ moved: true });
};

function onClick(event) {
	const link = event.target.closest?.('a[href]');
	if (!link || event.defaultPrevented || event.button !== 0) return;
	if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
	if (link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
	if (/^\/(api|assets)\//.test(link.pathname) || link.getAttribute('href').startsWith('#')) return;
	event.preventDefault();
	go(link.pathname + link.search);
}

const match = () => {
	for (const route of routes) {
		const found = route.pattern.exec(location.pathname);
		if (found) return { route, found };
	}
	return null;
};

export function setTitle(title) {
	document.title = title ? `${title} · luutru` : 'luutru';
}

/** Shows the page of the address. moved: someone went there; else they came back, or the page was opened. */
export async function show({ moved = false, afresh = false } = {}) {
	const { route, found } = match() ?? { route: { name: 'missing', load: () => missing }, found: [] };
	const refused = guard(route);
	const name = refused ? refused.name : route.name;
	if (!afresh && open?.name === name && open.page.update?.({ found, moved })) return null;
	open?.page.close?.();
	setKeys([]);
	const page = (refused ?? route).load()({ found, moved });
	open = { name, page };
	setTitle(page.title);
	fill(main, page.element);
	if (moved) focusMain(page);
	afterwards(name);
}

function focusMain(page) {
	scrollTo(0, 0);
	const target = page.focus ?? main.querySelector('h1');
	if (target && !target.matches('input')) target.tabIndex = -1;
	target?.focus({ preventScroll: true });
}

/** A page that says one thing and leads back to the search. */
export const notice = (title, text) => () => ({
	title: t(title),
	element: h('section.narrow', h('h1', t(title)), h('p', t(text)), h('p', h('a', { href: '/search' }, t('nav.search')))),
});

const missing = notice('missing.title', 'missing.text');
