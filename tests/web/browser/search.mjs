/* The search page. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { luutru } from './office.mjs';

const BOX = '#q';
const LINKS = '.hit-link';

const firstNumber = (page) => page.locator('.hit .number').first().textContent();

async function search(page, address) {
	await page.goto(address);
	await page.locator(`${LINKS}, .empty`).first().waitFor();
}

/* The address is part of what is promised: it is waited for like anything on the page. */
const addressIs = (page, pattern) => page.waitForURL((address) => pattern.test(address.pathname + address.search));

export default {
	'words typed without marks find documents as they are typed': async (page) => {
		await page.goto('/');
		await page.locator(BOX).pressSequentially('quyen con nguoi', { delay: 10 });
		await addressIs(page, /^\/search\?q=quyen\+con\+nguoi$/);
		await page.locator('.snippet mark', { hasText: /quyền/i }).first().waitFor();
		assert.match(await page.locator('.count-line').textContent(), /\d+ văn bản/);
		assert.match(await page.locator('.hit-why').first().textContent(), /trang \d+\/\d+/);
		assert.equal(await page.title(), 'quyen con nguoi · luutru');
	},

	'a number is found at once and says so': async (page) => {
		await search(page, '/search?q=1758');
		assert.equal(await firstNumber(page), '1758/STTTT-TTBCXB');
		assert.match(await page.locator('.hit-why').first().textContent(), /đúng số, ký hiệu/);
	},

	'it opens at the page of the hit, with the hits on the picture': async (page) => {
		await search(page, '/search?q=quy+che+phoi+hop');
		const link = page.locator(LINKS).first();
		const wanted = new URL(await link.getAttribute('href'), 'http://x');
		await link.click();
		await page.locator('.hit-mark.now').waitFor();
		assert.equal(new URL(page.url()).searchParams.get('q'), 'quy che phoi hop');
		assert.equal(await page.locator('.page-box').inputValue(), wanted.searchParams.get('page') ?? '1');
		const mark = await page.locator('.hit-mark.now').boundingBox();
		const sheet = await page.locator('.sheet').boundingBox();
		assert.ok(mark.x >= sheet.x && mark.x + mark.width <= sheet.x + sheet.width && mark.height < sheet.height / 20);
		assert.match(await page.locator('.hit-count').textContent(), /^\d+\/\d+ chỗ khớp$/);
	},

	'back shows the list as it was, forward the document, and an address can be sent on': async (page, { person }) => {
		await search(page, '/search?q=van+ban&sort=oldest');
		const before = await page.locator('.hit .number').allTextContents();
		await page.locator(LINKS).nth(2).click();
		await page.locator('.picture').waitFor();
		const document = page.url();
		await page.goBack();
		await page.locator(LINKS).nth(2).waitFor();
		assert.deepEqual(await page.locator('.hit .number').allTextContents(), before);
		await page.waitForFunction(() => document.activeElement?.matches('li:nth-child(3) .hit-link'));
		await page.goForward();
		await page.waitForURL(document);
		await page.locator('.picture').waitFor();
		await page.keyboard.press('Escape');
		await page.waitForFunction(() => document.activeElement?.matches('li:nth-child(3) .hit-link'));
		const other = await person.newPage();
		await search(other, '/search?q=van+ban&sort=oldest');
		assert.deepEqual(await other.locator('.hit .number').allTextContents(), before);
		assert.equal(await other.locator('#order').inputValue(), 'oldest');
	},

	'filters narrow with their counts, show as chips and come off again': async (page) => {
		await search(page, '/search?q=');
		const choice = page.locator('.choice', { hasText: 'Chỉ thị' });
		const count = Number(await choice.locator('.count').textContent());
		await choice.click();
		await addressIs(page, /type=Ch/);
		await page.waitForFunction((n) => document.querySelectorAll('.hit').length === n, count);
		assert.equal(await page.locator('.choice[aria-pressed=true]').textContent(), `Chỉ thị${count}`);
		await page.locator('.chip').click();
		await addressIs(page, /^\/search$/);
		await page.goBack();
		await page.locator('.chip', { hasText: 'Chỉ thị' }).waitFor();
	},

	'documents that need an eye are counted, and narrowed to': async (page) => {
		await search(page, '/search');
		const choice = page.locator('.choice', { hasText: 'Cần xem lại' });
		await choice.locator('.count').waitFor();
		const count = Number(await choice.locator('.count').textContent());
		assert.equal(count, JSON.parse(luutru('review', '--json', '--limit', '0')).total);
		await choice.click();
		await addressIs(page, /status=review/);
		await page.waitForFunction((n) => document.querySelector('.count-line').textContent.includes(`${n} văn bản`), count);
		assert.equal(await page.locator('.hit:not(:has(.badge.doubt))').count(), 0);
	},

	'days limit the list, and what is no day is said beside the field': async (page) => {
		await search(page, '/search');
		await page.locator('#filter-from').fill('hôm qua');
		await page.locator('#filter-from').press('Tab');
		await page.locator('#from-error', { hasText: 'Gõ ngày' }).waitFor();
		await page.locator('#filter-from').fill('1/1/2024');
		await page.locator('#filter-from').press('Tab');
		await addressIs(page, /from=1%2F1%2F2024/);
		for (const day of await page.locator('.hit-date').allTextContents()) assert.ok(!/20[01]\d|202[0-3]|19/.test(day.slice(-4)), day);
	},

	'the order can be changed and stands in the address': async (page) => {
		await search(page, '/search?q=van+ban');
		await page.locator('#order').selectOption('date');
		await addressIs(page, /sort=date/);
		const days = await page.locator('.hit-date').evaluateAll((all) => all.map((one) => one.textContent.split('/').reverse().join()));
		const known = days.filter((day) => /^\d/.test(day));
		assert.deepEqual(known, [...known].sort().reverse());
	},

	'a late answer to earlier words is dropped': async (page) => {
		let release;
		const held = new Promise((resolve) => { release = resolve; });
		await page.route(/api\/v1\/search\?.*q=chi(&|$)/, async (route) => {
			await held;
			await route.continue().catch(() => {});
		});
		await page.goto('/search?q=chi');
		await page.locator(BOX).fill('1758');
		await page.locator('.number', { hasText: '1758' }).waitFor();
		release();
		await page.waitForLoadState('networkidle');
		assert.equal(await firstNumber(page), '1758/STTTT-TTBCXB');
	},

	'the keyboard does all of it': async (page) => {
		await search(page, '/search?q=van+ban');
		await page.locator(BOX).press('ArrowDown');
		const at = () => page.evaluate((links) => [...document.querySelectorAll(links)].indexOf(document.activeElement), LINKS);
		assert.equal(await at(), 0);
		await page.keyboard.press('j');
		await page.keyboard.press('ArrowDown');
		assert.equal(await at(), 2);
		await page.keyboard.press('k');
		assert.equal(await at(), 1);
		await page.keyboard.press('/');
		assert.ok(await page.locator(BOX).evaluate((box) => box === document.activeElement));
		await page.keyboard.press('ArrowDown');
		await page.keyboard.press('Enter');
		await page.waitForURL(/documents/);
		await page.locator('.picture').waitFor();
		await page.keyboard.press('Escape');
		await page.waitForURL(/search\?q=van/);
		await page.locator(LINKS).first().waitFor();
		await page.locator(BOX).press('Escape');
		await addressIs(page, /^\/search$/);
	},

	'? lists the keys, and single keys can be switched off': async (page) => {
		await search(page, '/search?q=van+ban');
		await page.locator(BOX).press('ArrowDown');
		await page.keyboard.press('?');
		await page.locator('dialog', { hasText: 'Phím tắt' }).waitFor();
		await page.locator('#key-toggle').uncheck();
		await page.keyboard.press('Escape');
		await page.locator('dialog').waitFor({ state: 'detached' });
		await page.keyboard.press('/');
		assert.ok(await page.locator(BOX).evaluate((box) => box !== document.activeElement));
	},

	'a search is saved under a name, opened again and forgotten': async (page) => {
		await search(page, '/search?q=tuyen+truyen&year=2023');
		await page.getByRole('button', { name: 'Lưu tìm kiếm' }).click();
		await page.locator('#saved-name').fill('Tuyên truyền 2023');
		await page.locator('#saved-name').press('Enter');
		await page.locator('.toast', { hasText: 'Tuyên truyền 2023' }).waitFor();
		await page.goto('/saved');
		await page.locator('.saved a').click();
		await page.locator(`${LINKS}`).first().waitFor();
		assert.equal(await page.locator(BOX).inputValue(), 'tuyen truyen ngay:2023');
		await page.goto('/saved');
		await page.getByRole('button', { name: 'Xóa' }).click();
		await page.getByText('Chưa lưu tìm kiếm nào').waitFor();
	},

	'the list can be taken along as CSV and XLSX': async (page) => {
		await search(page, '/search?q=1758');
		for (const [format, begins] of [['CSV', /./], ['XLSX', /^PK/]]) {
			const wait = page.waitForEvent('download');
			await page.getByRole('link', { name: format }).click();
			const bytes = readFileSync(await (await wait).path());
			assert.match(bytes.toString('latin1'), begins);
			if (format === 'CSV') assert.match(bytes.toString('utf8'), /1758\/STTTT-TTBCXB/);
		}
	},

	'nothing found is said, with what to try': async (page) => {
		await search(page, '/search?q=khongcogica');
		await page.locator('.empty', { hasText: 'Không có văn bản nào khớp' }).waitFor();
		await search(page, '/search?q=1758&year=1990');
		await page.getByRole('button', { name: 'Bỏ mọi điều kiện lọc' }).click();
		await page.locator('.number', { hasText: '1758' }).waitFor();
	},

	'a broken line is said, and trying again goes on': async (page) => {
		await page.route('**/api/v1/search?**', (route) => route.abort());
		await page.goto('/search?q=1758');
		await page.locator('.error', { hasText: 'Không kết nối được' }).waitFor();
		await page.unroute('**/api/v1/search?**');
		await page.getByRole('button', { name: 'Thử lại' }).click();
		await page.locator('.number', { hasText: '1758' }).waitFor();
	},
};
