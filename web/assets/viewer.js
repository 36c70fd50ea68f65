/* The picture of a page; hits and the spot of a field are drawn over it. */
import { url } from './api.js';
import { fill, h, iconButton } from './dom.js';
import { number, percent } from './format.js';
import { t } from './i18n.js';
import { isEmptyBox, place } from './marks.js';
import { recall, remember } from './memory.js';

const DPI_STEPS = [75, 100, 150, 200, 300];
const THUMB_DPI = 40;
const CSS_DPI = 96;
const SHORT_SIDE = 8.27; // inches of A4: pages are shown as if they were
const ZOOM_STEP = 1.25;
const ZOOM_LIMITS = [0.2, 5];
const MARGIN = 16; // px around the sheet

const inches = (ratio) => SHORT_SIDE * Math.max(1, ratio); // how wide a page of this shape is

/** The resolution to fetch for a sheet shown so many CSS pixels wide: few steps, so that caches help. */
export function dpiFor(cssWidth, ratio, pixelRatio) {
	const wanted = (cssWidth / inches(ratio)) * pixelRatio * 0.9;
	return DPI_STEPS.find((step) => step >= wanted) ?? DPI_STEPS.at(-1);
}

function styleAt(element, values) {
	Object.assign(element.style, values);
	return element;
}

