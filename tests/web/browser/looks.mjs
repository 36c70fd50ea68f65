/* What holds for every page: accessible in both themes, both languages, on a phone, by keyboard. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { AXE, luutru } from './office.mjs';

const found = () => JSON.parse(luutru('search', '--json', 'quy che phoi hop')).results[0].id;

/** Every page and state of one: name → {address, ready, act(page)}. */
const pages = () => ({
	'the search page': { address: '/search?q=van+ban', ready: '.hit-link' },
	'nothing found': { address: '/search?q=khongcogica&year=2023', ready: '.empty' },
	'a document': { address: `/documents/${found()}?q=quy+che`, ready: '.hit-mark' },
	'its text': { address: `/documents/${found()}?q=quy+che`, ready: '.hit-mark', act: (page) => page.click('#tab-text'), then: '.page-text mark' },
	'its links': { address: `/documents/${found()}`, ready: '.picture', act: (page) => page.click('#tab-refs'), then: '.tree' },
	'a field being put right': { address: `/documents/${found()}`, ready: '.picture', act: (page) => page.click('[data-field=type] .icon-button'), then: '.edit' },
	'the review page': { address: '/review', ready: '.doubt-card' },
	'the intake page': { address: '/intake', ready: '.figure' },
	'saved searches': { address: '/saved', ready: 'h1' },
	'the list of keys': { address: '/saved', ready: 'h1', act: (page) => page.keyboard.press('?'), then: 'dialog' },
	'an address that leads nowhere': { address: '/documents/abc', ready: 'h1' },
});

async function show(page, { address, ready, act, then }) {
	await page.goto(address);
	await page.locator(ready).first().waitFor();
	if (act) await act(page);
	if (then) await page.locator(then).first().waitFor();
}

const SCREEN = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 740 };
const DOUBLED = { width: 683, height: 384 }; // what an enlargement to 200 % leaves of the screen

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe-core finds on the page as it stands: serious and critical findings, in one line each. */
export async function findings(page, rules = { type: 'tag', values: RULES }) {
	/* The policy lets no foreign script in by a tag; through the debugger it comes in beside it. */
	if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(readFileSync(AXE, 'utf8'));
	const { violations } = await page.evaluate((runOnly) => axe.run({ runOnly }), rules);
	return violations.filter((one) => ['serious', 'critical'].includes(one.impact))
		.map((one) => `${one.id}: ${one.nodes.map((node) => `${node.target.join(' ')} (${node.any[0]?.message ?? node.all[0]?.message ?? ''})`).join('; ')}`);
}

/* Whatever sticks out to the right of the window. */
const tooWide = (page) => page.evaluate(() => {
	if (document.documentElement.scrollWidth <= innerWidth) return null;
	const far = [...document.querySelectorAll('body *')].find((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.stage, .thumbs, .scroll, .tabs, .unseen'));
	return `${far?.tagName} ${far?.className}`;
});

/* Words of the dictionary that are missing show their key: nothing of that kind may stand on screen. */
const KEYS = /(^|\s)(nav|filter|field|viewer|review|intake|state|doubt|why|keys|saved|sort|tab)\.[a-z]/;

async function speaks(page, language, name) {
	assert.equal(await page.locator('html').getAttribute('lang'), language);
	const text = await page.locator('body').innerText();
	assert.ok(!KEYS.test(text), `${name}, ${language}: ${KEYS.exec(text)?.[0]}`);
}

async function paint(page, theme) {
	await page.emulateMedia({ colorScheme: theme });
	await page.locator(`html[data-theme=${theme}]`).waitFor();
}

export default {
	/* One walk through all pages, for opening them costs most. */
	'every page is accessible in both themes and on a phone, fits it and text enlarged to double, and is in Vietnamese': async (page) => {
		for (const [name, shown] of Object.entries(pages())) {
			await page.setViewportSize(SCREEN);
			await show(page, shown);
			await speaks(page, 'vi', name);
			assert.deepEqual(await findings(page), [], name);
			await paint(page, 'dark');
			/* The theme changes colours and nothing else. */
			assert.deepEqual(await findings(page, { type: 'rule', values: ['color-contrast'] }), [], `${name}, dark`);
			await paint(page, 'light');
			for (const size of [DOUBLED, PHONE]) {
				await page.setViewportSize(size);
				assert.equal(await tooWide(page), null, `${name}, ${size.width}`);
			}
			assert.deepEqual(await findings(page), [], `${name}, phone`);
		}
	},

	'English is whole, too, and the choice of a language stays': async (page) => {
		const choose = async (button, language, said) => {
			await page.goto('/search?q=1758');
			await page.getByRole('button', { name: button }).click();
			await page.locator(`html[lang=${language}]`).waitFor();
			await page.locator('.count-line', { hasText: said }).waitFor();
		};
		await choose('English', 'en', '1 document');
		for (const [name, shown] of Object.entries(pages())) {
			await show(page, shown);
			await speaks(page, 'en', name);
		}
		await choose('Tiếng Việt', 'vi', '1 văn bản');
	},

	'every page has a title of its own and one main heading': async (page) => {
		const titles = new Set();
		const all = pages();
		for (const name of ['the search page', 'a document', 'the review page', 'the intake page', 'saved searches', 'an address that leads nowhere']) {
			await show(page, all[name]);
			assert.equal(await page.locator('h1').count(), 1, name);
			titles.add(await page.title());
		}
		assert.equal(titles.size, 6);
	},

	'the keyboard passes every control, and one sees where it is': async (page) => {
		await show(page, pages()['the search page']);
		await page.locator('body').press('Tab');
		await page.evaluate(() => document.activeElement.blur());
		const seen = new Set();
		for (let i = 0; i < 40; i += 1) {
			await page.keyboard.press('Tab');
			const at = await page.evaluate(() => {
				const one = document.activeElement;
				const { outlineStyle, outlineWidth } = getComputedStyle(one);
				return { name: `${one.tagName} ${one.textContent || one.id}`, visible: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2, body: one === document.body };
			});
			if (at.body) break;
			assert.ok(at.visible, at.name);
			seen.add(at.name);
		}
		assert.ok(seen.size > 15, [...seen].join());
	},

	'the skip link leads past the navigation': async (page) => {
		await show(page, pages()['saved searches']);
		await page.locator('.skip').focus();
		await page.keyboard.press('Enter');
		assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
	},

	'the theme follows the system until one is chosen, which stays': async (none, { someone }) => {
		const person = await someone({ theme: 'dark' });
		const page = await person.newPage();
		const theme = () => page.evaluate(() => document.documentElement.dataset.theme);
		await show(page, pages()['saved searches']);
		assert.equal(await theme(), 'dark');
		await page.getByRole('button', { name: 'Nền sáng' }).click();
		assert.equal(await theme(), 'light');
		await page.reload();
		assert.equal(await theme(), 'light');
		await person.close();
	},
};
