/* What was read, how sure it is, where it stands; and putting it right in place. */
import { becauseText, conflictBox, correct, valueInput } from './correct.js';
import { doubtText, fieldName, FIELDS, fieldText, listed, LISTS } from './describe.js';
import { fill, h, icon, iconButton } from './dom.js';
import { day, percent, size, sureness, time } from './format.js';
import { t } from './i18n.js';

const OFTEN_ABSENT = ['parent_issuer', 'to', 'signer_authority', 'urgency', 'secrecy', 'place'];

const doubtsOf = (doc, field) => doc.doubts.filter((doubt) => doubt.field === field);

const isShown = (doc, field) => doc[field] || doubtsOf(doc, field).length
	|| doc.candidates?.[field]?.length || !OFTEN_ABSENT.includes(field);

function confidence(doc, field) {
	const share = doc.confidence?.[field];
	const sure = doc[field] ? sureness(share) : null;
	if (!sure) return null;
	const checked = doc.evidence?.[field]?.rule === 'corrected';
	return h('span', { class: `sure ${checked ? 'sure' : sure.level}` }, checked ? t('sure.checked') : `${sure.text} · ${percent(share)}`);
}

function candidateRow(doc, field, choose) {
	const others = (doc.candidates?.[field] ?? []).filter((one) => one.value !== doc[field]);
	if (!others.length) return null;
	return h('p.perhaps', t('value.perhaps'), ' ', others.map((one) => h('button.choice-inline', { disabled: !choose, title: becauseText(one.because), onclick: () => choose(one.value) },
	`${fieldText(field, one.value)} · ${percent(one.confidence)}`)));
}

function editor(doc, field, { changed, back }) {
	const typed = valueInput(field, listed(doc, field), fieldName(field));
	const now = typed.read();
	const said = h('div.error-text', { role: 'alert' });

	async function send(base, change) {
		try {
			changed(await correct(base, change));
		} catch (error) {
			if (error.status !== 409) said.textContent = error.message;
			else {
				fill(said, conflictBox(error, base.revision, typed.input.value, {
					theirs: changed,
					anyway: (now) => send(now, change),
				}));
			}
		}
	}

	function save(event) {
		event.preventDefault();
		try {
			const value = typed.read();
			send(doc, value === now ? { accept: [field] } : { values: { [field]: value } });
		} catch (error) {
			said.textContent = error.message;
		}
	}

	const form = h('form.edit', { onsubmit: save },
		typed.element,
		candidateRow(doc, field, (value) => {
			typed.input.value = fieldText(field, value);
			typed.input.focus();
		}), said,
		h('p.row', h('button.primary', { type: 'submit' }, t('save')), h('button', { onclick: back }, t('cancel'))));
	form.addEventListener('keydown', (event) => {
		if (event.key === 'Escape') {
			event.stopPropagation();
			back();
		}
	});
	return { form, focus: () => typed.input.select() };
}

/* Capitals and the words of a date are no news; other words are: an abbreviation, a misprint. */
function isPrintedOtherwise(doc, field) {
	const printed = doc.evidence?.[field]?.as_printed;
	const value = doc[field];
	const bare = (text) => text.toLowerCase().replace(/[\s.,;]+/g, ' ').trim();
	return printed && value && field !== 'issued_date' && bare(printed) !== bare(value);
}

function fieldRow(doc, field, { point, edit }) {
	const spot = doc.evidence?.[field];
	const doubts = doubtsOf(doc, field);
	const name = fieldName(field);
	const label = spot
		? h('button.spot-button', { 'aria-label': t('field.show', { name, page: spot.page }),
			onfocus: () => point(spot), onblur: () => point(null), onclick: () => point(spot, true) }, name, icon('spot'))
		: name;
	const row = h('div', { class: doubts.length ? 'field doubtful' : 'field', dataset: { field } },
		h('dt', label),
		h('dd', h('div', h('span.value', fieldText(field, doc[field]) || t('value.none')), ' ', confidence(doc, field),
			doubts.map((doubt) => h('span.doubt-line', icon('warn'), doubtText(doubt))),
			!doc[field] && candidateRow(doc, field, null),
			isPrintedOtherwise(doc, field) && h('span.printed', t('field.printed', { text: spot.as_printed }))),
		edit && iconButton('edit', t('field.edit', { name }), () => edit(row))));
	if (spot) {
		row.addEventListener('mouseenter', () => point(spot));
		row.addEventListener('mouseleave', () => point(null));
	}
	return row;
}

