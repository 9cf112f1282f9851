const WIDEST = 80;

/** @param {number} value @param {number} [digits] */
export const fixed = (value, digits = 2) => (Number.isFinite(value) ? value.toFixed(digits) : '–');

/** @param {string | number} value */
function cell(value) {
  const text = String(value).replace(/\s+/g, ' ').replaceAll('|', '\\|');
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

/** @param {(string | number)[]} cells */
const line = (cells) => `| ${cells.map(cell).join(' | ')} |`;

/** @param {string[]} columns @param {(string | number)[][]} lines those too short are filled up */
export const table = (columns, lines) =>
  [
    line(columns),
    `|${'---|'.repeat(columns.length)}`,
    ...lines.map((cells) => line(columns.map((_, place) => cells[place] ?? '–'))),
  ].join('\n');
