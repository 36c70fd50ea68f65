/* Numbers, days, times and sizes, as the reader's language writes them. */
import { language, t } from './i18n.js';

const EMPTY = '';

export const number = (value) => new Intl.NumberFormat(language()).format(value);

export const percent = (share) => new Intl.NumberFormat(language(), { style: 'percent' }).format(share);

/** An ISO day, perhaps cut short ('2023-09', '2023'). A day has no time zone, so none is applied. */
export function day(iso) {
	const parts = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?$/.exec(iso ?? '');
	if (!parts) return iso ?? EMPTY;
	const [, year, month, date] = parts;
	if (!month) return year;
	if (language() === 'vi') return date ? `${date}/${month}/${year}` : `${month}/${year}`;
	const shape = date ? { day: 'numeric', month: 'short', year: 'numeric' } : { month: 'short', year: 'numeric' };
	return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: 'UTC' }).format(
		new Date(Date.UTC(year, month - 1, date ?? 1)));
}

/** What was typed as a day, in either language's order, as ISO; null where it is none. */
export function parseDay(typed) {
	const text = typed.trim();
	const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
	const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
	if (!local && !iso) return null;
	const [year, month, date] = local ? [local[3], local[2], local[1]] : iso.slice(1);
	const made = new Date(Date.UTC(year, month - 1, date));
	if (made.getUTCDate() !== Number(date) || made.getUTCMonth() !== month - 1) return null;
	return made.toISOString().slice(0, 10);
}

export function time(utc) {
	if (!utc) return EMPTY;
	const shape = { day: '2-digit', month: '2-digit', year: 'numeric', hour: '2-digit', minute: '2-digit' };
	return new Intl.DateTimeFormat(language() === 'vi' ? 'vi-VN' : 'en-GB', shape).format(new Date(utc));
}

export function size(bytes) {
	const units = ['B', 'KB', 'MB', 'GB', 'TB'];
	let value = bytes;
	let unit = 0;
	while (value >= 1024 && unit < units.length - 1) {
		value /= 1024;
		unit += 1;
	}
	const digits = value < 10 && unit > 0 ? 1 : 0;
	return `${new Intl.NumberFormat(language(), { maximumFractionDigits: digits }).format(value)} ${units[unit]}`;
}

/** How sure a value is, in a word: the archive offers 0.9 and more as sure. */
export function sureness(confidence) {
	if (confidence === undefined || confidence === null) return null;
	const word = confidence >= 0.9 ? 'sure' : confidence >= 0.6 ? 'unsure' : 'doubtful';
	return { level: word, text: t('sure.' + word) };
}
