/* Hits in text and on pictures, days, numbers, and the words of both languages. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { asset } from './asset.mjs';

const { isEmptyBox, place, splitMarks } = await asset('marks.js');
const { day, number, parseDay, percent, size, sureness } = await asset('format.js');
const { setLanguage, t, word } = await asset('i18n.js');
const { default: nested } = await asset('words.js');
const { dpiFor } = await asset('viewer.js');
const { placesOf, spotOf } = await asset('doubt.js');

const WORDS = Object.fromEntries(Object.entries(nested).flatMap(([group, entries]) => (Array.isArray(entries) ? [[group, entries]]
	: Object.entries(entries).map(([key, words]) => [key === '_' ? group : `${group}.${key}`, words]))));

const shown = (pieces) => pieces.map(({ text, hit }) => (hit ? `[${text}]` : text)).join('');

test('marks count code points, not the units of JavaScript', () => {
	assert.equal(shown(splitMarks('𝟏𝟐 Quyết định', [[3, 5]])), '𝟏𝟐 [Quyết] định');
});

test('marks may overlap, come in any order and point past the end', () => {
	assert.equal(shown(splitMarks('abcdef', [[4, 9], [0, 2], [1, 2]])), '[ab][c]d[ef]');
	assert.equal(shown(splitMarks('abc', [[7, 1], [1, 0]])), 'abc');
	assert.equal(shown(splitMarks(null, null)), '');
});

test('a box lies on its page in percent and never leaves it', () => {
	assert.deepEqual(place([0.25, 0.1, 0.5, 0.2]), { left: '25.000%', top: '10.000%', width: '25.000%', height: '10.000%' });
	assert.equal(place([0, 0, 1, 1], 0.1).left, '0.000%');
	assert.ok(isEmptyBox([0, 0, 0, 0]) && isEmptyBox(null) && !isEmptyBox([0, 0, 0.1, 0.1]));
});

test('days are written as each language does, whole or cut short', () => {
	setLanguage('vi');
	assert.deepEqual(['2023-09-18', '2023-09', '2023', null, 'tháng 9'].map(day), ['18/09/2023', '09/2023', '2023', '', 'tháng 9']);
	setLanguage('en');
	assert.match(day('2023-09-18'), /^18 Sept? 2023$/);
	assert.deepEqual(['2023-02', '2023'].map(day), ['Feb 2023', '2023']);
	setLanguage('vi');
});

test('days are read as people type them, and days that do not exist are refused', () => {
	assert.equal(parseDay(' 8/9/2023 '), '2023-09-08');
	assert.equal(parseDay('08.09.2023'), '2023-09-08');
	assert.equal(parseDay('2023-9-8'), '2023-09-08');
	for (const wrong of ['31/9/2023', '29/2/2023', '9/2023', 'hôm qua', '', '1/13/2023']) assert.equal(parseDay(wrong), null, wrong);
});

test('numbers go by the language', () => {
	assert.equal(number(1234567), '1.234.567');
	assert.equal(percent(0.94), '94%');
	assert.equal(size(1536), '1,5 KB');
	assert.equal(size(268435456), '256 MB');
	setLanguage('en');
	assert.equal(number(1234567), '1,234,567');
	setLanguage('vi');
});

test('0.9 and more is offered as sure', () => {
	assert.deepEqual([0.9, 0.89, 0.3].map((share) => sureness(share).level), ['sure', 'unsure', 'doubtful']);
	assert.equal(sureness(undefined), null);
});

test('words are filled in, and English knows one from many', () => {
	setLanguage('en');
	assert.equal(t('pages', { n: 1 }), '1 page');
	assert.equal(t('pages', { n: '1,200' }), '1,200 pages');
	setLanguage('vi');
	assert.equal(t('pages', { n: 3 }), '3 trang');
	assert.equal(word('doubt', 'from-a-newer-archive'), 'from-a-newer-archive');
});

test('every key has both languages, with the same places to fill in', () => {
	const places = (text) => [...text.split('|')[0].matchAll(/\{\w+\}/g)].map(String).sort().join();
	for (const [key, [vi, en, ...more]] of Object.entries(WORDS)) {
		assert.ok(vi && en && !more.length, key);
		assert.equal(places(vi), places(en), key);
	}
});

test('every key that the modules name stands in the dictionary, and none stands there in vain', () => {
	const folder = process.env.MODULES;
	const source = readdirSync(folder).filter((name) => name.endsWith('.js') && name !== 'words.js')
		.map((name) => readFileSync(`${folder}/${name}`, 'utf8')).join('\n');
	const named = new Set([...source.matchAll(/'([a-z]+(?:\.[a-z-]+)+|[a-z]+)'/g)].map((found) => found[1]));
	const groups = [...source.matchAll(/'([a-z]+)\.' \+|word\('([a-z]+)'/g)].map((found) => found[1] ?? found[2]);
	for (const [, key] of source.matchAll(/\bt\('([a-z.-]+)'[,)]/g)) assert.ok(WORDS[key], `'${key}' is not in the dictionary`);
	for (const key of Object.keys(WORDS)) {
		assert.ok(named.has(key) || groups.includes(key.split('.')[0]), `'${key}' is used nowhere`);
	}
});

test('pictures are fetched in few resolutions, fine enough for the screen', () => {
	assert.equal(dpiFor(760, 0.707, 1), 100);
	assert.equal(dpiFor(760, 0.707, 2), 200);
	assert.equal(dpiFor(5000, 0.707, 3), 300);
	assert.equal(dpiFor(300, 0.707, 1), 75);
});

test('doubts of one field are one thing to look at, parts of the number go by the number', () => {
	const doubts = [{ field: 'number', code: 'missing' }, { field: 'code_number', code: 'unreadable' }, { field: null, code: 'damaged' },
		{ field: null, code: 'damaged:3' }];
	const places = placesOf({ doubts });
	assert.deepEqual(places.map((one) => [one.field, one.doubts.length]), [['number', 2], [null, 2]]);
	assert.equal(spotOf({ doubts, page_count: 5 }, places[1]).page, 3);
});

test('a field that was not found is looked for where the decree has it', () => {
	const document = { page_count: 4, evidence: { number: { page: 1, box: [0.2, 0.1, 0.3, 0.12] } } };
	assert.deepEqual(spotOf(document, { field: 'number', doubts: [] }), { page: 1, box: [0.2, 0.1, 0.3, 0.12], found: true });
	const signer = spotOf(document, { field: 'signer', doubts: [{ field: 'signer', code: 'missing' }] });
	assert.equal(signer.page, 4);
	assert.equal(signer.found, false);
	assert.ok(signer.box[1] >= 0.4);
});
