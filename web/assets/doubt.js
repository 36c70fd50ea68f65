/* One place of doubt: cut-out, value, what else it may be, and what to do about it. */
import { url } from './api.js';
import { becauseText, valueInput } from './correct.js';
import { documentName, documentTitle, doubtText, fieldName, FIELDS, fieldText } from './describe.js';
import { fill, h, icon } from './dom.js';
import { day, percent } from './format.js';
import { t } from './i18n.js';
import { go } from './router.js';
import { makeViewer } from './viewer.js';

/* Where Decree 30/2020 (Appendix I) has a field, for one of which nothing was found. */
const LEFT_HEAD = [0.05, 0.02, 0.55, 0.2];
const RIGHT_HEAD = [0.42, 0.04, 0.97, 0.2];
const TITLE = [0.08, 0.1, 0.95, 0.34];
const SIGNATURE = [0.35, 0.45, 1, 0.95]; // on the last page
const USUAL_PLACES = {
	number: LEFT_HEAD, issuer: LEFT_HEAD, parent_issuer: LEFT_HEAD, urgency: LEFT_HEAD, secrecy: LEFT_HEAD,
	issued_date: RIGHT_HEAD, place: RIGHT_HEAD, type: TITLE, subject: TITLE, to: TITLE,
	signer: SIGNATURE, signer_title: SIGNATURE, signer_authority: SIGNATURE,
};

const PARTS = { code_number: 'number', code_notation: 'number' };

/** [{field, doubts}] of a document; field null for the whole. */
export function placesOf(doc) {
	const places = new Map();
	for (const doubt of doc.doubts) {
		const field = PARTS[doubt.field] ?? doubt.field;
		if (!places.has(field)) places.set(field, { field, doubts: [] });
		places.get(field).doubts.push(doubt);
	}
	return [...places.values()];
}

/** {page, box, found}: where to look; not found: only where it usually stands. */
export function spotOf(doc, place) {
	const evidence = doc.evidence?.[place.field] ?? (place.field === 'number' ? doc.evidence?.code_notation : null);
	if (evidence?.box) return { page: evidence.page, box: evidence.box, found: true };
	const damaged = place.doubts.map((doubt) => Number(doubt.code.split(':')[1])).find((page) => page > 0);
	const usual = USUAL_PLACES[place.field];
	return { page: usual === SIGNATURE ? Math.max(doc.page_count, 1) : damaged ?? 1, box: usual ?? null, found: false };
}

/* Some of the page around it: a number alone does not say what it belongs to. */
function around([x0, y0, x1, y1]) {
	const wide = Math.max(0.03, (0.34 - (x1 - x0)) / 2);
	const tall = 0.022;
	return [x0 - wide, y0 - tall, x1 + wide, y1 + tall].map((value) => Math.min(1, Math.max(0, value)).toFixed(4));
}

function cutOut(doc, spot) {
	const path = ['documents', doc.id, 'pages', spot.page];
	if (!spot.box) return h('img.whole', { alt: t('viewer.alt', { page: spot.page, pages: doc.page_count }), src: url([...path, 'picture'], { dpi: 100 }) });
	const box = spot.found ? around(spot.box) : spot.box;
	return h('img', { alt: t('review.crop.alt', { page: spot.page }), src: url([...path, 'crop'], { box: box.join(',') }) });
}

function candidateList(doc, place, choose) {
	const all = doc.candidates?.[place.field] ?? [];
	const others = all.filter((one) => one.value !== doc[place.field]).slice(0, 9);
	const buttons = others.map((one, index) => h('button.candidate', { onclick: () => choose(index) },
		h('kbd', index + 1), h('span.value', fieldText(place.field, one.value)),
		h('span.quiet', percent(one.confidence)), one.because && h('small', becauseText(one.because))));
	return { others, buttons, element: others.length ? h('div.candidates', { role: 'group', 'aria-label': t('value.perhaps') },
		h('p.quiet', t('value.perhaps')), buttons) : null };
}

