/* What a document cites, what cites it, and documents much like it. */
import { get } from './api.js';
import { documentList } from './describe.js';
import { fill, h } from './dom.js';
import { day } from './format.js';
import { t } from './i18n.js';

const OPEN_DEPTH = 1; // steps of the tree that stand open at first

function name(node) {
	const text = [node.type, node.number, node.date && `(${day(node.date)})`].filter(Boolean).join(' ');
	return node.document ? h('a', { href: `/documents/${node.document}` }, text) : h('span', text);
}

function branch(node, direction, depth) {
	const below = node[direction] ?? [];
	const line = [h('span.relation', node.label), ' ', name(node),
		node.status && h('span.badge.gone', t('validity.' + node.status)),
		!node.document && h('span.quiet', ' ', t('refs.elsewhere')),
		(node.subject || node.issuer) && h('span.line.quiet', node.subject ?? node.issuer)];
	if (!below.length) return h('li', line);
	return h('li', line, h('details', { open: depth < OPEN_DEPTH }, h('summary', t('refs.below', { n: below.length })),
		h('ul.tree', below.map((child) => branch(child, direction, depth + 1)))));
}

function tree(title, nodes, leftOut, direction) {
	return h('section', h('h2', title),
		nodes.length ? h('ul.tree', nodes.map((node) => branch(node, direction, 0))) : h('p.quiet', t('refs.none')),
		leftOut > 0 && h('p.quiet', t('refs.more', { n: leftOut })));
}

async function intoOrError(element, load) {
	try {
		fill(element, await load());
	} catch (error) {
		fill(element, h('p.error-text', error.message));
	}
}

export function referencesPanel(id) {
	const refs = h('div', h('p.quiet', t('loading')));
	const alike = h('div', h('p.quiet', t('loading')));
	intoOrError(refs, async () => {
		const answer = await get(['documents', id, 'refs']);
		return [tree(t('refs.cites'), answer.cites, answer.cites_left_out, 'cites'),
			tree(t('refs.cited'), answer.cited_by, answer.cited_by_left_out, 'cited_by')];
	});
	intoOrError(alike, async () => {
		const { results } = await get(['documents', id, 'similar'], { limit: 10 });
		return results.length ? documentList(results) : h('p.quiet', t('refs.alike.none'));
	});
	return h('div.references', refs, h('section', h('h2', t('refs.alike')), alike));
}
