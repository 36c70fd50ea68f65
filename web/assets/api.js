/* Talks to /api/v1. Every failure becomes a Problem; an ended session is begun anew, and the request sent again. */
import { language, t } from './i18n.js';

const ROOT = '/api/v1/';

export class Problem extends Error {
	constructor(status, body) {
		super(body?.detail || body?.title || t('error.status', { status }));
		this.status = status;
		this.body = body ?? {};
	}
}

let csrf = null;
let askAgain = null; // shows the log-in dialog over the page; resolves once someone has logged in

export function setToken(token) {
	csrf = token;
}

export function whenLoggedOut(ask) {
	askAgain = ask;
}

function headers(more) {
	const all = { 'Accept-Language': language(), ...more };
	if (csrf) all['X-CSRF-Token'] = csrf;
	return all;
}

/** url(['documents', 3, 'pages', 1, 'picture'], {dpi: 100}) */
export function url(path, query) {
	const parts = [path].flat().map((part) => encodeURIComponent(part));
	const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
	const search = new URLSearchParams(pairs).toString();
	return ROOT + parts.join('/') + (search ? '?' + search : '');
}

async function send(method, address, { body, signal } = {}) {
	let response;
	try {
		response = await fetch(address, {
			method,
			signal,
			credentials: 'same-origin',
			headers: headers(body === undefined ? null : { 'Content-Type': 'application/json' }),
			body: body === undefined ? undefined : JSON.stringify(body),
		});
	} catch (error) {
		if (error.name === 'AbortError') throw error;
		throw new Problem(0, { detail: t('error.network') });
	}
	const answer = await response.json().catch(() => null); // none, or none that is JSON
	if (!response.ok) throw new Problem(response.status, answer);
	return answer;
}

export async function call(method, path, { query, ...options } = {}) {
	const address = url(path, query);
	try {
		return await send(method, address, options);
	} catch (error) {
		if (error.status !== 401 || !askAgain || path === 'session') throw error;
		await askAgain();
		return send(method, address, options);
	}
}

export const get = (path, query, signal) => call('GET', path, { query, signal });

export const post = (path, body) => call('POST', path, { body });

/** Sends one file as it is; onProgress is told a share from 0 to 1 (which fetch cannot tell). */
export function upload(file, onProgress) {
	return new Promise((resolve, reject) => {
		const request = new XMLHttpRequest();
		request.open('POST', url('intake', { name: file.name }));
		for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
		request.setRequestHeader('Content-Type', 'application/octet-stream');
		request.responseType = 'json';
		request.upload.addEventListener('progress', (event) => {
			if (event.lengthComputable) onProgress(event.loaded / event.total);
		});
		request.addEventListener('load', () => {
			if (request.status < 300) resolve(request.response);
			else reject(new Problem(request.status, request.response));
		});
		request.addEventListener('error', () => reject(new Problem(0, { detail: t('error.network') })));
		request.send(file);
	});
}
