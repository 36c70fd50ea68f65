/* The list of documents found, and what is said above it. */
import { documentAddress, PAGE_SIZE } from './address.js';
import { badges, documentName, marked, supersededBy } from './describe.js';
import { h, icon } from './dom.js';
import { day, number } from './format.js';
import { t, word } from './i18n.js';

function place(result) {
	const parts = [];
	if (result.why) parts.push(word('why', result.why));
	if (result.page && result.snippet) parts.push(t('page.of', { page: result.page, pages: result.page_count }));
	const hits = result.hits?.length ?? 0;
	if (hits > 1) parts.push(t('hits', { n: hits >= 200 ? '200+' : number(hits) }));
	return parts.join(' · ');
}

function row(result, state) {
	const address = documentAddress(result.id, { page: result.page, q: state.q });
	const superseded = supersededBy(result);
	return h('li.hit', h('div.hit-head', h('h2', h('a.hit-link', { href: address },
				h('span.number', documentName(result)),
				h('span.subject', result.subject ?? t('document.untitled')))),
			h('p.hit-date', day(result.issued_date) || t('document.undated'))),
		h('p.hit-from', h('span', [result.type, result.issuer].filter(Boolean).join(' · ')), badges(result),
			h('span.hit-why', place(result))),
		superseded.length > 0 && h('p.hit-superseded', superseded),
		result.snippet && h('p.snippet', marked(result.snippet, result.marks)));
}

export const drawRows = (answer, state) => answer.results.map((result) => row(result, state));

export function countText(answer, state) {
	if (!answer.total) return t('results.none');
	const values = {
		from: number(state.offset + 1), to: number(state.offset + answer.results.length), total: number(answer.total),
		n: answer.total,
	};
	const key = answer.total <= PAGE_SIZE && !state.offset ? 'results.all' : answer.total_exact ? 'results.range' : 'results.over';
	return t(key, values);
}

export function remarks(answer, state, goTo) {
	const said = [];
	if (answer.suggestion) {
		said.push(h('p.remark', t(answer.corrected ? 'suggest.shown' : 'suggest.try'), ' ',
			h('a', { href: goTo({ q: answer.suggestion }) }, answer.suggestion)));
	}
	if (answer.ignored?.length) said.push(h('p.remark', t('search.ignored', { parts: answer.ignored.join(', ') })));
	if (answer.unknown?.length) said.push(h('p.remark', t('search.unknown', { parts: answer.unknown.join(', ') })));
	if (answer.facets_exact === false) said.push(h('p.remark.quiet', t('search.sample')));
	return said;
}

export function emptyText(state, filtered, choose) {
	if (!state.q && !filtered) {
		return h('div.empty', h('p', t('empty.archive')), h('p', h('a', { href: '/intake' }, t('empty.intake'))));
	}
	return h('div.empty', h('p', t('empty.search')),
		filtered && h('p', h('button', { onclick: choose }, icon('close'), t('filter.drop.all'))));
}

export function pager(answer, state, goTo) {
	const last = state.offset + answer.results.length;
	const more = answer.total > last || (!answer.total_exact && answer.results.length === PAGE_SIZE);
	if (!state.offset && !more) return null;
	return pageLinks(state.offset, PAGE_SIZE, more, (offset) => goTo({ offset, newest: answer.newest }), h('span', countText(answer, state)));
}

/** goTo(offset): an address. */
export function pageLinks(offset, size, more, goTo, middle) {
	const link = (label, to, shown, rel) => (shown ? h('a.button', { href: goTo(to), rel }, label) : h('span.button.off', label));
	return h('nav.pager', { 'aria-label': t('pager') }, link(t('pager.previous'), Math.max(0, offset - size), offset > 0, 'prev'), middle,
		link(t('pager.next'), offset + size, more, 'next'));
}
