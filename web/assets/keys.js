/* Keyboard shortcuts of the page that is open. Single characters can be switched off (WCAG 2.1.4). */
import { dialog, h } from './dom.js';
import { t } from './i18n.js';
import { recall, remember } from './memory.js';

let table = []; // [{keys: ['j', 'ArrowDown'], label, run, typing}]

const everywhere = [];

const charactersAllowed = () => recall('keys') !== 'off';

/** typing: works also while the focus is in a text field. */
export const setKeys = (entries) => {
	table = entries;
};

export const setKeysEverywhere = (entries) => everywhere.splice(0, everywhere.length, ...entries);

const isField = (element) => element.matches('input:not([type=checkbox]):not([type=file]), textarea, select');

/* Enter and the blank press the button or follow the link that has the focus; arrows move inside some. */
function hasOwnUse(element, key) {
	if (key === 'Enter' || key === ' ') return element.matches('a, button, summary, [role=option]');
	return key.startsWith('Arrow') && element.matches('[role=tab], [type=radio]');
}

function onKey(event) {
	if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
	if (document.querySelector('dialog[open]')) return;
	const inField = isField(event.target);
	if (event.key.length === 1 && !charactersAllowed()) return;
	for (const entry of [...table, ...everywhere]) {
		if (!entry.keys.includes(event.key) || (inField && !entry.typing)) continue;
		if (!entry.typing && hasOwnUse(event.target, event.key)) continue;
		if (entry.run(event) === false) continue;
		event.preventDefault();
		return;
	}
}

const SIGNS = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', Escape: 'Esc', ' ': '␣' };

function rows(entries) {
	return entries.filter((entry) => entry.label).map((entry) => h('tr',
		h('td', entry.shown ?? entry.keys.map((key) => [h('kbd', SIGNS[key] ?? key), ' '])),
		h('td', t(entry.label))));
}

export function showHelp() {
	const toggle = h('input', { type: 'checkbox', id: 'key-toggle', checked: charactersAllowed(),
		onchange: () => remember('keys', toggle.checked ? 'on' : 'off') });
	const box = dialog(t('keys.title'), [
		h('table.keys', h('tbody', rows(table), rows(everywhere))),
		h('p', h('label.check', toggle, ' ', t('keys.toggle'))),
		h('p.row.end', h('button.primary', { onclick: () => box.close() }, t('close'))),
	]);
}

export const listen = () => document.addEventListener('keydown', onKey);
