/* Elements made from code. Text goes in as text nodes only: nothing that a document says becomes markup. */

const SVG = 'http://www.w3.org/2000/svg';

function setProperty(element, name, value) {
	if (value === undefined || value === null || value === false) return;
	if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
	else if (name === 'dataset') Object.assign(element.dataset, value);
	else if (name === 'value' || name === 'checked' || name === 'disabled') element[name] = value;
	else element.setAttribute(name, value === true ? '' : value);
}

/**
 * h('p.note', {id: 'x'}, 'text', child, [children], null): an element with its classes, properties and children;
 * the properties may be left out. A button submits nothing unless it says so.
 */
export function h(selector, ...rest) {
	const [tag, ...classes] = selector.split('.');
	const element = document.createElement(tag);
	if (tag === 'button') element.type = 'button';
	if (classes.length) element.className = classes.join(' ');
	if (rest[0]?.constructor === Object) {
		for (const [name, value] of Object.entries(rest.shift())) setProperty(element, name, value);
	}
	append(element, rest);
	return element;
}

export function append(element, children) {
	for (const child of [children].flat(Infinity)) {
		if (child === null || child === undefined || child === false) continue;
		element.append(child instanceof Node ? child : String(child));
	}
}

const nameOf = (element) => element.id || element.name || element.getAttribute('href');

/** Puts other children into an element; the focus stays on the child of the same id, name or address. */
export function fill(element, ...children) {
	const focused = element.contains(document.activeElement) ? nameOf(document.activeElement) : null;
	element.replaceChildren();
	append(element, children);
	if (focused) [...element.querySelectorAll('a, button, input')].find((one) => nameOf(one) === focused)?.focus({ preventScroll: true });
	return element;
}

/* One stroke each, drawn in a square of 24. */
const ICONS = {
	search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 21 21',
	left: 'M15 5l-7 7 7 7',
	right: 'M9 5l7 7-7 7',
	up: 'M5 15l7-7 7 7',
	down: 'M5 9l7 7 7-7',
	close: 'M6 6l12 12M18 6 6 18',
	plus: 'M12 5v14M5 12h14',
	minus: 'M5 12h14',
	rotate: 'M20 5v5h-5M20 10a8 8 0 1 0 1 5',
	width: 'M3 5v14M21 5v14M7 12h10M7 12l3-3M7 12l3 3M17 12l-3-3M17 12l-3 3',
	page: 'M7 3h10v18H7zM12 7v10M12 7l-2 2M12 7l2 2M12 17l-2-2M12 17l2-2',
	download: 'M12 4v11M7 10l5 5 5-5M5 20h14',
	print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
	edit: 'M4 20l1-4L16 5l3 3L8 19z',
	warn: 'M12 4 2.5 20h19zM12 10v5M12 17.5v.5',
	spot: 'M12 3v4M12 17v4M3 12h4M17 12h4M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
	sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.5 1.5M17.5 17.5 19 19M5 19l1.5-1.5M17.5 6.5 19 5',
	moon: 'M20 14A8 8 0 0 1 10 4a8 8 0 1 0 10 10z',
	star: 'M12 4l2.5 5.3 5.7.7-4.2 4 1.1 5.7L12 17l-5.1 2.7L8 14 3.8 10l5.7-.7z',
	undo: 'M4 10h10a5 5 0 0 1 0 10h-3M4 10l4-4M4 10l4 4',
	upload: 'M12 16V5M7 10l5-5 5 5M5 20h14',
};

export function icon(name) {
	const svg = document.createElementNS(SVG, 'svg');
	svg.setAttribute('viewBox', '0 0 24 24');
	svg.setAttribute('class', 'icon');
	svg.setAttribute('aria-hidden', 'true');
	const path = document.createElementNS(SVG, 'path');
	path.setAttribute('d', ICONS[name]);
	svg.append(path);
	return svg;
}

export function iconButton(name, label, onclick, properties) {
	return h('button.icon-button', { 'aria-label': label, title: label, onclick, ...properties },
		icon(name));
}

/** What went wrong, with what can be done about it: try again, or go elsewhere. */
export const errorBox = (error, ...actions) => h('div.error', { role: 'alert' }, h('p', error.message), h('p', actions));

let live = null;

/** Says something to screen readers without moving the focus. */
export function announce(text) {
	live ??= document.body.appendChild(h('div.unseen', { role: 'status', 'aria-live': 'polite' }));
	live.textContent = text;
}

export function toast(text, action) {
	document.querySelector('.toast')?.remove();
	const box = h('div.toast', { role: 'status' }, h('span', text),
		action && h('button', { onclick: () => { box.remove(); action.run(); } }, action.label));
	document.body.append(box);
	setTimeout(() => box.remove(), 8000);
}

/** Opens a modal dialog; the focus comes back to where it was when it closes. */
export function dialog(title, content, properties) {
	const before = document.activeElement;
	const heading = h('h2', { id: 'dialog-title' }, title);
	const box = h('dialog', { 'aria-labelledby': 'dialog-title', ...properties }, heading, content);
	box.addEventListener('close', () => {
		box.remove();
		before?.focus?.();
	});
	document.body.append(box);
	box.showModal();
	return box;
}
