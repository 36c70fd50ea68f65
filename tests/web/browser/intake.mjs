/* The intake page: files dropped, and their way. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dispatch } from './office.mjs';

const file = (page, name) => page.locator('.intake-lists section:first-child .file', { hasText: name });

const ended = (page, name, state) => page.waitForFunction(([wanted, end]) => [...document.querySelectorAll('.file')]
	.some((row) => row.textContent.includes(wanted) && row.dataset.state === end), [name, state], { timeout: 90000 });

/* Files dropped from outside: the browser gives the page a DataTransfer that holds them. */
async function drop(page, paths) {
	const files = paths.map((path) => ({ name: path.split('/').pop(), bytes: readFileSync(path).toString('base64') }));
	const transfer = await page.evaluateHandle((all) => {
		const held = new DataTransfer();
		for (const { name, bytes } of all) held.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name));
		return held;
	}, files);
	await page.dispatchEvent('.drop', 'dragover', { dataTransfer: transfer });
	await page.dispatchEvent('.drop', 'drop', { dataTransfer: transfer });
}

export default {
	'files dropped are watched becoming filed, live': async (page) => {
		await page.goto('/intake');
		const paths = ['một', 'hai'].map((word, index) => dispatch(`tha-${word}`, `${501 + index}/STTTT-TTBCXB`, `Tệp thả ${word}.`, `thả tệp ${word}`));
		await drop(page, paths);
		await ended(page, 'tha-một.pdf', 'filed');
		await ended(page, 'tha-hai.pdf', 'filed');
		await file(page, 'tha-một.pdf').getByRole('link', { name: /Văn bản #\d+/ }).click();
		await page.getByRole('heading', { name: /501\/STTTT-TTBCXB/ }).waitFor();
	},

	'the same bytes again are a duplicate, and a doubtful one says so': async (page) => {
		const path = dispatch('nghi-ngo', '      /STTTT-VP', 'Tệp không có số.', 'tệp không có số');
		await page.goto('/intake');
		await page.setInputFiles('#chooser', path);
		await ended(page, 'nghi-ngo.pdf', 'filed');
		await file(page, 'nghi-ngo.pdf').getByText('Đã lưu, cần xem lại').waitFor();
		writeFileSync(`${process.env.DIR}/in/lan-hai.pdf`, readFileSync(path));
		await page.setInputFiles('#chooser', `${process.env.DIR}/in/lan-hai.pdf`);
		await ended(page, 'lan-hai.pdf', 'duplicate');
	},

	'a file that cannot be read goes to quarantine with the reason, and is tried again': async (page) => {
		const path = `${process.env.DIR}/in/hong.pdf`;
		writeFileSync(path, '%PDF-1.4\nthis is no document\n');
		await page.goto('/intake');
		await page.setInputFiles('#chooser', path);
		await ended(page, 'hong.pdf', 'quarantined');
		const item = page.locator('.quarantine .file', { hasText: 'hong.pdf' });
		await item.waitFor();
		assert.ok((await item.locator('.file-reason').textContent()).length > 10);
		await item.getByRole('button', { name: 'Thử lại' }).click();
		await page.locator('.toast', { hasText: 'hong.pdf' }).waitFor();
		await page.locator('.quarantine .file', { hasText: 'hong.pdf' }).waitFor();
	},

	'an empty file and one that is too large are refused before they are sent': async (page) => {
		await page.route('**/api/v1/session', async (route) => {
			const answer = await route.fetch();
			await route.fulfill({ response: answer, json: { ...await answer.json(), upload_limit: 10 } });
		});
		await page.goto('/intake');
		await page.getByText('Mỗi tệp nhiều nhất 10 B').waitFor();
		await page.setInputFiles('#chooser', [{ name: 'rong.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
			{ name: 'to.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(11) }]);
		await file(page, 'rong.pdf').getByText('Tệp rỗng').waitFor();
		await file(page, 'to.pdf').getByText(/nhiều nhất được 10 B/).waitFor();
	},

	'a broken line is said, and connected again': async (page) => {
		await page.route('**/api/v1/intake/events', (route) => route.abort());
		await page.goto('/intake');
		await page.locator('.lost', { hasText: 'Mất liên lạc' }).waitFor();
		await page.unroute('**/api/v1/intake/events');
		await page.waitForFunction(() => document.querySelector('.lost').textContent === '');
	},
};