/** onPage(page) is called after another page is shown. */
export function makeViewer({ id, pages, revision, onPage }) {
	let page = 1;
	let fit = recall('fit') === 'page' ? 'page' : 'width';
	let zoom = 1;
	let turn = 0;
	let ratio = 1 / Math.SQRT2; // width by height of the page; A4 until the page is known
	let hits = [];
	let hitAt = -1;
	let spot = null; // {page, box}
	const ratios = new Map();

	const picture = h('img.picture', { alt: '', draggable: 'false' });
	const marks = h('div.marks', { 'aria-hidden': 'true' });
	const failed = h('p.picture-error', { role: 'alert', hidden: true });
	const sheet = h('div.sheet', picture, marks, failed);
	const frame = h('div.frame', sheet);
	const stage = h('div.stage', { tabindex: 0, role: 'region', 'aria-label': t('viewer.label') }, frame);
	const pageBox = h('input.page-box', { inputmode: 'numeric', 'aria-label': t('viewer.page'), size: 3,
		onchange: () => show(Math.trunc(pageBox.value) || page) });
	const zoomText = h('output.zoom');
	const hitText = h('span.hit-count');
	const hitTools = h('span.tool-group', { hidden: true },
		iconButton('up', t('viewer.hit.previous'), () => stepHit(-1)), hitText,
		iconButton('down', t('viewer.hit.next'), () => stepHit(1)));
	const previous = iconButton('left', t('viewer.previous'), () => show(page - 1));
	const next = iconButton('right', t('viewer.next'), () => show(page + 1));
	const fits = {
		width: iconButton('width', t('viewer.fit.width'), () => setFit('width')),
		page: iconButton('page', t('viewer.fit.page'), () => setFit('page')),
	};
	const toolbar = h('div.toolbar',
		h('span.tool-group', previous, pageBox, h('span.of', '/ ', number(pages)), next),
		h('span.tool-group', iconButton('minus', t('viewer.smaller'), () => setZoom(1 / ZOOM_STEP)), zoomText,
			iconButton('plus', t('viewer.larger'), () => setZoom(ZOOM_STEP)), fits.width, fits.page,
			iconButton('rotate', t('viewer.rotate'), () => rotate())),
		hitTools);
	const thumbs = h('ol.thumbs', { 'aria-label': t('nav.label') });

	const lying = () => turn % 180 !== 0;

	function widthNow() {
		const room = { w: stage.clientWidth - 2 * MARGIN, h: stage.clientHeight - 2 * MARGIN };
		const shape = lying() ? 1 / ratio : ratio; // of the sheet as it is seen
		if (fit === 'free') return inches(ratio) * CSS_DPI * zoom;
		const seen = fit === 'width' ? room.w : Math.min(room.w, room.h * shape);
		return Math.max(seen, 120) * (lying() ? ratio : 1);
	}

	function layOut() {
		if (!stage.clientWidth) return;
		const w = widthNow();
		const tall = w / ratio;
		const [fw, fh] = lying() ? [tall, w] : [w, tall];
		styleAt(frame, { width: `${fw}px`, height: `${fh}px` });
		styleAt(sheet, { width: `${w}px`, height: `${tall}px`, left: `${(fw - w) / 2}px`, top: `${(fh - tall) / 2}px`,
			transform: `rotate(${turn}deg)` });
		const shown = w / (inches(ratio) * CSS_DPI);
		if (fit !== 'free') zoom = shown;
		zoomText.textContent = percent(Math.round(shown * 100) / 100);
		for (const [name, button] of Object.entries(fits)) button.setAttribute('aria-pressed', String(fit === name));
		fetchPicture(dpiFor(w, ratio, devicePixelRatio || 1));
	}

	function fetchPicture(dpi) {
		const address = url(['documents', id, 'pages', page, 'picture'], { dpi, v: revision });
		if (picture.getAttribute('src') === address) return;
		/* The same page, sharper, comes in place; another page must not show the old one meanwhile. */
		if (picture.dataset.page !== String(page)) picture.classList.add('waiting');
		picture.dataset.page = page;
		failed.hidden = true;
		picture.alt = t('viewer.alt', { page, pages });
		picture.src = address;
	}

	picture.addEventListener('load', () => {
		picture.classList.remove('waiting');
		const seen = picture.naturalWidth / picture.naturalHeight;
		if (Math.abs(seen - ratio) > 0.01) {
			ratio = seen;
			ratios.set(page, seen);
			layOut();
		}
	});
	picture.addEventListener('error', () => {
		failed.textContent = t('viewer.failed');
		failed.hidden = false;
	});

	const box = (kind, where, grow) => styleAt(h('div', { class: kind }), place(where, grow));

	function drawMarks() {
		const here = hits.flatMap((hit, index) => (hit.page !== page ? [] : hit.boxes.filter((one) => !isEmptyBox(one))
			.map((one) => box(index === hitAt ? 'hit-mark now' : 'hit-mark', one, 0.002))));
		const pointed = spot && spot.page === page && !isEmptyBox(spot.box) ? box('spot-mark', spot.box, 0.006) : null;
		fill(marks, here, pointed);
		hitTools.hidden = hits.length === 0;
		hitText.textContent = hitAt < 0 ? t('hits', { n: number(hits.length) }) : t('viewer.hit.at', { at: hitAt + 1, n: hits.length });
	}

	function reveal(selector) {
		const target = marks.querySelector(selector);
		if (!target) return;
		const smooth = matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
		const at = target.getBoundingClientRect();
		const room = stage.getBoundingClientRect();
		if (at.top < room.top || at.bottom > room.bottom || at.left < room.left || at.right > room.right) {
			stage.scrollBy({ top: at.top - room.top - room.height / 3, left: at.left - room.left - room.width / 3, behavior: smooth });
		}
	}

	function show(wanted, { quiet = false } = {}) {
		const to = Math.min(Math.max(wanted, 1), pages);
		const other = to !== page || !picture.getAttribute('src');
		page = to;
		pageBox.value = page;
		previous.disabled = page <= 1;
		next.disabled = page >= pages;
		if (other) {
			ratio = ratios.get(page) ?? ratio;
			stage.scrollTop = 0;
			layOut();
			for (const button of thumbs.querySelectorAll('button')) {
				const here = button.dataset.page === String(page);
				button.setAttribute('aria-current', here ? 'page' : 'false');
				if (here) keepInSight(button);
			}
		}
		drawMarks();
		if (other && !quiet) onPage(page);
	}

	function keepInSight(button) {
		const { offsetTop: top, offsetHeight: tall } = button.parentElement;
		if (top < thumbs.scrollTop || top + tall > thumbs.scrollTop + thumbs.clientHeight) thumbs.scrollTop = top - tall;
	}

	function setFit(kind) {
		fit = kind;
		remember('fit', kind);
		layOut();
	}

	function setZoom(by) {
		fit = 'free';
		zoom = Math.min(Math.max(zoom * by, ZOOM_LIMITS[0]), ZOOM_LIMITS[1]);
		layOut();
	}

	function rotate() {
		turn = (turn + 90) % 360;
		layOut();
	}

	function stepHit(by) {
		if (!hits.length) return false;
		hitAt = hitAt < 0 ? hits.findIndex((hit) => hit.page >= page) : hitAt + by;
		if (hitAt < 0) hitAt = 0;
		hitAt = (hitAt + hits.length) % hits.length;
		show(hits[hitAt].page);
		reveal('.now');
		return true;
	}

	function drawThumbs() {
		if (pages < 2) return;
		fill(thumbs, Array.from({ length: pages }, (none, index) => h('li',
			h('button', { dataset: { page: index + 1 }, 'aria-label': t('page.short', { page: index + 1 }),
				'aria-current': 'false', onclick: () => show(index + 1) },
			h('img', { src: url(['documents', id, 'pages', index + 1, 'picture'], { dpi: THUMB_DPI, v: revision }), alt: '',
				loading: 'lazy', width: 72, height: 102 }),
			h('span', number(index + 1))))));
	}

	function drag(event) {
		if (event.button !== 0 || event.pointerType !== 'mouse') return;
		const move = (moved) => stage.scrollBy(-moved.movementX, -moved.movementY);
		const end = () => {
			removeEventListener('pointermove', move);
			stage.classList.remove('dragged');
		};
		stage.classList.add('dragged');
		addEventListener('pointermove', move);
		addEventListener('pointerup', end, { once: true });
	}

	stage.addEventListener('pointerdown', drag);
	const watch = new ResizeObserver(() => fit !== 'free' && layOut());
	watch.observe(stage);
	drawThumbs();

	return {
		element: h('section', { class: pages > 1 ? 'viewer with-thumbs' : 'viewer', 'aria-label': t('viewer.label') }, toolbar,
			pages > 1 && thumbs, stage),
		show,
		page: () => page,
		setHits(found) {
			hits = found;
			hitAt = hits.findIndex((hit) => hit.page === page);
			drawMarks();
			reveal('.now');
		},
		/** Shows the spot of a field, on its page; null takes it away. */
		point(where) {
			spot = where;
			if (where && where.page !== page) show(where.page);
			else drawMarks();
			if (where) requestAnimationFrame(() => reveal('.spot-mark'));
		},
		close: () => watch.disconnect(),
		keys: [
			{ keys: ['PageDown', 'ArrowRight'], label: 'viewer.next', run: () => show(page + 1) },
			{ keys: ['PageUp', 'ArrowLeft'], label: 'viewer.previous', run: () => show(page - 1) },
			{ keys: ['n'], label: 'viewer.hit.next', run: () => stepHit(1) },
			{ keys: ['N'], label: 'viewer.hit.previous', run: () => stepHit(-1) },
			{ keys: ['+', '='], label: 'viewer.larger', run: () => setZoom(ZOOM_STEP) },
			{ keys: ['-'], label: 'viewer.smaller', run: () => setZoom(1 / ZOOM_STEP) },
			{ keys: ['w'], label: 'viewer.fit.width', run: () => setFit('width') },
			{ keys: ['h'], label: 'viewer.fit.page', run: () => setFit('page') },
			{ keys: ['r'], label: 'viewer.rotate', run: rotate },
		],
	};
}
