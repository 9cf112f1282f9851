// Where operations are, and who may call them.
import { expect } from 'vitest';
import { model } from '../../../src/emulator/model/model.ts';
import { authorization } from '../support/emulate.ts';
import { all, audit, outcome } from './audit.ts';

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

const malformed: Record<string, string> = {
  'another scheme': 'Bearer token',
  'no Credential': 'AWS4-HMAC-SHA256 SignedHeaders=host, Signature=00',
  'no scope': 'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE, SignedHeaders=host, Signature=00',
  'no SignedHeaders': authorization().replace(/SignedHeaders=host, /, ''),
  'no Signature': authorization().replace(/, Signature=00/, ''),
};

export const routing = [
  audit(
    'R1',
    'MUST answer with its modeled status at its method and path',
    async ({ operation, target, ready }) => {
      const answer = await target.call(operation, await ready());
      expect(answer).toMatchObject({ status: operation.status, type: undefined });
      if (operation.status === 204) expect(answer.text).toBe('');
      else expect(answer.text).toMatch(/^{/);
    },
    { needs: 'success' },
  ),

  audit(
    'R2',
    'MUST say of a body that it is JSON, and nothing of no body',
    async ({ operation, target, ready }) => {
      const { headers } = await target.call(operation, await ready());
      expect(headers['content-type']).toBe(operation.status === 204 ? undefined : 'application/json');
    },
    { needs: 'success' },
  ),

  audit('R3', 'MUST give each answer a request id of its own', async ({ operation, target, sample }) => {
    const answers = [await target.call(operation, sample), await target.call(operation, sample)];
    const ids = new Set(answers.map(({ headers }) => headers['x-amzn-requestid']));
    expect(ids.size).toBe(2);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }),

  audit(
    'R4',
    'MUST NOT answer at its path to a method of no operation',
    async ({ operation, target, sample }) => {
      const known = model.filter(({ path }) => path === operation.path).map(({ method }) => method);
      const outcomes: Record<string, string> = {};
      for (const method of methods.filter((one) => !known.includes(one))) {
        outcomes[method] = outcome(await target.call(operation, sample, method));
      }
      expect(outcomes).toEqual(all(Object.keys(outcomes), '404 UnknownOperationException'));
      expect(Object.keys(outcomes)).toHaveLength(methods.length - new Set(known).size);
    },
  ),

  audit(
    'R5',
    'MUST refuse with 403 who does not sign',
    async ({ operation, target, sample }) => {
      const answer = await target.callAs(operation, sample, undefined);
      expect(answer).toMatchObject({ status: 403, body: { message: expect.any(String) } });
    },
    { needs: 'signature' },
  ),

  audit(
    'R6',
    'MUST refuse with 403 who signs in no known form',
    async ({ operation, target, sample }) => {
      const statuses: Record<string, number> = {};
      for (const [what, header] of Object.entries(malformed)) {
        statuses[what] = (await target.callAs(operation, sample, header)).status;
      }
      expect(statuses).toEqual(all(Object.keys(malformed), 403));
    },
    { needs: 'signature' },
  ),
];
