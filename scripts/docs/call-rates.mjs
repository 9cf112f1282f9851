// What the rows of the services say: call rate, lifetime in the cache.
import { services } from '../../dist/upstream/services/index.js';
import { code, table } from './table.mjs';

/** @typedef {{ maxAge: number, maxAgeWhileUnchanged?: number }} Lifetime */

const UNITS = /** @type {const} */ ([
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
]);

/** @param {number} ms */
function time(ms) {
  const [size, unit] = UNITS.find(([size]) => ms >= size) ?? [1, 'ms'];
  return `${ms / size} ${unit}`;
}

/** An output of any shape, of something that has ended. */
const ended = new Proxy({}, { get: () => ({ endTime: new Date(0), state: 'DISCONNECTED' }) });

/**
 * @param {Lifetime} live
 * @param {Lifetime} final
 * @param {'maxAge' | 'maxAgeWhileUnchanged'} member
 */
function cell(live, final, member) {
  const [now, later] = [live[member], final[member]];
  if (now === undefined) return '–';
  return later === now || later === undefined ? time(now) : `${time(now)}; ${time(later)} once it has ended`;
}

/** @param {any} facts */
function cached({ isRead, lifetime, listedBy }) {
  if (!isRead) return ['–', '–'];
  const [live, final] =
    typeof lifetime === 'function' ? [lifetime({}), lifetime(ended)] : [lifetime, lifetime];
  const unchanged = cell(live, final, 'maxAgeWhileUnchanged');
  return [
    cell(live, final, 'maxAge'),
    listedBy?.state ? `${unchanged}, by \`${listedBy.list}\` (\`${listedBy.state}\`)` : '–',
  ];
}

/** @param {any} facts */
function rates({ rate, ratePerResource }) {
  const account = `${rate.perSecond}${rate.source === 'not documented' ? ' (not documented)' : ''}`;
  return [account, ratePerResource ? `${ratePerResource.perSecond} per \`${ratePerResource.member}\`` : '–'];
}

/** @param {any} facts */
const together = ({ batchedBy, listedBy }) => {
  const shared = batchedBy?.batch ?? listedBy?.list;
  return shared ? code(shared) : '–';
};

const titles = { ivs: 'Low-Latency', 'ivs-realtime': 'Real-Time' };

export function callRates() {
  const heads = [
    'operation',
    'calls per second',
    'on one resource',
    'reused for',
    'while its list is unchanged',
    'shared call of waiting reads',
  ];
  return Object.entries(services)
    .map(([name, { operations }]) => {
      const rows = Object.entries(operations).map(([operation, facts]) => [
        code(operation),
        ...rates(facts),
        ...cached(facts),
        together(facts),
      ]);
      return `### ${titles[/** @type {keyof typeof titles} */ (name)]} (\`${name}\`)\n\n${table(heads, rows)}`;
    })
    .join('\n\n');
}
