/* Runs the browser tests one after the other and speaks TAP. Arguments choose groups: run.mjs search review */
import { chromium, office, stop } from './office.mjs';
import { run } from './tap.mjs';

/* The people come last: once there are accounts, nobody gets in without. */
const GROUPS = ['search', 'document', 'review', 'intake', 'looks', 'people'];
const chosen = process.argv.length > 2 ? process.argv.slice(2) : GROUPS;

const browser = await chromium();
try {
	for (const group of chosen) {
		const { default: tests } = await import(`./${group}.mjs`);
		await run(tests, await office(browser, { accounts: group === 'people' }));
		await stop();
	}
} catch (error) {
	console.log(`Bail out! ${error.stack.replaceAll('\n', ' | ')}`);
	process.exitCode = 1;
} finally {
	await browser.close();
	await stop();
}
run.end();
