/* How a document is named and marked wherever it is listed. */
import { h, icon } from './dom.js';
import { day } from './format.js';
import { t, word } from './i18n.js';
import { splitMarks } from './marks.js';

/* The parts of a number follow from it. */
export const FIELDS = ['number', 'issued_date', 'type', 'issuer', 'parent_issuer', 'place', 'subject', 'to', 'signer',
	'signer_title', 'signer_authority', 'urgency', 'secrecy'];

export const LISTS = ['recipients', 'references'];

/** A value, or a list as text. */
export const listed = (doc, field) => (LISTS.includes(field) ? doc[field].map((one) =>
	(one.number ? [one.number, one.date, one.relation].filter(Boolean).join(', ') : one)).join('\n') : doc[field]);

export const fieldName = (field) => word('field', field);

export const fieldText = (field, value) => (field === 'issued_date' ? day(value) : value ?? '');

export const documentName = (doc) =>
	doc.number ?? (doc.code_notation ? `?/${doc.code_notation}` : t('document.unnumbered'));

export function documentTitle(doc) {
	return [doc.type, documentName(doc)].filter(Boolean).join(' ');
}

const badge = (kind, text, ...more) => h('span', { class: `badge ${kind}` }, ...more, text);

export function badges(doc) {
	const all = [];
	if (doc.validity) all.push(badge('gone', t('validity.' + doc.validity)));
	if (doc.secrecy) all.push(badge('alert', doc.secrecy));
	if (doc.urgency) all.push(badge('alert', doc.urgency));
	if (doc.copy) all.push(badge('plain', doc.copy.type ?? t('document.copy')));
	if (doc.duplicates?.length) all.push(badge('plain', t('document.duplicate')));
	if (doc.needs_review) all.push(badge('doubt', t('status.review'), icon('warn')));
	return all;
}

/** By what, and since when, it no longer stands as it was issued. */
export function supersededBy(doc) {
	return (doc.superseded_by ?? []).map((later) => h('span.superseded', t('superseded.' + (doc.validity ?? 'replaced')), ' ',
		h('a', { href: `/documents/${later.document}` }, later.number ?? `#${later.document}`),
		later.date ? ` (${day(later.date)})` : ''));
}

export const marked = (text, marks) =>
	splitMarks(text, marks).map((piece) => (piece.hit ? h('mark', piece.text) : piece.text));

export function doubtText(doubt) {
	const [code, page] = doubt.code.split(':');
	const what = word('doubt', code);
	return page ? `${what} (${t('page.short', { page })})` : what;
}

export function documentList(documents) {
	return h('ul.documents', documents.map((doc) => h('li',
		h('a', { href: `/documents/${doc.id}` }, documentTitle(doc)),
		doc.issued_date && h('span.quiet', ` · ${day(doc.issued_date)}`),
		h('span.line', doc.subject ?? ''),
		h('span.line.quiet', doc.issuer ?? ''))));
}
