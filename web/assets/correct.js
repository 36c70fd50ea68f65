/* Putting a field right, and what to do when somebody else was quicker. */
import { get, post, Problem } from './api.js';
import { combobox } from './complete.js';
import { fieldName, fieldText, LISTS } from './describe.js';
import { h } from './dom.js';
import { parseDay, percent, time } from './format.js';
import { t, word } from './i18n.js';
import { forgetAnswers } from './search.js';

const COMPLETIONS = {
	issuer: agencies,
	parent_issuer: agencies,
	type: types,
};

const bare = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').replace(/đ/gi, 'd').toLowerCase();

async function agencies(typed) {
	if (!typed) return [];
	const { results } = await get('agencies', { q: typed });
	return results.map(({ name, abbreviations, parent }) => ({
		value: name, note: [abbreviations?.join(', '), parent].filter(Boolean).join(' · '),
	}));
}

let allTypes = null;

async function types(typed) {
	allTypes ??= (await get('types')).results;
	return allTypes.filter((name) => bare(name).includes(bare(typed))).map((value) => ({ value }));
}

/** A field to type a value into: {element, input, read()}; read gives the value, null for none, or throws. */
export function valueInput(field, value, label) {
	const list = LISTS.includes(field);
	const input = h(list ? 'textarea.value-input' : 'input.value-input', { 'aria-label': label ?? fieldName(field), value: fieldText(field, value),
		spellcheck: 'false', autocomplete: 'off' });
	const element = COMPLETIONS[field] ? combobox(input, COMPLETIONS[field]) : input;
	return { element, input, read: () => (list ? input.value.trim().replace(/\s*;?\n\s*/g, '; ') : readValue(field, input.value)) };
}

function readValue(field, typed) {
	const text = typed.trim();
	if (!text) return null;
	if (field !== 'issued_date') return text;
	const iso = parseDay(text);
	if (!iso) throw new Error(t('correct.bad.date'));
	return iso;
}

/** Sends a change; resolves to the document as it is then. */
async function change(doc, what, body) {
	const answer = await post(['documents', doc.id, what], { revision: doc.revision, ...body });
	forgetAnswers();
	if (answer.hidden) throw new Problem(200, answer);
	return answer;
}

export const correct = (doc, body) => change(doc, 'corrections', body);

export const undo = (doc) => change(doc, 'undo');

/** What spoke for a candidate: the ink's own probability, then each witness. */
export function becauseText(because) {
	return Object.entries(because ?? {}).map(([witness, weight]) => {
		if (witness === 'ink') return t('because.ink', { share: percent(weight) });
		return t(weight >= 1 ? 'because.for' : 'because.against', { witness: word('witness', witness) });
	}).join(' · ');
}

/** What people put right: the parts of a number follow from it. */
export const corrections = (doc) => doc.corrections.filter(({ field }) => !field.startsWith('code_'));

export const correctionText = (field, { old, new: value }) => (field === 'document' ? t('correction.document')
	: old === value ? t('correction.confirmed', { value: fieldText(field, value) || t('value.none') })
		: `${fieldText(field, old) || t('value.none')} → ${fieldText(field, value) || t('value.none')}`);

/** What others did since the revision that was on screen. */
export function conflictBox(problem, since, mine, { theirs, anyway }) {
	const now = problem.body.document;
	const done = corrections(now).filter((one) => one.revision > since);
	return h('div.conflict', { role: 'alert' },
		h('p', h('strong', t('conflict.title'))),
		h('ul', done.map((one) => h('li',
			`${one.by}, ${time(one.at)}: ${fieldName(one.field)} `,
			h('span.value', correctionText(one.field, one))))),
		mine && h('p', t('conflict.mine'), ' ', h('span.value', mine)),
		h('p.row', h('button.primary', { onclick: () => theirs(now) }, t('conflict.theirs')),
			anyway && h('button', { onclick: () => anyway(now) }, t('conflict.anyway'))));
}

