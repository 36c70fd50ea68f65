/* The state of a search in the address bar. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asset } from './asset.mjs';

const { documentAddress, readSearch, searchQuery, writeSearch } = await asset('address.js');
const { queryText, savedAddress } = await asset('saved.js');

const empty = readSearch('');

test('an empty address is an empty search', () => {
	assert.equal(writeSearch(empty), '/search');
	assert.equal(searchQuery(empty).sort, 'date');
});

test('a search comes back from its address as it was', () => {
	const state = { ...empty, q: 'quyết định "nhân quyền" & 100%', issuer: 'Sở Y tế', type: 'Công văn', year: '2023',
		status: 'review', from: '01/2023', to: '2023-12-31', sort: 'oldest', offset: 40, newest: 18 };
	assert.deepEqual(readSearch(new URL(writeSearch(state), 'http://x').search), state);
});

test('what an address must not say is left out', () => {
	const state = readSearch('?q=a&sort=worst&status=fine&year=23&offset=-5&newest=x');
	assert.deepEqual(state, { ...empty, q: 'a' });
});

test('pages after the first keep to the state of the archive that the first one saw', () => {
	assert.equal(writeSearch({ ...empty, q: 'a', newest: 9 }), '/search?q=a');
	assert.equal(writeSearch({ ...empty, q: 'a', newest: 9, offset: 20 }), '/search?q=a&offset=20&newest=9');
	assert.equal(searchQuery({ ...empty, q: 'a', newest: 9, offset: 20 }).newest, 9);
	assert.equal(searchQuery({ ...empty, q: 'a', newest: 9 }).newest, undefined);
});

test('words are ranked by how well they fit unless another order is chosen', () => {
	assert.equal(searchQuery({ ...empty, q: 'a' }).sort, 'relevance');
	assert.equal(searchQuery({ ...empty, q: 'a', sort: 'date' }).sort, 'date');
});

test('a document opens at the page of the hit', () => {
	assert.equal(documentAddress(7), '/documents/7');
	assert.equal(documentAddress(7, { page: 1, q: '' }), '/documents/7');
	assert.equal(documentAddress(7, { page: 3, q: 'a b' }), '/documents/7?page=3&q=a+b');
});

test('a saved search is one text that the command line reads too', () => {
	const state = { ...empty, q: 'kế hoạch', issuer: 'Sở Y tế', year: '2023', status: 'urgent', to: '9/2023' };
	assert.equal(queryText(state), 'kế hoạch coquan:"Sở Y tế" ngay:2023 den:9/2023 trangthai:khan');
	assert.equal(queryText({ ...empty, type: 'a" OR "b' }), 'loai:"a  OR  b"');
	assert.equal(savedAddress('a b'), '/search?q=a+b');
});