function listRow(doc, field, edit) {
	const name = fieldName(field);
	const row = h('div.field', { dataset: { field } }, h('dt', name), h('dd', h('ul', listed(doc, field).split('\n').map((line) => h('li', line))),
		edit && iconButton('edit', t('field.edit', { name }), () => edit(row))));
	return (edit || doc[field].length > 0) && row;
}

function plainRow(name, content) {
	return content && h('div.field', h('dt', name), h('dd', content));
}

const pointed = (place, text, point) => (place?.page ? h('button.spot-button', { onfocus: () => point(place), onblur: () => point(null), onclick: () => point(place, true) }, text, icon('spot')) : text);

function stamps(doc, point) {
	const { arrival, copy } = doc;
	return [
		arrival && plainRow(t('field.arrival'), pointed(arrival, [arrival.number ?? '?', day(arrival.date)].filter(Boolean).join(' · '), point)),
		copy && plainRow(t('field.copy'), pointed(copy, [copy.type, copy.number, day(copy.date), copy.agency].filter(Boolean).join(' · '), point)),
		...(doc.signatures ?? []).map((one) => plainRow(t('field.signature'),
			pointed(one, [one.person, one.agency, time(one.date)].filter(Boolean).join(' · '), point))),
	];
}

function links(items) {
	return items.map((id, index) => [index ? ', ' : '', h('a', { href: `/documents/${id}` }, `#${id}`)]);
}

function fileRows(doc) {
	return [
		doc.dossiers?.length > 0 && plainRow(t('field.dossiers'), h('ul', doc.dossiers.map((one) => h('li', `${one.code}${one.year ? ` (${one.year})` : ''}: ${one.title ?? ''}`)))),
		doc.duplicates?.length > 0 && plainRow(t('field.duplicates'), links(doc.duplicates)),
		plainRow(t('field.file'), h('span', `${doc.format?.toUpperCase() ?? ''} · ${size(doc.size)} · `,
			t('pages', { n: doc.page_count }))),
		plainRow(t('field.source'), doc.source),
		plainRow(t('field.filed'), time(doc.filed_at)),
	];
}

/** point(spot|null, pinned); changed(document) once something was put right; null: the reader may not. */
export function fieldsPanel(doc, { point, changed }) {
	const list = h('dl.fields');
	const whole = doubtsOf(doc, null);
	const edit = changed && ((row) => {
		const content = row.querySelector('dd');
		const place = h('dd');
		const back = () => {
			place.replaceWith(content);
			content.querySelector('.icon-button').focus();
		};
		const { field } = row.dataset;
		const saved = (now) => {
			changed(now);
			document.querySelector(`[data-field=${field}] .icon-button`)?.focus();
		};
		const { form, focus } = editor(doc, field, { changed: saved, back });
		place.append(form);
		content.replaceWith(place);
		focus();
	});
	fill(list, FIELDS.filter((field) => isShown(doc, field)).map((field) => fieldRow(doc, field, { point, edit })),
		LISTS.map((field) => listRow(doc, field, edit)), stamps(doc, point), fileRows(doc));
	return h('div',
		whole.length > 0 && h('p.whole-doubt', icon('warn'), whole.map(doubtText).join('; '),
			changed && h('button', { onclick: async () => changed(await correct(doc, { accept: ['document'] })) },
				t('review.seen'))),
		list);
}
