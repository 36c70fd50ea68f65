/* The document page. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { luutru, shown } from './office.mjs';

const find = (query) => JSON.parse(luutru('search', '--json', query)).results[0];

const dispatch = () => find('1758/STTTT-TTBCXB');
const regulation = () => find('quy che phoi hop'); // two pages

async function open(page, id, more = '') {
	await page.goto(`/documents/${id}${more}`);
	await page.waitForFunction(() => document.querySelector('.picture')?.naturalWidth > 0);
}

/* Where a box of fractions lies on screen, by the sheet. */
async function onScreen(page, [x0, y0, x1, y1]) {
	const sheet = await page.locator('.sheet').boundingBox();
	return { x: sheet.x + x0 * sheet.width, y: sheet.y + y0 * sheet.height, width: (x1 - x0) * sheet.width, height: (y1 - y0) * sheet.height };
}

function covers(outer, inner) {
	const slack = 1;
	return outer.x <= inner.x + slack && outer.y <= inner.y + slack && outer.x + outer.width >= inner.x + inner.width - slack
		&& outer.y + outer.height >= inner.y + inner.height - slack;
}

const width = async (page) => (await page.locator('.sheet').boundingBox()).width;

export default {
	'pointing at a field shows its spot on the picture': async (page) => {
		const found = dispatch();
		await open(page, found.id);
		for (const field of ['number', 'signer']) {
			await page.locator(`[data-field=${field}] dd`).hover();
			await page.locator('.spot-mark').waitFor();
			await page.waitForFunction(() => {
				const spot = document.querySelector('.spot-mark').getBoundingClientRect();
				const stage = document.querySelector('.stage').getBoundingClientRect();
				return spot.top >= stage.top && spot.bottom <= stage.bottom;
			});
			const spot = await page.locator('.spot-mark').boundingBox();
			assert.ok(covers(spot, await onScreen(page, found.evidence[field].box)), field);
		}
		await page.locator('h1').hover();
		assert.equal(await page.locator('.spot-mark').count(), 0);
	},

	'so does the focus, by keyboard alone, and it goes to the page of the spot': async (page) => {
		const found = regulation();
		await open(page, found.id, '?page=2');
		const button = page.getByRole('button', { name: /^Số, ký hiệu: chỉ chỗ trên trang 1/ });
		await button.focus();
		await page.locator('.spot-mark').waitFor();
		assert.equal(await page.locator('.page-box').inputValue(), '1');
		assert.ok(!page.url().includes('page='));
	},

	'each value says how sure it is, in words and in figures': async (page) => {
		const found = dispatch();
		await open(page, found.id);
		const said = await page.locator('[data-field=number] .sure').textContent();
		assert.equal(said, `chắc chắn · ${Math.round(found.confidence.number * 100)}%`);
	},

	'a page can be enlarged, turned, fitted and left through': async (page) => {
		await open(page, regulation().id);
		const fitted = await width(page);
		await page.getByRole('button', { name: 'Phóng to' }).click();
		assert.ok(await width(page) > fitted * 1.2);
		await page.keyboard.press('w');
		assert.ok(Math.abs(await width(page) - fitted) < 2);
		await page.getByRole('button', { name: 'Vừa cả trang' }).click();
		const sheet = await page.locator('.sheet').boundingBox();
		const stage = await page.locator('.stage').boundingBox();
		assert.ok(sheet.height <= stage.height);
		await page.keyboard.press('r');
		const turned = await page.locator('.sheet').boundingBox();
		assert.ok(turned.width > turned.height);
		await page.keyboard.press('PageDown');
		await page.waitForURL(/page=2/);
		assert.ok(await page.getByRole('button', { name: 'Trang sau', exact: true }).isDisabled());
		await page.locator('.thumbs button').first().click();
		assert.equal(await page.locator('.page-box').inputValue(), '1');
		await page.locator('.page-box').fill('2');
		await page.locator('.page-box').press('Enter');
		await page.waitForURL(/page=2/);
	},

	'the picture is fetched finer when it is shown larger': async (page) => {
		await open(page, dispatch().id);
		const before = await page.locator('.picture').evaluate((picture) => picture.naturalWidth);
		for (let i = 0; i < 3; i += 1) await page.keyboard.press('+');
		await page.waitForFunction((width) => document.querySelector('.picture').naturalWidth > width, before);
	},

	'n and N go from hit to hit, over pages': async (page) => {
		await open(page, regulation().id, '?q=quy+che');
		await page.locator('.hit-mark.now').waitFor();
		const count = Number(/\/(\d+)/.exec(await page.locator('.hit-count').textContent())[1]);
		const pages = new Set();
		for (let i = 0; i < count; i += 1) {
			await page.keyboard.press('n');
			pages.add(await page.locator('.page-box').inputValue());
		}
		assert.deepEqual([...pages].sort(), ['1', '2']);
		await page.keyboard.press('N');
		assert.match(await page.locator('.hit-count').textContent(), new RegExp(`^\\d+/${count} `));
	},

	'the text of the page stands beside it, hits marked, to be copied': async (page) => {
		const found = dispatch();
		await open(page, found.id, '?q=quyen+con+nguoi');
		await page.getByRole('tab', { name: 'Nội dung' }).click();
		await page.locator('.page-text mark').first().waitFor();
		const text = JSON.parse(luutru('show', '--json', '--text', `id:${found.id}`)).pages[0].text;
		assert.equal(await page.locator('.page-text').textContent(), text);
		await page.keyboard.press('ArrowRight');
		assert.equal(await page.locator('[role=tab][aria-selected=true]').textContent(), 'Liên quan');
	},

	'what it cites and what is like it are listed': async (page) => {
		const found = regulation();
		await open(page, found.id);
		await page.getByRole('tab', { name: 'Liên quan' }).click();
		await page.locator('.tree', { hasText: found.references[0].number }).waitFor();
		await page.locator('.documents a').first().waitFor();
	},

	'the original comes down byte for byte': async (page) => {
		const found = dispatch();
		await open(page, found.id);
		const wait = page.waitForEvent('download');
		await page.getByRole('link', { name: 'Tải bản gốc' }).click();
		const bytes = readFileSync(await (await wait).path());
		assert.equal(createHash('sha256').update(bytes).digest('hex'), found.sha256);
	},

	'printing prints the pages and nothing else': async (page) => {
		await open(page, regulation().id);
		await page.evaluate(() => {
			window.print = () => {
				const sheets = [...document.querySelectorAll('.print-pages img')];
				window.printed = { sheets: sheets.length, ready: sheets.every((one) => one.naturalWidth > 1000), alone: document.body.classList.contains('printing') };
			};
		});
		await page.getByRole('button', { name: 'In văn bản' }).click();
		await page.waitForFunction(() => window.printed);
		assert.deepEqual(await page.evaluate(() => window.printed), { sheets: 2, ready: true, alone: true });
		await page.waitForFunction(() => !document.querySelector('.print-pages'));
	},

	'a field is put right in place, with completion, and taken back': async (page) => {
		const { id, issuer } = find('dau xuan nam 2008');
		await open(page, id);
		await page.getByRole('button', { name: 'Sửa: Cơ quan ban hành' }).click();
		const field = page.locator('[data-field=issuer] input');
		await field.fill('so noi v');
		await page.getByRole('option', { name: /Sở Nội vụ/ }).first().waitFor();
		await field.press('ArrowDown');
		await field.press('Enter');
		assert.match(await field.inputValue(), /Sở Nội vụ/);
		await field.press('Enter');
		await page.locator('[data-field=issuer] .value', { hasText: 'Sở Nội vụ' }).waitFor();
		assert.match(shown(id).issuer, /Sở Nội vụ/);
		await page.getByRole('tab', { name: /Lịch sử/ }).click();
		await page.locator('.history', { hasText: issuer }).waitFor();
		await page.getByRole('button', { name: 'Hoàn tác lần sửa cuối' }).click();
		await page.waitForFunction(() => document.querySelectorAll('.history li').length === 2);
		assert.equal(shown(id).issuer, issuer);
	},

	'lists are put right line by line': async (page) => {
		const { id } = dispatch();
		await open(page, id);
		const put = async (name, label, ...lines) => {
			await page.getByRole('button', { name: `Sửa: ${label}` }).click();
			await page.locator(`[data-field=${name}] textarea`).fill(lines.join('\n'));
			await page.locator(`[data-field=${name}] .primary`).click();
			await page.waitForFunction(([field, wanted]) => [...document.querySelectorAll(`[data-field=${field}] li`)]
				.map((one) => one.textContent).join('|') === wanted, [name, lines.join('|')]);
		};
		await put('recipients', 'Nơi nhận', 'Như trên', 'Lưu: VT, TTBCXB');
		await put('references', 'Văn bản liên quan', '20/CV-BCĐ, 2023-09-05, thực hiện', '7/TB-VP');
		assert.deepEqual(shown(id).recipients, ['Như trên', 'Lưu: VT, TTBCXB']);
		assert.deepEqual(shown(id).references.map(({ number }) => number), ['20/CV-BCĐ', '7/TB-VP']);
		const sent = page.waitForRequest((request) => request.url().endsWith('/corrections'));
		await page.getByRole('button', { name: 'Sửa: Nơi nhận' }).click();
		await page.locator('[data-field=recipients] .primary').click();
		assert.deepEqual((await sent).postDataJSON().accept, ['recipients'], 'what was not touched is accepted');
		await put('references', 'Văn bản liên quan', '');
		assert.deepEqual(shown(id).references, []);
		await page.getByRole('button', { name: 'Sửa: Văn bản liên quan' }).click();
		await page.locator('[data-field=references] textarea').fill('không có số');
		await page.locator('[data-field=references] .primary').click();
		await page.locator('[data-field=references] .error-text', { hasText: /\S/ }).waitFor();
	},

	'a day that does not exist is refused beside the field': async (page) => {
		await open(page, dispatch().id);
		await page.getByRole('button', { name: 'Sửa: Ngày ban hành' }).click();
		await page.locator('[data-field=issued_date] input').fill('31/9/2023');
		await page.keyboard.press('Enter');
		await page.locator('[data-field=issued_date] .error-text', { hasText: 'Gõ ngày như' }).waitFor();
		await page.keyboard.press('Escape');
		await page.locator('[data-field=issued_date] input').waitFor({ state: 'detached' });
	},

	'a document that is not there says so': async (page) => {
		await page.goto('/documents/99999');
		await page.getByRole('heading', { name: 'Không có văn bản này' }).waitFor();
	},
};
