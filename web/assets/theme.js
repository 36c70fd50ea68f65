/* A classic script, before anything is drawn: a dark page must not flash white. */
(() => {
	const dark = matchMedia('(prefers-color-scheme: dark)');

	const stored = () => {
		try {
			return localStorage.getItem('luutru.theme');
		} catch {
			return null; // storage may be forbidden: then the system's choice holds
		}
	};

	const apply = () => {
		const chosen = stored();
		const theme = chosen === 'dark' || chosen === 'light' ? chosen : dark.matches ? 'dark' : 'light';
		document.documentElement.dataset.theme = theme;
	};

	dark.addEventListener('change', apply);
	addEventListener('luutru:theme', apply);
	apply();
})();
