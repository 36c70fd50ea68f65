/* Hits in text. Positions from the archive count code points; JavaScript's own count UTF-16 units. */

/** Splits text into [{text, hit}] by marks [[start, length]…] in code points; overlapping ones are joined. */
export function splitMarks(text, marks) {
	const points = Array.from(text ?? '');
	const pieces = [];
	let at = 0;
	for (const [start, length] of [...(marks ?? [])].sort((a, b) => a[0] - b[0])) {
		const from = Math.max(start, at);
		const to = Math.min(start + length, points.length);
		if (to <= from) continue;
		if (from > at) pieces.push({ text: points.slice(at, from).join(''), hit: false });
		pieces.push({ text: points.slice(from, to).join(''), hit: true });
		at = to;
	}
	if (at < points.length) pieces.push({ text: points.slice(at).join(''), hit: false });
	return pieces;
}

/** Where a box [x0, y0, x1, y1] (fractions) lies on its page, as CSS values, grown a little on every side. */
export function place(box, grow = 0) {
	const percent = (value) => `${(Math.min(Math.max(value, 0), 1) * 100).toFixed(3)}%`;
	const [x0, y0, x1, y1] = [box[0] - grow, box[1] - grow / 2, box[2] + grow, box[3] + grow / 2];
	const left = Math.max(x0, 0);
	const top = Math.max(y0, 0);
	return { left: percent(left), top: percent(top), width: percent(x1 - left), height: percent(y1 - top) };
}

export const isEmptyBox = (box) => !box || box.every((value) => value === 0);
