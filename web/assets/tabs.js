/* Tabs after the ARIA practices: arrows move, one panel is shown, made when asked for. */
import { fill, h } from './dom.js';
import { number } from './format.js';
import { t } from './i18n.js';

/** all: [{name, content(), count}]; named in the dictionary as tab.NAME. */
export function tabs(all, first) {
	let chosen = first ?? all[0].name;
	const panel = h('div', { role: 'tabpanel', id: 'tab-panel', tabindex: -1 });
	const buttons = all.map(({ name, count }) => h('button', { role: 'tab', id: `tab-${name}`, 'aria-controls': 'tab-panel',
		onclick: () => choose(name) }, t('tab.' + name), count > 0 && h('span.count', number(count))));

	function choose(name) {
		chosen = name;
		const index = all.findIndex((one) => one.name === name);
		buttons.forEach((button, i) => {
			button.setAttribute('aria-selected', String(i === index));
			button.tabIndex = i === index ? 0 : -1;
		});
		panel.setAttribute('aria-labelledby', `tab-${name}`);
		fill(panel, all[index].content());
	}

	function onKey(event) {
		const at = buttons.indexOf(event.target);
		const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
		if (!step || at < 0) return;
		const next = (at + step + all.length) % all.length;
		choose(all[next].name);
		buttons[next].focus();
		event.preventDefault();
		event.stopPropagation();
	}

	const list = h('div', { role: 'tablist', class: 'tabs', onkeydown: onKey }, buttons);
	choose(chosen);
	return { element: h('div.tabbed', list, panel), chosen: () => chosen, choose };
}
