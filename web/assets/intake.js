/* The intake page: files dropped here, and each file's way into the archive, live. */
import { get, post, upload, url } from './api.js';
import { announce, fill, h, icon, toast } from './dom.js';
import { number, percent, size, time } from './format.js';
import { t, word } from './i18n.js';
import { forgetAnswers } from './search.js';
import { may, session } from './session.js';

const AT_ONCE = 2; // uploads at the same time
const SHOWN_FILES = 200;
const RECONNECT = [1000, 2000, 5000, 15000]; // ms after the first, second… failure

const STATES = ['seen', 'stored', 'read', 'filed', 'duplicate', 'skipped', 'held', 'quarantined'];
const ENDED = new Set(STATES.slice(3));

const kindOf = (file) => (file.state === 'filed' ? (file.review ? 'doubt' : 'good')
	: file.state === 'quarantined' || file.state === 'failed' ? 'bad' : ENDED.has(file.state) ? 'still' : 'going');

const stateText = (file) => (file.state === 'filed' && file.review ? t('state.review') : word('state', file.state));

function fileRow(file) {
	const where = file.document && h('a', { href: `/documents/${file.document}` }, t('intake.document', { id: file.document }));
	return h('li', { class: `file ${kindOf(file)}`, dataset: { state: file.state } },
		h('span.file-name', file.name),
		h('span.file-state', file.progress === undefined ? stateText(file) : t('intake.sending', { share: percent(file.progress) })),
		file.progress !== undefined && h('progress', { value: file.progress, max: 1, 'aria-label': file.name }),
		h('span.file-where', where, file.review && file.document ? [' · ', h('a', { href: '/review' }, t('nav.review'))] : null),
		h('span.file-at.quiet', time(file.changed_at)),
		file.reason && h('span.file-reason', file.reason));
}

function watcherText(watcher) {
	if (!watcher) return t('watcher.never');
	if (watcher.paused) return t('watcher.paused', { reason: watcher.reason ?? '' });
	if (!watcher.running) return t('watcher.stopped');
	return t('watcher.running', { n: number(watcher.backlog ?? 0), count: watcher.backlog ?? 0 });
}

/** Listens to what becomes of files, and anew after the line broke. */
function follow({ onEvent, onOpen, onLost }) {
	let source = null;
	let failures = 0;
	let timer = 0;
	let ended = false;

	function connect() {
		source = new EventSource(url(['intake', 'events']));
		source.addEventListener('open', () => {
			failures = 0;
			onOpen();
		});
		source.addEventListener('message', (event) => onEvent(JSON.parse(event.data)));
		source.addEventListener('error', () => {
			onLost();
			if (source.readyState === EventSource.CLOSED) again();
		});
	}

	/* A refused stream does not say why: an ordinary request does, and asks for the log-in if need be. */
	function again() {
		source.close();
		const wait = RECONNECT[Math.min(failures, RECONNECT.length - 1)];
		failures += 1;
		timer = setTimeout(async () => {
			await get('intake').catch(() => null);
			if (!ended) connect();
		}, wait);
	}

	connect();
	return () => {
		ended = true;
		clearTimeout(timer);
		source.close();
	};
}

function quarantinePanel() {
	const list = h('ul.files');
	const heading = h('h2', t('quarantine.title'));
	const element = h('section.quarantine', heading, list);

	async function retry(item, button) {
		button.disabled = true;
		try {
			await post(['quarantine', item.id, 'retry']);
			toast(t('quarantine.again', { name: item.name }));
		} catch (error) {
			toast(error.message);
			button.disabled = false;
		}
	}

	async function load() {
		try {
			const { results } = await get('quarantine');
			heading.textContent = results.length ? t('quarantine.count', { n: number(results.length) }) : t('quarantine.title');
			fill(list, results.length ? results.map((item) => h('li.file.bad',
				h('span.file-name', item.name ?? item.source),
				h('span.file-state', h('button', { onclick: (event) => retry(item, event.currentTarget) },
					icon('rotate'), t('retry'))),
				h('span.file-at.quiet', time(item.at)),
				h('span.file-reason', item.reason))) : h('li.quiet', t('quarantine.none')));
		} catch (error) {
			fill(list, h('li.error-text', error.message));
		}
	}
	return { element, load };
}

