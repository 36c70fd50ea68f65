/* The two languages of the page. What documents say is shown as printed, in neither. */
import { recall, remember } from './memory.js';
import WORDS from './words.js';

const LANGUAGES = ['vi', 'en'];

let current = 'vi';

export const language = () => current;

export function setLanguage(code, { keep = false } = {}) {
	current = LANGUAGES.includes(code) ? code : 'vi';
	if (typeof document !== 'undefined') document.documentElement.lang = current;
	if (keep) remember('language', current);
}

export const chosenLanguage = (fromServer) => recall('language') ?? fromServer ?? 'vi';

function entry(key) {
	const [group, ...rest] = key.split('.');
	const found = WORDS[group];
	return Array.isArray(found) ? found : found?.[rest.join('.') || '_'];
}

/** The words for a key. A missing key shows itself, which a test looks for. */
export function t(key, values = {}) {
	const [one, many] = (entry(key)?.[LANGUAGES.indexOf(current)] ?? key).split('|');
	return (many && String(values.n) !== '1' ? many : one).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The words for a code from the archive; the code itself where a newer archive has one unknown here. */
export const word = (group, code) => (entry(`${group}.${code}`) ? t(`${group}.${code}`) : code);
