/* Begins: who is here, in which language, and the frame around every page. */
import { append, errorBox, fill, h, iconButton } from './dom.js';
import { chosenLanguage, language, setLanguage, t } from './i18n.js';
import { listen, setKeysEverywhere, showHelp } from './keys.js';
import { remember } from './memory.js';
import { go, show, start } from './router.js';
import { isLoggedOut, loadSession, logOut, may, session } from './session.js';
import { accessPage } from './access.js';
import { documentPage } from './document.js';
import { intakePage } from './intake.js';
import { loginPage, refusedPage } from './login.js';
import { reviewPage } from './review.js';
import { savedPage } from './saved.js';
import { searchPage } from './search.js';

const PAGES = [
	{ name: 'search', pattern: /^\/(?:search)?$/, load: () => searchPage },
	{ name: 'document', pattern: /^\/documents\/(\d+)$/, load: () => documentPage },
	{ name: 'review', pattern: /^\/review$/, load: () => reviewPage, rank: 'archivist' },
	{ name: 'intake', pattern: /^\/intake$/, load: () => intakePage, rank: 'archivist' },
	{ name: 'saved', pattern: /^\/saved$/, load: () => savedPage },
	{ name: 'access', pattern: /^\/access$/, load: () => accessPage, rank: 'administrator' },
	{ name: 'login', pattern: /^\/login$/, load: () => loginPage },
];

const NAVIGATION = [
	{ name: 'search', href: '/search' },
	{ name: 'review', href: '/review', rank: 'archivist' },
	{ name: 'intake', href: '/intake', rank: 'archivist' },
	{ name: 'saved', href: '/saved' },
	{ name: 'access', href: '/access', rank: 'administrator', users: true },
];

const header = h('header.bar');
const main = h('main', { id: 'main' });
const skip = h('a.skip', { href: '#main' });

let shown = null;

skip.addEventListener('click', (event) => {
	event.preventDefault();
	const heading = main.querySelector('h1') ?? main;
	heading.tabIndex = -1;
	heading.focus();
});

function switchLanguage() {
	setLanguage(language() === 'vi' ? 'en' : 'vi', { keep: true });
	drawFrame();
	show({ afresh: true });
}

function switchTheme() {
	remember('theme', document.documentElement.dataset.theme === 'dark' ? 'light' : 'dark');
	dispatchEvent(new Event('luutru:theme'));
	drawFrame();
}

async function leave() {
	await logOut();
	drawFrame();
	go('/login');
}

function navigation() {
	const allowed = NAVIGATION.filter((item) => !isLoggedOut() && (!item.rank || may(item.rank))
		&& (!item.users || session().users));
	return h('nav', { 'aria-label': t('nav.label') }, allowed.map((item) =>
		h('a', { href: item.href, 'aria-current': item.name === shown ? 'page' : null }, t('nav.' + item.name))));
}

function tools() {
	const dark = document.documentElement.dataset.theme === 'dark';
	const other = language() === 'vi' ? 'English' : 'Tiếng Việt';
	return h('div.tools',
		h('button.plain', { name: 'language', onclick: switchLanguage, lang: language() === 'vi' ? 'en' : 'vi' }, other),
		iconButton(dark ? 'sun' : 'moon', t(dark ? 'theme.light' : 'theme.dark'), switchTheme, { name: 'theme' }),
		h('button.icon-button', { 'aria-label': t('keys.title'), title: t('keys.title'),
			onclick: showHelp }, '?'),
		session()?.user && h('span.who', session().user, ' ', h('small', t('role.' + session().role))),
		session()?.user && h('button.plain', { onclick: leave }, t('logout')));
}

function drawFrame() {
	skip.textContent = t('skip');
	fill(header, h('a.brand', { href: '/search' }, h('img', { src: '/assets/icon.svg', alt: '', width: 26, height: 26 }),
		'luutru'), navigation(), tools());
}

/** Which page stands in place of one that is not for this person: the log-in, or a refusal. */
function allow(route) {
	if (isLoggedOut() && route.name !== 'login') return { name: 'login', load: () => loginPage };
	if (route.rank && !may(route.rank)) return { name: 'refused', load: () => refusedPage };
	return null;
}

function focusSearch() {
	const box = document.querySelector('#q');
	if (!box) return go('/search');
	box.focus();
	box.select();
	return true;
}

async function begin() {
	setLanguage(chosenLanguage(null));
	document.querySelector('noscript')?.remove();
	append(document.body, [skip, header, main]);
	try {
		const who = await loadSession();
		setLanguage(chosenLanguage(who.language));
	} catch (error) {
		drawFrame();
		fill(main, errorBox(error, h('button', { onclick: () => location.reload() }, t('retry'))));
		return;
	}
	setKeysEverywhere([
		{ keys: ['/'], label: 'keys.search', run: focusSearch },
		{ keys: ['?'], label: 'keys.title', run: showHelp },
	]);
	listen();
	addEventListener('luutru:session', drawFrame);
	start({ into: main, pages: PAGES, allow, shown: (name) => {
		shown = name;
		document.body.dataset.page = name;
		drawFrame();
	} });
	show();
}

begin();
