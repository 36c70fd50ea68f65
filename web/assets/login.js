/* The log-in page, and what stands where a role may not go. */
import { h } from './dom.js';
import { t } from './i18n.js';
import { go, notice, show } from './router.js';
import { isLoggedOut, loginForm } from './session.js';

export function loginPage() {
	const done = () => {
		dispatchEvent(new Event('luutru:session'));
		if (location.pathname === '/login') go('/search', { replace: true });
		else show({ moved: true, afresh: true });
	};
	if (!isLoggedOut()) setTimeout(done);
	const form = loginForm(done);
	setTimeout(() => form.querySelector('#user').focus());
	return {
		title: t('login.title'),
		element: h('section.narrow.login', h('h1', t('login.title')), h('p.quiet', t('login.why')), form),
	};
}

export const refusedPage = notice('refused.title', 'refused.text');
