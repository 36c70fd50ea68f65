/* One document: its pages, and beside them fields, text, links and history. */
import { documentAddress } from './address.js';
import { get, url } from './api.js';
import { corrections, correctionText, undo } from './correct.js';
import { badges, documentName, documentTitle, fieldName, marked, supersededBy } from './describe.js';
import { announce, errorBox, fill, h, icon, iconButton, toast } from './dom.js';
import { fieldsPanel } from './fields.js';
import { day, number, time } from './format.js';
import { t } from './i18n.js';
import { setKeys } from './keys.js';
import { recallHere } from './memory.js';
import { printPages } from './print.js';
import { referencesPanel } from './references.js';
import { go, setTitle } from './router.js';
import { may } from './session.js';
import { tabs } from './tabs.js';
import { makeViewer } from './viewer.js';

const readAddress = () => {
	const given = new URLSearchParams(location.search);
	return { page: Math.max(1, Math.trunc(given.get('page')) || 1), q: given.get('q') ?? '' };
};

/** Where this document stands in the list that it was opened from: {address, before, after, at, of}. */
function neighbours(id) {
	const list = recallHere('results');
	const at = list?.items?.findIndex((item) => item.id === id) ?? -1;
	if (at < 0) return null;
	const link = (item) => item && documentAddress(item.id, { page: item.page, q: list.q });
	return { address: list.address, before: link(list.items[at - 1]), after: link(list.items[at + 1]), at: at + 1, of: list.items.length };
}

function wayBack(id) {
	const around = neighbours(id);
	const step = (name, address, label) => (address ? h('a.icon-button', { href: address, 'aria-label': label, title: label }, icon(name))
		: h('span.icon-button.off', icon(name)));
	if (!around) return h('a.back', { href: '/search' }, icon('left'), t('nav.search'));
	return [h('a.back', { href: around.address }, icon('left'), t('results.label')),
		h('span.of', `${number(around.at)}/${number(around.of)}`),
		step('up', around.before, t('document.before')), step('down', around.after, t('document.after'))];
}

function historyPanel(doc, { changed }) {
	const takeBack = async () => {
		try {
			changed(await undo(doc));
			announce(t('undo.done'));
		} catch (error) {
			toast(error.status === 409 ? t('conflict.title') : error.message);
		}
	};
	if (!doc.corrections.length) return h('p.quiet', t('history.none'));
	return h('div',
		h('ol.history', corrections(doc).reverse().map((one) => h('li',
			h('span.quiet.line', `${time(one.at)} · ${one.by}`),
			h('strong', fieldName(one.field)), ' ', h('span.value', correctionText(one.field, one))))),
		changed && h('p', h('button', { onclick: takeBack }, icon('undo'), t('undo.last'))));
}

function textPanel(id, current) {
	const element = h('div.text');
	let pages = null;

	const copy = (text) => navigator.clipboard.writeText(text).then(() => toast(t('text.copied')), () => toast(t('text.failed')));

	async function draw() {
		try {
			pages ??= (await get(['documents', id], { text: 1 })).pages;
		} catch (error) {
			fill(element, h('p.error-text', error.message));
			return;
		}
		const { page, hits } = current();
		const shown = pages.find((one) => one.number === page);
		const marks = hits.filter((hit) => hit.page === page).map((hit) => [hit.start, hit.length]);
		fill(element,
			h('p.row', h('span.quiet', t('page.of', { page, pages: pages.length }), shown?.source ? ` · ${t('source.' + shown.source)}` : ''),
				h('button.plain', { onclick: () => copy(shown?.text ?? '') }, t('text.copy')),
				pages.length > 1 && h('button.plain', { onclick: () => copy(pages.map((one) => one.text).join('\n\n')) },
					t('text.copy.all'))),
			shown?.text ? h('pre.page-text', { tabindex: 0, role: 'region', 'aria-label': t('tab.text'), lang: 'vi' }, marked(shown.text, marks))
				: h('p.quiet', t('text.none')));
	}
	return { element, draw };
}

