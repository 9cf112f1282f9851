// What an error looks like, and which errors an operation has.
import { expect } from 'vitest';
import type { Operation } from '../../../src/emulator/model/model.ts';
import { authorization } from '../support/emulate.ts';
import { all, audit, isPaged, isRead, outcome } from './audit.ts';
import { declaredErrors } from './declared.ts';
import { exampleFor, nameOf, type Site, sitesOf, violations, withValue } from './sites.ts';
import { type Answer, type Input, sdks } from './wire.ts';

const NOT_FOUND = 'ResourceNotFoundException';
/** More often than any quota that the demo world could reach without them. */
const TIMES = 21;

/** One refusal of each operation. */
function refusalOf(operation: Operation, sample: Input): Input {
  const [first] = [...violations(operation, 'pattern'), ...violations(operation, 'max')];
  if (!first) throw new Error(`${operation.name} refuses nothing`);
  return withValue(operation, sample, first.path, first.value);
}

const at = (input: unknown, path: readonly (string | number)[]): unknown =>
  path.reduce((value, part) => (value as Input | undefined)?.[part], input);

const nobodies: Record<string, string> = {
  sessionId: 'st-Nobody'.padEnd(16, '0'),
  streamId: 'st-Nobody'.padEnd(26, '0'),
  participantId: 'nobody000000',
};

const isName = (site: Site) =>
  site.constraint?.pattern?.source.includes('arn:aws:ivs:') || Object.hasOwn(nobodies, nameOf(site));

/** Whatever the sample names, or could name as a filter, replaced one at a time by what is nowhere. */
function strangers(operation: Operation, sample: Input): { name: string; input: Input }[] {
  return sitesOf(operation)
    .filter(isName)
    .flatMap((site) => {
      const isFilter = site.path.length === 1;
      const value = at(sample, site.path) ?? (isFilter ? exampleFor(operation, site) : undefined);
      if (typeof value !== 'string') return [];
      const stranger = nobodies[nameOf(site)] ?? value.replace(/[^/]+$/, 'Nobody000000');
      return [{ name: nameOf(site), input: withValue(operation, sample, site.path, stranger) }];
    });
}

/** A list, or the successes of a batch, with nothing in it. */
const emptyOf = (operation: Operation, { body }: Answer) =>
  [...operation.output.members]
    .filter(([name, { shape }]) => shape.kind === 'list' && name !== 'errors')
    .every(([name]) => (body[name] as unknown[] | undefined)?.length === 0);

function expectedOf(operation: Operation): string {
  if (declaredErrors(operation).has(NOT_FOUND)) return `404 ${NOT_FOUND}`;
  if (isPaged(operation)) return '200 with an empty page';
  if (/^Batch/.test(operation.name)) return '200 with its own error';
  return '400 ValidationException';
}

function observedOf(operation: Operation, answer: Answer): string {
  const errors = answer.body.errors as { code?: string }[] | undefined;
  if (errors?.[0]?.code) return `${outcome(answer)} with its own error`;
  return isPaged(operation) && answer.status === 200 && emptyOf(operation, answer)
    ? '200 with an empty page'
    : outcome(answer);
}

export const errors = [
  audit(
    'E1',
    'MUST name its error in a header and tell it in exceptionMessage and message',
    async ({ operation, target, sample }) => {
      const answer = await target.call(operation, refusalOf(operation, sample));
      expect(answer).toMatchObject({ status: 400, type: 'ValidationException' });
      expect(answer.headers).toMatchObject({
        'content-type': 'application/json',
        'x-amzn-requestid': expect.any(String),
      });
      const { message } = answer.body;
      expect(answer.body).toEqual({ exceptionMessage: message, message: expect.stringMatching(/./) });
    },
    { needs: 'refusal' },
  ),

  audit(
    'E2',
    'MUST be read by the SDK as the exception that it declares',
    async ({ operation, target, sample }) => {
      const { answer, error = {} } = await target.send(operation, refusalOf(operation, sample));
      const { ValidationException } = sdks[operation.service];
      expect(error).toBeInstanceOf(ValidationException);
      expect(error).toMatchObject({
        name: 'ValidationException',
        exceptionMessage: answer.body.exceptionMessage,
        message: answer.body.exceptionMessage,
        $metadata: { httpStatusCode: 400, requestId: answer.headers['x-amzn-requestid'] },
      });
    },
    { needs: 'refusal' },
  ),

  audit(
    'E3',
    'MUST answer for what is not there as it declares',
    async ({ operation, target, sample, ready }) => {
      const cases = strangers(operation, sample);
      const outcomes: Record<string, string> = {};
      for (const { name, input } of cases) {
        await ready();
        outcomes[name] = observedOf(operation, await target.call(operation, input));
      }
      expect(outcomes).toEqual(
        all(
          cases.map(({ name }) => name),
          expectedOf(operation),
        ),
      );
    },
    { applies: (operation) => sitesOf(operation).some(isName) },
  ),

  audit(
    'E4',
    'MUST NOT answer with an error that it does not declare',
    async ({ operation, target, ready }) => {
      const input = await ready();
      const seen = new Set<string>();
      for (let time = 0; time < TIMES; time += 1) {
        const { status, type = '' } = await target.call(operation, input);
        if (status >= 400) seen.add(type);
      }
      const declared = declaredErrors(operation);
      expect(declared).toContain('ValidationException');
      expect([...seen].filter((type) => !declared.has(type))).toEqual([]);
    },
    { applies: (operation) => !isRead(operation) },
  ),

  audit(
    'E5',
    'MUST find nothing of one region in another',
    async ({ operation, target, ready }) => {
      const answer = await target.callAs(operation, await ready(), authorization('ap-south-1'));
      expect(observedOf(operation, answer)).toBe(expectedOf(operation));
    },
    { applies: (operation) => isPaged(operation) || sitesOf(operation).some(isName) },
  ),
];
