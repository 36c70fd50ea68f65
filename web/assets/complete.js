/* A text field with suggestions beneath, after the combobox pattern of the ARIA practices (list, manual choice). */
import { fill, h } from './dom.js';

const PAUSE = 120;

let made = 0;

/** suggest(typed) promises [{value, note}]. Returns the element to show. */
export function combobox(input, suggest) {
	const id = `choices-${(made += 1)}`;
	const list = h('ul', { id, role: 'listbox', class: 'choices', hidden: true, 'aria-label': input.getAttribute('aria-label') });
	let shown = [];
	let at = -1;
	let timer = 0;
	let round = 0;

	for (const [name, value] of Object.entries({ role: 'combobox', 'aria-autocomplete': 'list', 'aria-expanded': 'false',
		'aria-controls': id, autocomplete: 'off' })) input.setAttribute(name, value);

	function close() {
		round += 1;
		list.hidden = true;
		at = -1;
		input.setAttribute('aria-expanded', 'false');
		input.removeAttribute('aria-activedescendant');
	}

	function take(item) {
		input.value = item.value;
		close();
	}

	function mark(index) {
		at = index;
		list.querySelectorAll('li').forEach((option, i) => option.setAttribute('aria-selected', String(i === at)));
		if (at < 0) input.removeAttribute('aria-activedescendant');
		else {
			input.setAttribute('aria-activedescendant', `${id}-${at}`);
			list.children[at].scrollIntoView({ block: 'nearest' });
		}
	}

	function draw() {
		at = -1;
		fill(list, shown.map((item, index) => h('li', { id: `${id}-${index}`, role: 'option', 'aria-selected': 'false',
			onmousedown: (event) => { event.preventDefault(); take(item); } },
		item.value, item.note && h('small', item.note))));
		list.hidden = shown.length === 0;
		input.setAttribute('aria-expanded', String(shown.length > 0));
	}

	async function ask() {
		const mine = (round += 1);
		const found = await suggest(input.value.trim()).catch(() => []);
		if (mine !== round) return;
		shown = found.filter((item) => item.value !== input.value);
		draw();
	}

	function onKey(event) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step && list.hidden) ask();
		else if (step) mark((at + step + shown.length) % shown.length);
		else if (event.key === 'Enter' && at >= 0) take(shown[at]);
		else if (event.key === 'Escape' && !list.hidden) close();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	input.addEventListener('keydown', onKey);
	input.addEventListener('input', () => {
		clearTimeout(timer);
		timer = setTimeout(ask, PAUSE);
	});
	input.addEventListener('blur', () => {
		clearTimeout(timer);
		close();
	});
	return h('span.combobox', input, list);
}