/** act({values}|{accept}, words) sends; undo: null where there is nothing to take back. */
export function doubtCard({ doc, places, at, act, skip, undo }) {
	const place = places[at];
	const { field } = place;
	const value = field ? doc[field] : null;
	const spot = spotOf(doc, place);
	const editable = FIELDS.includes(field);
	const typed = editable ? valueInput(field, value, fieldName(field)) : null;
	const said = h('div.said', { role: 'alert' });
	const figure = h('figure.cut-out');
	let viewer = null;

	const candidates = editable ? candidateList(doc, place, choose) : { others: [], buttons: [], element: null };
	const doubtWords = place.doubts.map(doubtText).join('; ');
	const name = field ? fieldName(field) : t('field.document');

	function choose(index) {
		const one = candidates.others[index];
		if (!one) return false;
		act({ values: { [field]: one.value } }, `${name}: ${fieldText(field, one.value)}`);
		return true;
	}

	const isChanged = () => Boolean(typed) && typed.input.value.trim() !== fieldText(field, value);

	const confirmAs = (words) => act({ accept: [field ?? 'document'] }, words);

	function accept() {
		if (isChanged()) return save();
		if (editable && !value) {
			fill(said, t('review.type'));
			typed.input.focus();
			return true;
		}
		confirmAs(`${name}: ${value ? fieldText(field, value) : t('review.seen')}`);
		return true;
	}

	function save() {
		try {
			const given = typed.read();
			if (given === null) return none();
			act({ values: { [field]: given } }, `${name}: ${fieldText(field, given)}`);
		} catch (error) {
			fill(said, error.message);
			typed.input.setAttribute('aria-invalid', 'true');
		}
		return true;
	}

	function none() {
		if (!editable) return false;
		const words = `${name}: ${t('value.none')}`;
		if (value) act({ values: { [field]: null } }, words);
		else confirmAs(words);
		return true;
	}

	const go_ = h('button.primary.big', { type: 'submit' }, t(value || !editable ? 'review.right' : 'review.write'), ' ', h('kbd', '↵'));
	typed?.input.addEventListener('input', () => {
		go_.firstChild.textContent = t(isChanged() || !value ? 'review.write' : 'review.right');
	});

	function showPage() {
		if (viewer) {
			viewer.close();
			viewer = null;
			drawFigure();
			return true;
		}
		viewer = makeViewer({ id: doc.id, pages: Math.max(doc.page_count, 1), revision: doc.sha256.slice(0, 8), onPage: () => {} });
		fill(figure, viewer.element);
		viewer.show(spot.page);
		if (spot.found) viewer.point(spot);
		return true;
	}

	function drawFigure() {
		fill(figure, cutOut(doc, spot), h('figcaption',
			spot.found ? t('page.of', { page: spot.page, pages: doc.page_count }) : t('review.usual', { page: spot.page }), ' ',
			h('button.plain', { onclick: showPage }, t('review.page'), ' ', h('kbd', 'v'))));
	}

	const presses = {
		accept,
		none,
		edit: () => { typed?.input.select(); return Boolean(typed); },
		skip: () => { skip(); return true; },
		undo: () => { undo?.(); return Boolean(undo); },
		page: showPage,
		open: () => { go(`/documents/${doc.id}?page=${spot.page}`); return true; },
		leave: () => { go_.focus(); return true; },
	};

	const button = (press, label, key) => h('button', { onclick: presses[press] }, label, ' ', h('kbd', key));
	const submit = (event) => {
		event.preventDefault();
		accept();
	};

	drawFigure();
	const element = h('section.doubt-card', { 'aria-labelledby': 'doubt-title' }, figure,
		h('form.doubt-form', { onsubmit: submit },
			h('div.which',
				h('h2', { id: 'doubt-title' }, name, places.length > 1 && h('small.quiet', ` ${at + 1}/${places.length}`)),
				h('p.why', icon('warn'), ' ', doubtWords, value && doc.confidence?.[field] !== undefined ? ` · ${percent(doc.confidence[field])}` : ''),
				h('p', h('a', { href: `/documents/${doc.id}?page=${spot.page}` }, documentTitle(doc)),
					doc.issued_date && ` · ${day(doc.issued_date)}`),
				h('p.quiet', doc.issuer ?? ''), h('p.quiet', doc.subject ?? '')),
			h('div.decide', typed ? typed.element : value && h('p.value', value), candidates.element, said,
				h('p.row', go_, editable && button('none', t('review.none'), 'n'), button('skip', t('review.skip'), 's'),
					undo && button('undo', t('review.undo'), 'u')))));

	return {
		element,
		spoken: `${documentName(doc)}. ${name}: ${doubtWords}. ${value ?? t('value.none')}`,
		/** The likeliest thing to do has the focus, so that Enter does it. */
		focus: () => (value || !editable ? go_ : candidates.buttons[0] ?? typed.input).focus({ preventScroll: true }),
		say: (content) => {
			fill(said, content);
			said.querySelector('button')?.focus();
		},
		press: (which) => presses[which](),
		choose,
		close: () => viewer?.close(),
	};
}

