/** @param {unknown} value in one line, and without what ends a cell */
const cell = (value) =>
  String(value ?? '')
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');

/**
 * @param {string[]} heads
 * @param {unknown[][]} rows
 */
export const table = (heads, rows) =>
  [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

/** @param {string} text */
export const code = (text) => `\`${text}\``;

/** @param {readonly string[]} names */
export const codes = (names) => names.map(code).join(', ');

/** @param {string} text */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);
