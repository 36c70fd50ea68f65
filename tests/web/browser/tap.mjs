/* A test: one behaviour, a page of its own. What it leaves on screen when it fails is kept as a picture. */
import { mkdirSync } from 'node:fs';

let number = 0;
let failed = 0;

/* What the browser itself complains of: broken scripts, refused by the policy. */
function complaints(page) {
	const said = [];
	page.on('pageerror', (error) => said.push(error.stack));
	page.on('console', (message) => {
		/* An answer of 401, 403, 404, 409 or a line cut on purpose is no fault of the page. */
		if (message.type() === 'error' && !/Failed to load resource|net::ERR_/.test(message.text())) said.push(message.text());
	});
	return said;
}

async function picture(page) {
	const folder = `${process.env.BUILD}/browser/failed`;
	mkdirSync(folder, { recursive: true });
	await page.screenshot({ path: `${folder}/${number}.png` }).catch(() => {});
}

async function one(name, body, office) {
	number += 1;
	const person = await office.someone();
	const page = await person.newPage();
	const said = complaints(page);
	try {
		await body(page, { ...office, person });
		if (said.length) throw new Error(`the browser complained: ${said.join(' | ')}`);
		console.log(`ok ${number} - ${name}`);
	} catch (error) {
		failed += 1;
		await picture(page);
		console.log(`not ok ${number} - ${name}\n${(error.stack + said.join('\n')).replace(/^/gm, '# ')}`);
	}
	await person.close();
}

/** tests: {name: async (page, office) => …}. */
export async function run(tests, office) {
	for (const [name, body] of Object.entries(tests)) await one(name, body, office);
}

run.end = () => {
	console.log(`1..${number}`);
	if (failed) process.exitCode = 1;
};
