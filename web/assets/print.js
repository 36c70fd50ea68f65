/* Prints the pages themselves; the style sheet leaves out the rest. */
import { url } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';

const PRINT_DPI = 150;
const MOST_PAGES = 60; // beyond that a browser holds too many pictures at once

export async function printPages(document_, fail) {
	if (document_.page_count > MOST_PAGES) {
		fail(t('print.long', { n: MOST_PAGES }));
		return;
	}
	const pictures = Array.from({ length: document_.page_count }, (none, index) => h('img', { alt: '',
		src: url(['documents', document_.id, 'pages', index + 1, 'picture'], { dpi: PRINT_DPI, v: document_.sha256.slice(0, 8) }) }));
	const sheets = h('div.print-pages', pictures);
	document.body.append(sheets);
	document.body.classList.add('printing');
	try {
		await Promise.all(pictures.map((picture) => picture.decode()));
		print();
	} catch {
		fail(t('viewer.failed'));
	}
	document.body.classList.remove('printing');
	sheets.remove();
}
