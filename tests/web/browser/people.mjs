/* Accounts: logging in and out, what each role sees, sessions that end, and who did what. */
import assert from 'node:assert/strict';
import { ACCOUNTS, luutru, shown } from './office.mjs';
import { findings } from './looks.mjs';

const found = () => JSON.parse(luutru('search', '--json', '1758/STTTT-TTBCXB')).results[0].id;

async function logIn(page, name, address = '/') {
	await page.goto(address);
	await page.locator('#user').fill(name);
	await page.locator('#password').fill(ACCOUNTS[name].password);
	await page.keyboard.press('Enter');
	await page.locator('.who', { hasText: name }).waitFor();
}

export default {
	'nothing is shown before the log-in; a wrong password is said': async (page, { someone }) => {
			for (const theme of ['light', 'dark']) {
			const person = await someone({ theme });
			const other = await person.newPage();
			await other.goto(`/documents/${found()}?page=1`);
			await other.getByRole('heading', { name: 'Đăng nhập' }).waitFor();
			assert.equal(await other.locator('.bar nav a').count(), 0);
			assert.deepEqual(await findings(other), []);
			await person.close();
		}
		await page.goto('/search');
		await page.locator('#user').fill('an');
		await page.locator('#password').fill('sai');
		await page.keyboard.press('Enter');
		await page.locator('[role=alert]', { hasText: 'không đúng' }).waitFor();
		assert.equal(await page.locator('#user').inputValue(), 'an');
	},

	'the log-in leads to the address that was asked for, and out again': async (page) => {
		await logIn(page, 'an', '/search?q=1758');
		await page.locator('.number', { hasText: '1758' }).waitFor();
		await page.getByRole('button', { name: 'Đăng xuất' }).click();
		await page.locator('#user').waitFor();
		await page.goto('/search?q=1758');
		await page.locator('#user').waitFor();
	},

	'a reader is shown and given nothing that is not for readers': async (page) => {
		await logIn(page, 'chi', '/search');
		assert.deepEqual(await page.locator('.bar nav a').allTextContents(), ['Tìm kiếm', 'Đã lưu']);
		for (const address of ['/review', '/intake', '/access']) {
			await page.goto(address);
			await page.getByRole('heading', { name: 'Không có quyền' }).waitFor();
		}
		await page.goto(`/documents/${found()}`);
		await page.locator('[data-field=number] .value').waitFor();
		assert.equal(await page.getByRole('button', { name: /^Sửa:/ }).count(), 0);
		const answers = await page.evaluate(async (id) => {
			const { csrf } = await (await fetch('/api/v1/session')).json();
			const body = JSON.stringify({ revision: 1, values: { number: '1/X' } });
			const asked = [['GET', 'review'], ['GET', 'access'], ['POST', `documents/${id}/corrections`]];
			return Promise.all(asked.map(async ([method, path]) => (await fetch(`/api/v1/${path}`, { method, headers: { 'X-CSRF-Token': csrf,
				'Content-Type': 'application/json' }, body: method === 'POST' ? body : undefined })).status));
		}, found());
		assert.deepEqual(answers, [403, 403, 403]);
	},

	'a session that ended loses nothing of what was typed': async (page, { person }) => {
		await logIn(page, 'an', `/documents/${found()}`);
		await page.getByRole('button', { name: 'Sửa: Người ký' }).click();
		const before = shown(found()).signer;
		await page.locator('[data-field=signer] input').fill('Trần Thị Thử');
		await person.clearCookies();
		await page.keyboard.press('Enter');
		await page.locator('dialog', { hasText: 'Phiên làm việc đã hết hạn' }).waitFor();
		assert.deepEqual(await findings(page), []);
		assert.equal(shown(found()).signer, before);
		await page.locator('#password').fill(ACCOUNTS.an.password);
		await page.keyboard.press('Enter');
		await page.locator('[data-field=signer] .value', { hasText: 'Trần Thị Thử' }).waitFor();
		const document = shown(found());
		assert.equal(document.signer, 'Trần Thị Thử');
		assert.equal(document.corrections.at(-1).by, 'an');
	},

	'two archivists: the second is told who was first': async (page, { someone }) => {
		const id = found();
		await logIn(page, 'an', `/documents/${id}`);
		const person = await someone();
		const other = await person.newPage();
		await logIn(other, 'binh', `/documents/${id}`);
		for (const [who, title] of [[other, 'PHÓ GIÁM ĐỐC'], [page, 'CHỦ TỊCH']]) {
			await who.getByRole('button', { name: 'Sửa: Chức vụ' }).click();
			await who.locator('[data-field=signer_title] input').fill(title);
			await who.keyboard.press('Enter');
			await who.locator(who === other ? '[data-field=signer_title] .value' : '.conflict').first().waitFor();
		}
		assert.match(await page.locator('.conflict').textContent(), /binh.*PHÓ GIÁM ĐỐC.*CHỦ TỊCH/s);
		assert.equal(shown(id).signer_title, 'PHÓ GIÁM ĐỐC');
		await person.close();
	},

	'the administrator sees who looked and who changed': async (page) => {
		await logIn(page, 'dung', '/access');
		const row = (who, what) => page.locator('tbody tr', { hasText: who }).filter({ hasText: what }).first();
		await row('chi', 'xem').waitFor();
		await row('an', 'sửa').waitFor();
		await row('binh', 'sửa').waitFor();
		assert.deepEqual(await findings(page), []);
		await page.locator('#access-action').selectOption('correct');
		await page.locator('#access-from').fill('2020-01-31');
		await page.locator('#access-user').fill('binh');
		await page.keyboard.press('Enter');
		await page.waitForURL(/user=binh&action=correct&from=2020-01-31/);
		await page.waitForFunction(() => [...document.querySelectorAll('tbody tr')].every((one) => /binh/.test(one.textContent) && /sửa/.test(one.textContent)));
		await row('binh', 'sửa').waitFor();
		await page.locator('#access-to').fill('2020-01-31');
		await page.keyboard.press('Enter');
		await page.getByText('Không có gì.').waitFor();
		await page.goto('/access');
		await page.locator('#access-document').fill(String(found()));
		await page.keyboard.press('Enter');
		await page.waitForURL(/document=/);
		await page.waitForFunction((id) => [...document.querySelectorAll('tbody tr')].every((one) => one.textContent.includes(`#${id}`)), found());
	},
};