export function intakePage() {
	const files = new Map(); // id → file, newest first when drawn
	const waiting = []; // files chosen here whose sending has not begun
	let sending = 0;
	let counts = {};
	let drawn = 0;

	const list = h('ul.files', { 'aria-label': t('intake.files') });
	const watcher = h('p.watcher');
	const figures = h('p.figures');
	const line = h('p.lost', { role: 'status' });
	const quarantine = quarantinePanel();
	const limit = session().upload_limit;
	const chooser = h('input', { type: 'file', id: 'chooser', multiple: true, class: 'unseen', onchange: () => {
		take(chooser.files);
		chooser.value = '';
	} });
	const drop = h('div.drop', chooser,
		h('label', { for: 'chooser' }, icon('upload'), h('strong', t('intake.drop')), h('span', t('intake.choose'))),
		h('p.quiet', t('intake.kinds'), limit ? ` ${t('intake.limit', { size: size(limit) })}` : ''));

	const key = (file) => (file.changed_at ? Date.parse(file.changed_at) : Infinity);

	/* Many events come at once: drawn once a frame. */
	function draw() {
		cancelAnimationFrame(drawn);
		drawn = requestAnimationFrame(() => {
			const all = [...files.values()].sort((a, b) => key(b) - key(a)).slice(0, SHOWN_FILES);
			fill(list, all.length ? all.map(fileRow) : h('li.quiet', t('intake.none')));
			fill(figures, STATES.filter((state) => counts[state]).map((state) => h('span.figure',
				h('strong', number(counts[state])), ' ', word('state', state))));
		});
	}

	function put(file) {
		const before = files.get(file.id);
		files.set(file.id, { ...before, ...file, progress: undefined });
		if (file.state !== before?.state && ENDED.has(file.state) && before) announce(`${file.name ?? before.name}: ${stateText(file)}`);
		if (file.state === 'filed') forgetAnswers();
		if (file.state === 'quarantined' || before?.state === 'quarantined') quarantine.load();
	}

	const HEARD = {
		file: ({ file }) => put(file),
		counts: (event) => { counts = event.counts; },
		watcher: (event) => { watcher.textContent = watcherText(event.watcher); },
	};

	async function load() {
		try {
			const answer = await get('intake');
			answer.files.forEach((file) => files.set(file.id, file));
			counts = answer.counts ?? {};
			watcher.textContent = watcherText(answer.watcher);
			line.textContent = '';
			draw();
		} catch (error) {
			line.textContent = error.message;
		}
	}

	function refuse(file, reason) {
		files.set(`local-${file.name}-${files.size}`, { name: file.name, state: 'failed', reason, changed_at: new Date().toISOString() });
	}

	function take(chosen) {
		for (const file of chosen) {
			if (limit && file.size > limit) refuse(file, t('intake.large', { size: size(file.size), limit: size(limit) }));
			else if (!file.size) refuse(file, t('intake.empty'));
			else waiting.push(file);
		}
		draw();
		sendMore();
	}

	async function send(file) {
		const id = `local-${file.name}-${file.lastModified}-${files.size}`;
		const shown = { name: file.name, state: 'seen', progress: 0 };
		files.set(id, shown);
		const onProgress = (share) => {
			shown.progress = share;
			draw();
		};
		try {
			const taken = await upload(file, onProgress).catch(async (error) => {
				if (error.status !== 401) throw error;
				await get('session').then(() => get('intake')); // asks for the log-in; then once more
				return upload(file, onProgress);
			});
			files.delete(id);
			if (!files.has(taken.id)) put({ changed_at: new Date().toISOString(), ...taken });
		} catch (error) {
			files.delete(id);
			refuse(file, error.message);
		}
	}

	function sendMore() {
		while (sending < AT_ONCE && waiting.length) {
			sending += 1;
			send(waiting.shift()).finally(() => {
				sending -= 1;
				draw();
				sendMore();
			});
		}
	}

	const over = (event) => {
		if (!event.dataTransfer?.types.includes('Files')) return;
		event.preventDefault();
		drop.classList.toggle('over', event.type === 'dragover');
	};
	const dropped = (event) => {
		if (!event.dataTransfer?.files.length) return;
		event.preventDefault();
		drop.classList.remove('over');
		take(event.dataTransfer.files);
	};
	const listeners = { dragover: over, dragleave: over, drop: dropped };
	for (const [name, run] of Object.entries(listeners)) addEventListener(name, run);

	const stop = follow({
		onOpen: load,
		onLost: () => { line.textContent = t('intake.lost'); },
		onEvent: (event) => {
			HEARD[event.type]?.(event);
			draw();
		},
	});
	quarantine.load();

	return {
		title: t('nav.intake'),
		close: () => {
			stop();
			cancelAnimationFrame(drawn);
			for (const [name, run] of Object.entries(listeners)) removeEventListener(name, run);
		},
		element: h('div.intake-page', h('h1', t('nav.intake')),
			h('div.intake-top', may('archivist') && drop,
				h('div.intake-state', h('h2', t('watcher.title')), watcher, figures, line)),
			h('div.intake-lists',
				h('section', h('h2', t('intake.files')), list), quarantine.element)),
	};
}
