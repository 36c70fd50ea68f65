/* The state of a search in the address bar: written shortest, read forgivingly. */

export const PAGE_SIZE = 20;

const SORTS = ['relevance', 'date', 'oldest'];
const STATUSES = ['review', 'done', 'urgent', 'secret'];
export const FILTERS = ['issuer', 'type', 'year', 'status', 'from', 'to'];

/** {q, issuer, type, year, status, from, to, sort, offset, newest}: all strings but offset and newest. */
export function readSearch(search) {
	const given = new URLSearchParams(search);
	const count = (name) => Math.max(0, Math.trunc(given.get(name)) || 0);
	const oneOf = (name, allowed) => (allowed.includes(given.get(name)) ? given.get(name) : '');
	return {
		q: given.get('q') ?? '',
		issuer: given.get('issuer') ?? '',
		type: given.get('type') ?? '',
		year: /^\d{4}$/.test(given.get('year') ?? '') ? given.get('year') : '',
		status: oneOf('status', STATUSES),
		from: given.get('from') ?? '',
		to: given.get('to') ?? '',
		sort: oneOf('sort', SORTS),
		offset: count('offset'),
		newest: count('newest'),
	};
}

export function writeSearch(state) {
	const pairs = new URLSearchParams();
	for (const name of ['q', ...FILTERS, 'sort']) if (state[name]) pairs.set(name, state[name]);
	if (state.offset > 0) {
		pairs.set('offset', state.offset);
		if (state.newest) pairs.set('newest', state.newest);
	}
	const text = pairs.toString();
	return '/search' + (text ? '?' + text : '');
}

/** What the server is asked for. Without words the newest come first, since nothing makes one fit better. */
export function searchQuery(state) {
	const { offset, newest, sort, ...rest } = state;
	return {
		...rest,
		sort: sort || (state.q.trim() ? 'relevance' : 'date'),
		offset: offset || undefined,
		newest: offset > 0 && newest ? newest : undefined,
		limit: PAGE_SIZE,
	};
}

export function documentAddress(id, { page, q } = {}) {
	const pairs = new URLSearchParams();
	if (page && page > 1) pairs.set('page', page);
	if (q) pairs.set('q', q);
	const text = pairs.toString();
	return `/documents/${id}` + (text ? '?' + text : '');
}