export function documentPage({ found }) {
	const id = Number(found[1]);
	let state = readAddress();
	let viewer = null;
	let hits = [];
	let text = null;
	let panel = null;

	const head = h('header.document-head', h('h1', t('loading')));
	const body = h('div.document-body');
	const element = h('article.document-page', head, body);

	function drawHead(doc) {
		const print = () => printPages(doc, (problem) => toast(problem));
		const superseded = supersededBy(doc);
		fill(head,
			h('div.head-line', h('span.way', wayBack(id)),
				h('h1', documentTitle(doc)), h('span.head-date', day(doc.issued_date) || t('document.undated')),
				badges(doc),
				h('span.head-tools',           h('a.button', { href: url(['documents', id, 'original']), download: '' }, icon('download'), t('document.original')),
					iconButton('print', t('document.print'), print))),
			h('p.head-subject', doc.subject ?? ''),
			superseded.length > 0 && h('p.hit-superseded', superseded));
	}

	const point = (spot, pinned) => {
		viewer.point(spot);
		if (pinned && matchMedia('(max-width: 60rem)').matches) viewer.element.scrollIntoView({ block: 'start' });
	};

	function changed(doc) {
		drawHead(doc);
		drawPanel(doc, panel.chosen());
		announce(t('nav.saved'));
	}

	function drawPanel(doc, chosen) {
		const allowed = may('archivist') ? changed : null;
		text = textPanel(id, () => ({ page: viewer.page(), hits }));
		panel = tabs([
			{ name: 'fields', content: () => fieldsPanel(doc, { point, changed: allowed }) },
			{ name: 'text', content: () => { text.draw(); return text.element; } },
			{ name: 'refs', content: () => referencesPanel(id) },
			{ name: 'history', content: () => historyPanel(doc, { changed: allowed }), count: corrections(doc).length },
		], chosen);
		body.querySelector('.panel')?.remove();
		body.append(h('div.panel', panel.element));
	}

	async function loadHits() {
		hits = state.q ? (await get(['documents', id, 'hits'], { q: state.q }).catch(() => ({ hits: [] }))).hits : [];
		viewer.setHits(hits);
		if (panel.chosen() === 'text') text.draw();
	}

	const onPage = (page) => {
		state = { ...state, page };
		history.replaceState(history.state, '', documentAddress(id, state));
		announce(t('page.short', { page }));
		if (panel?.chosen() === 'text') text.draw();
	};

	const pressLink = (which) => () => {
		const to = which === 'back' ? neighbours(id)?.address ?? '/search' : neighbours(id)?.[which];
		if (!to) return false;
		go(to);
		return true;
	};

	async function load() {
		let doc;
		try {
			doc = await get(['documents', id]);
		} catch (error) {
			setTitle(t('document.failed'));
			fill(head, h('h1', t(error.status === 404 ? 'document.missing' : 'document.failed')));
			fill(body, errorBox(error, h('a', { href: '/search' }, t('nav.search'))));
			return;
		}
		setTitle([documentName(doc), doc.subject].filter(Boolean).join(' – '));
		viewer = makeViewer({ id, pages: Math.max(doc.page_count, 1), revision: doc.sha256.slice(0, 8), onPage });
		fill(body, viewer.element);
		drawHead(doc);
		drawPanel(doc, 'fields');
		viewer.show(state.page, { quiet: true });
		setKeys([...viewer.keys,
			{ keys: [']'], label: 'document.after', run: pressLink('after') },
			{ keys: ['['], label: 'document.before', run: pressLink('before') },
			{ keys: ['Escape'], label: 'results.label', run: pressLink('back') }]);
		const heading = head.querySelector('h1');
		heading.tabIndex = -1;
		heading.focus({ preventScroll: true });
		loadHits();
	}

	load();
	return {
		title: t('loading'),
		element,
		update: ({ found: next }) => {
			if (Number(next[1]) !== id) return false;
			const before = state;
			state = readAddress();
			viewer?.show(state.page, { quiet: true });
			if (before.q !== state.q && viewer) loadHits();
			return true;
		},
		close: () => viewer?.close(),
	};
}
