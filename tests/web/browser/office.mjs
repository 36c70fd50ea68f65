/* The office that the tests work in: an archive, servers on it, and people with a browser each. */
import { execFileSync, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync, mkdirSync } from 'node:fs';

const { BUILD, CHROMIUM, DIR, TOP } = process.env;
const fetched = createRequire(`${BUILD}/browser/`);

export const AXE = fetched.resolve('axe-core/axe.min.js');
export const ARCHIVE = `${DIR}/archive`;
const PYTHON = '/usr/bin/python3'; // with the modules of packages.sh, whatever stands first in PATH
const LIMIT = 40000; // ms for anything to appear: machines that test are busy

/* Text layers of three kinds and two scans: what reading costs is tested elsewhere. */
const SAMPLES = ['chi-thi-tcvn3.pdf', 'cong-van-1758.pdf', 'du-thao-chua-so.pdf', 'quyet-dinh-quy-che.pdf', 'thong-bao-nfd.pdf',
	'cong-van-so-viet-tay.pdf'];

/** Documents without a number, as many as the tests of the review page need. */
export const DOUBTFUL = 14;

const environment = { ...process.env, LANGUAGE: 'en', LC_ALL: 'C.UTF-8' };

/** Runs luutru on the archive and gives what it printed. */
export function luutru(...words) {
	return execFileSync(`${BUILD}/luutru`, ['--archive', ARCHIVE, ...words], { encoding: 'utf8', env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
}

export const shown = (id) => JSON.parse(luutru('show', '--json', `id:${id}`));

/** A born-digital dispatch: its path. */
export function dispatch(name, number, body, subject) {
	const path = `${DIR}/in/${name}.pdf`;
	mkdirSync(`${DIR}/in`, { recursive: true });
	execFileSync(PYTHON, [`${TOP}/tests/cli/dispatch.py`, path, number, body, subject]);
	return path;
}

function makeArchive() {
	const doubtful = Array.from({ length: DOUBTFUL }, (none, index) =>
		dispatch(`cho-${index}`, '      /STTTT-TTBCXB', `Văn bản chờ xem lại thứ ${index}.`, `việc chờ xem lại số ${index}`));
	luutru('ingest', ...SAMPLES.map((name) => `${TOP}/samples/${name}`), ...doubtful);
}

const servers = [];

function start(words) {
	return new Promise((resolve, reject) => {
		const server = spawn(`${BUILD}/luutru`, ['--archive', ARCHIVE, 'serve', '--port', '0', ...words], { env: environment, stdio: ['ignore', 'inherit', 'pipe'] });
		let said = '';
		const late = setTimeout(() => reject(new Error(`the server does not start: ${said}`)), LIMIT);
		servers.push(server);
		server.stderr.on('data', (data) => {
			process.stderr.write(data);
			said += data;
			const address = /https?:\/\/[^\s/]+:\d+/.exec(said);
			if (!address) return;
			clearTimeout(late);
			resolve(address[0]);
		});
		server.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
	});
}

export async function stop() {
	await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => {
		server.removeAllListeners('exit');
		server.on('exit', resolve);
		if (server.exitCode !== null) resolve();
		server.kill('SIGTERM');
	})));
}

export const chromium = () => fetched('playwright-core').chromium.launch({
	executablePath: CHROMIUM,
	args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
		'--disable-component-update', '--disable-sync'],
});

/** Who has an account where users are kept: name → {role, password}. */
export const ACCOUNTS = {
	an: { role: 'archivist', password: 'mat khau cua an 1' },
	binh: { role: 'archivist', password: 'mat khau cua binh 2' },
	chi: { role: 'reader', password: 'mat khau cua chi 3' },
	dung: { role: 'administrator', password: 'mat khau cua dung 4' },
};

/* From now on everybody must log in. */
function addAccounts() {
	for (const [name, { role, password }] of Object.entries(ACCOUNTS)) {
		execFileSync(`${BUILD}/luutru`, ['--archive', ARCHIVE, 'user', 'add', name, '--role', role], { env: environment, input: `${password}\n` });
	}
}

/** {someone({size, theme, language})}: a person before a browser of their own. */
export async function office(browser, { accounts = false } = {}) {
	if (!existsSync(ARCHIVE)) makeArchive();
	if (accounts) addAccounts();
	const base = await start([]);
	const someone = async ({ size = [1366, 768], theme = 'light', language = 'vi-VN' } = {}) => {
		const person = await browser.newContext({ baseURL: base, viewport: { width: size[0], height: size[1] }, colorScheme: theme,
			locale: language, timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce', acceptDownloads: true });
		person.setDefaultTimeout(LIMIT);
		return person;
	};
	return { someone };
}
