/* The review page: one doubtful place after the other, worst first, each beside its picture. */
import { get } from './api.js';
import { conflictBox, correct, undo } from './correct.js';
import { documentName } from './describe.js';
import { announce, errorBox, fill, h, toast } from './dom.js';
import { number } from './format.js';
import { t, word } from './i18n.js';
import { setKeys } from './keys.js';
import { doubtCard, placesOf } from './doubt.js';
import { go, setTitle } from './router.js';

const BATCH = 20;

export function reviewPage() {
	let asked = new URLSearchParams(location.search).get('q') ?? '';
	let queue = []; // documents that wait here, the current one first
	let at = 0; // place of doubt within the current doc
	let total = 0;
	let card = null;
	let busy = false;
	const passed = new Set(); // skipped: on the server they still wait, before the rest
	const done = []; // {doc, doubts}: documents after a change, their doubts before it; last comes last

	const left = h('p.left', { role: 'status' });
	const place = h('div.review-place');
	const waiting = h('ol.queue');
	const filter = h('input', { type: 'search', id: 'review-q', value: asked, placeholder: t('review.filter'), 'aria-label': t('review.filter'), autocomplete: 'off' });

	async function fetchMore() {
		const answer = await get('review', { limit: BATCH, offset: passed.size, q: asked });
		total = answer.total;
		const known = new Set([...queue.map((one) => one.id), ...passed]);
		queue.push(...answer.results.filter((one) => !known.has(one.id)));
	}

	function drawLeft() {
		left.textContent = t('review.left', { n: number(total), count: total });
		setTitle(t('review.title', { n: number(total) }));
		fill(waiting, queue.slice(0, BATCH).map((one, index) => h('li',
			h('button', { 'aria-current': index === 0 ? 'true' : 'false', onclick: () => bringForward(index) },
				h('span', documentName(one)), h('small', word('class', one.class ?? 'note'))))));
	}

	function bringForward(index) {
		queue.unshift(...queue.splice(index, 1));
		at = 0;
		draw();
	}

	function draw() {
		card?.close();
		card = null;
		drawLeft();
		if (!queue.length) {
			drawEnd();
			return;
		}
		const [doc] = queue;
		const places = placesOf(doc);
		card = doubtCard({ doc, places, at: Math.min(at, places.length - 1), act, skip, undo: done.length ? takeBack : null });
		fill(place, card.element);
		card.focus();
		announce(card.spoken);
	}

	function drawEnd() {
		const again = () => {
			passed.clear();
			load();
		};
		fill(place, h('div.empty', h('p.good', { tabindex: -1 }, t(passed.size ? 'review.skipped' : 'review.done', { n: passed.size })),
			h('p.row', passed.size > 0 && h('button.primary', { onclick: again }, t('review.again')),
				done.length > 0 && h('button', { onclick: takeBack }, t('review.undo')),
				h('a.button', { href: '/search' }, t('nav.search')))));
		place.querySelector('.good').focus();
	}

	function goOn(doc, { first = 0 } = {}) {
		const { class: why } = queue[0];
		if (doc.needs_review && placesOf(doc).length) {
			queue[0] = { ...doc, class: why };
			at = first;
		} else {
			queue.shift();
			total = Math.max(0, total - 1);
			at = 0;
		}
	}

	async function next() {
		if (!queue.length) await fetchMore();
		draw();
	}

	const failed = (error) => toast(error.message);

	/** change: {values} or {accept}; mine: what was meant, in words, for a conflict. */
	async function act(change, mine, base = queue[0]) {
		if (busy) return;
		busy = true;
		try {
			const doc = await correct(base, change);
			done.push({ doc, doubts: base.doubts });
			goOn(doc);
			toast(t('review.noted', { what: mine }), { label: t('review.undo'), run: takeBack });
			await next();
		} catch (error) {
			if (error.status === 409) showConflict(error, change, mine, base);
			else failed(error);
		} finally {
			busy = false;
		}
	}

	function showConflict(error, change, mine, base) {
		card.say(conflictBox(error, base.revision, mine, {
			theirs: (now) => {
				goOn(now);
				next().catch(failed);
			},
			anyway: (now) => act(change, mine, now),
		}));
	}

	async function skip() {
		if (at + 1 < placesOf(queue[0]).length) at += 1;
		else {
			passed.add(queue.shift().id);
			at = 0;
		}
		await next().catch(failed);
	}

	async function takeBack() {
		const last = done.pop();
		if (!last || busy) return;
		busy = true;
		try {
			const doc = await undo(last.doc);
			/* The server takes one step back: earlier ones of this document cannot be any more. */
			for (let i = done.length - 1; i >= 0; i -= 1) if (done[i].doc.id === doc.id) done.splice(i, 1);
			const here = queue.findIndex((one) => one.id === doc.id);
			const [was] = here >= 0 ? queue.splice(here, 1) : [null];
			if (!was) total += 1;
			queue.unshift({ ...doc, doubts: doc.doubts.length ? doc.doubts : last.doubts, class: was?.class ?? last.doc.class });
			at = 0;
			draw();
			announce(t('undo.done'));
		} catch (error) {
			failed(error);
		} finally {
			busy = false;
		}
	}

	async function load() {
		queue = [];
		at = 0;
		fill(place, h('p.quiet', t('loading')));
		try {
			await fetchMore();
			draw();
		} catch (error) {
			fill(place, errorBox(error, h('button', { onclick: load }, t('retry'))));
		}
	}

	const narrow = (event) => {
		event.preventDefault();
		const q = filter.value.trim();
		go('/review' + (q ? '?' + new URLSearchParams({ q }) : ''));
	};

	const key = (keys, label, name, more) => ({ keys, label, run: () => card?.press(name) ?? false, ...more });
	setKeys([
		key(['Enter', 'a'], 'review.right', 'accept'),
		...Array.from({ length: 9 }, (none, index) => ({ keys: [String(index + 1)], label: index ? null : 'keys.candidate', shown: h('kbd', '1–9'),
			run: () => card?.choose(index) ?? false })),
		key(['e'], 'keys.edit', 'edit'),
		key(['n'], 'review.none', 'none'),
		key(['s', 'ArrowRight'], 'review.skip', 'skip'),
		key(['u', 'z'], 'review.undo', 'undo'),
		key(['v'], 'review.page', 'page'),
		key(['o'], 'keys.open', 'open'),
		key(['Escape'], 'keys.leave', 'leave', { typing: true }),
	]);
	load();

	return {
		title: t('nav.review'),
		update: () => {
			asked = new URLSearchParams(location.search).get('q') ?? '';
			filter.value = asked;
			passed.clear();
			load();
			return true;
		},
		close: () => card?.close(),
		element: h('div.review-page',       h('header.review-head', h('h1', t('nav.review')), left,
				h('form', { role: 'search', onsubmit: narrow }, filter)),
			place,
			h('aside', { 'aria-label': t('review.queue') }, h('h2', t('review.queue')), waiting)),
	};
}
