/* Who is at this browser, and what that role may. */
import { call, get, setToken, whenLoggedOut } from './api.js';
import { dialog, h } from './dom.js';
import { t } from './i18n.js';

const RANKS = ['reader', 'archivist', 'administrator'];

let current = null;

export const session = () => current;

/** Whether the role reaches this rank. Where no users are kept, everybody may do all. */
export function may(rank) {
	if (current && !current.users) return true;
	return RANKS.indexOf(current?.role) >= RANKS.indexOf(rank);
}

export const isLoggedOut = () => Boolean(current?.users && !current.user);

function take(answer) {
	current = answer;
	setToken(answer.csrf);
	return answer;
}

export async function loadSession() {
	try {
		return take(await get('session'));
	} catch (error) {
		if (error.status !== 401) throw error;
		return take({ users: true, user: null, role: null, csrf: null, language: error.body.language ?? null });
	}
}

const logIn = async (user, password) => take(await call('POST', 'session', { body: { user, password } }));

export async function logOut() {
	await call('DELETE', 'session');
	await loadSession();
}

/** The form of name and password; done(session) is called once they are right. */
export function loginForm(done, { user = '' } = {}) {
	const name = h('input', { id: 'user', name: 'user', autocomplete: 'username', required: true, value: user,
		autocapitalize: 'none', spellcheck: 'false' });
	const password = h('input', { id: 'password', name: 'password', type: 'password', autocomplete: 'current-password',
		required: true });
	const said = h('p.error-text', { role: 'alert' });
	const button = h('button.primary', { type: 'submit' }, t('login.title'));
	const submit = async (event) => {
		event.preventDefault();
		button.disabled = true;
		said.textContent = '';
		try {
			done(await logIn(name.value.trim(), password.value));
		} catch (error) {
			said.textContent = error.status === 401 ? t('login.wrong') : error.message;
			password.value = '';
			password.focus();
		}
		button.disabled = false;
	};
	return h('form.login-form', { onsubmit: submit, method: 'post' },
		h('p', h('label', { for: 'user' }, t('login.user')), name),
		h('p', h('label', { for: 'password' }, t('login.password')), password),
		said, h('p', button));
}

let asking = null;

/* One dialog, however many requests found the session ended. It can only be left by logging in: behind it
	 stands what was typed. */
function askAgain() {
	asking ??= new Promise((resolve) => {
		const form = loginForm((answer) => {
			asking = null;
			box.close();
			resolve(answer);
		}, { user: current?.user ?? '' });
		const box = dialog(t('login.expired'), [h('p', t('login.expired.why')), form], { class: 'login-dialog' });
		box.addEventListener('close', () => {
			if (!asking) return;
			document.body.append(box);
			box.showModal();
		});
		form.querySelector(current?.user ? '#password' : '#user').focus();
	});
	return asking;
}

whenLoggedOut(askAgain);
