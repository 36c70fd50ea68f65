/* What this browser remembers: choices for good, the way back for this tab. Storage may be forbidden. */

function attempt(action) {
	try {
		return action();
	} catch {
		return null;
	}
}

export const recall = (name) => attempt(() => localStorage.getItem('luutru.' + name));

export const remember = (name, value) => attempt(() => localStorage.setItem('luutru.' + name, value));

export const recallHere = (name) => attempt(() => JSON.parse(sessionStorage.getItem('luutru.' + name)));

export const rememberHere = (name, value) =>
	attempt(() => sessionStorage.setItem('luutru.' + name, JSON.stringify(value)));
