/* The review page, and two people at once. */
import assert from 'node:assert/strict';
import { luutru, shown } from './office.mjs';

const left = async (page) => Number(/\d+/.exec(await page.locator('.left').textContent())[0]);

const current = async (page) => Number(/documents\/(\d+)/.exec(await page.locator('.which a').getAttribute('href'))[1]);

const waiting = () => JSON.parse(luutru('review', '--json', '--limit', '0'));

async function open(page, address = '/review') {
	await page.goto(address);
	await page.locator('.doubt-card').waitFor();
}

/* Nothing but the keyboard: the place of doubt has the focus when it appears. */
async function typeNumber(page, number) {
	const before = await current(page);
	await page.keyboard.type(number);
	await page.keyboard.press('Enter');
	await page.waitForFunction((id) => !document.querySelector('.which a')?.getAttribute('href').includes(`/documents/${id}?`), before);
	return before;
}

const STTTT = '/review?q=viec+cho+xem+lai'; // the dispatches that the tests made

export default {
	'ten documents are put right by keyboard alone': async (page) => {
		await open(page, STTTT);
		const before = await left(page);
		const done = [];
		for (let i = 0; i < 10; i += 1) done.push(await typeNumber(page, `${700 + i}/STTTT-TTBCXB`));
		assert.equal(await left(page), before - 10);
		done.forEach((id, index) => {
			const document = shown(id);
			assert.equal(document.number, `${700 + index}/STTTT-TTBCXB`);
			assert.equal(document.needs_review, false);
		});
	},

	'the worst stand first, each with its cut-out and its doubt in words': async (page) => {
		await open(page);
		const first = waiting().results[0];
		assert.equal(await current(page), first.id);
		await page.waitForFunction(() => document.querySelector('.cut-out img').naturalWidth > 0);
		const { width } = await page.locator('.cut-out img').boundingBox();
		assert.ok(width > 700, `the cut-out is large: ${width}`);
		assert.match(await page.locator('.why').textContent(), /không tìm thấy|không đọc được|chưa chắc chắn/);
		assert.equal(await page.locator('.queue button').count(), Math.min(20, waiting().total));
	},

	'skipping leaves everything as it is': async (page) => {
		await open(page, STTTT);
		const before = await current(page);
		const { revision } = shown(before);
		await page.keyboard.press('Escape');
		await page.keyboard.press('s');
		await page.waitForFunction((id) => !document.querySelector('.which a').getAttribute('href').includes(`/documents/${id}?`), before);
		assert.equal(shown(before).revision, revision);
	},

	'what was noted is taken back by one key': async (page) => {
		await open(page, STTTT);
		const id = await typeNumber(page, '811/STTTT-TTBCXB');
		assert.equal(shown(id).number, '811/STTTT-TTBCXB');
		await page.keyboard.press('Escape');
		await page.keyboard.press('u');
		await page.waitForFunction((back) => document.querySelector('.which a').getAttribute('href').includes(`/documents/${back}?`), id);
		assert.equal(shown(id).number, null);
	},

	'a candidate is chosen by its digit': async (page) => {
		const document = waiting().results.find((one) => one.candidates.number?.length && !one.number);
		if (!document) return; // the handwriting of the sample was read for sure
		await open(page, `/review?q=${encodeURIComponent(document.subject)}`);
		const [best] = document.candidates.number;
		assert.match(await page.locator('.candidate').first().textContent(), new RegExp(best.value.replaceAll('/', '\\/')));
		await page.keyboard.press('1');
		await page.locator('.toast', { hasText: best.value }).waitFor();
		assert.equal(shown(document.id).number, best.value);
	},

	'there is none is an answer too': async (page) => {
		await open(page, STTTT);
		const id = await current(page);
		await page.keyboard.press('Enter');
		await page.locator('.said', { hasText: 'Gõ giá trị' }).waitFor();
		await page.getByRole('button', { name: /Không có/ }).click();
		await page.locator('.toast').waitFor();
		const document = shown(id);
		assert.equal(document.number, null);
		assert.equal(document.doubts.filter((doubt) => doubt.field === 'number').length, 0);
	},

	'v shows the whole page': async (page) => {
		await open(page, STTTT);
		await page.keyboard.press('Escape');
		await page.keyboard.press('v');
		await page.locator('.cut-out .viewer .spot-mark').waitFor();
		await page.keyboard.press('v');
		await page.locator('.cut-out > img').waitFor();
	},

	'two people at once never overwrite each other': async (page, { person }) => {
		await open(page, STTTT);
		const id = await current(page);
		const other = await person.newPage();
		await open(other, STTTT);
		assert.equal(await current(other), id);
		await typeNumber(other, '901/STTTT-TTBCXB');
		await page.keyboard.type('902/STTTT-TTBCXB');
		await page.keyboard.press('Enter');
		const conflict = page.locator('.conflict');
		await conflict.waitFor();
		assert.match(await conflict.textContent(), /901\/STTTT-TTBCXB/);
		assert.match(await conflict.textContent(), /902\/STTTT-TTBCXB/);
		assert.equal(shown(id).number, '901/STTTT-TTBCXB');
		await page.getByRole('button', { name: 'Giữ của họ' }).click();
		await conflict.waitFor({ state: 'detached' });
		assert.equal(shown(id).number, '901/STTTT-TTBCXB');
	},

	'writing it all the same is a choice of its own': async (page) => {
		await open(page, STTTT);
		const id = await current(page);
		luutru('correct', '--by', 'người khác', `id:${id}`, 'number=911/STTTT-TTBCXB');
		await page.keyboard.type('912/STTTT-TTBCXB');
		await page.keyboard.press('Enter');
		await page.locator('.conflict', { hasText: 'người khác' }).waitFor();
		await page.getByRole('button', { name: 'Vẫn ghi của tôi' }).click();
		await page.locator('.toast', { hasText: '912' }).waitFor();
		assert.equal(shown(id).number, '912/STTTT-TTBCXB');
	},
};
