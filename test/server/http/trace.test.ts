import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUpstream } from '../../../src/upstream/upstream.ts';
import { startHeaderRecorder } from '../../support/aws-headers.ts';
import { startGateway } from '../../support/gateway.ts';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const traceparent = `00-${TRACE}-b7ad6b7169203331-01`;
const tracestate = 'vendor=1,other=2';

/** What reaches AWS when a request with these headers asks for stages. */
async function sentBy(headers: Record<string, string>, traceToAws = true) {
  const { seen, url: endpoint } = await startHeaderRecorder();
  const upstream = createUpstream({
    regions: ['us-west-2'],
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
    endpoint,
  });
  onTestFinished(upstream.close);
  const gateway = await startGateway({ server: { upstream, traceToAws } });
  const { status } = await gateway.ask('{ stages { nodes { name } } }', {}, { headers });
  expect(status).toBe(200);
  const [sent] = seen;
  return sent as IncomingHttpHeaders;
}

describe('the trace of a request', () => {
  it('goes on to AWS with TRACE_TO_AWS, unsigned, since a proxy may rewrite it', async () => {
    const sent = await sentBy({ traceparent, tracestate });
    expect(sent).toMatchObject({ traceparent, tracestate });
    expect(sent.authorization).toMatch(/SignedHeaders=/);
    expect(sent.authorization).not.toContain('trace');
  });

  it('does not without TRACE_TO_AWS', async () => {
    const sent = await sentBy({ traceparent, tracestate }, false);
    expect([sent.traceparent, sent.tracestate]).toEqual([undefined, undefined]);
  });

  it.each([
    ['none', {}],
    ['none that is one', { traceparent: 'hello', tracestate }],
    ['zeros', { traceparent: `00-${'0'.repeat(32)}-b7ad6b7169203331-01` }],
    ['the version that is none', { traceparent: traceparent.replace(/^00/, 'ff') }],
    ['capitals', { traceparent: traceparent.toUpperCase() }],
    ['two', { traceparent: `${traceparent}, ${traceparent}` }],
    ['much too much', { traceparent: traceparent.padEnd(10_000, '0') }],
  ])('does not where there is %s', async (_what, headers) => {
    const sent = await sentBy(headers as Record<string, string>);
    expect([sent.traceparent, sent.tracestate]).toEqual([undefined, undefined]);
  });

  it('leaves a state behind that is too long', async () => {
    const sent = await sentBy({ traceparent, tracestate: 'a=1,'.repeat(200) });
    expect([sent.traceparent, sent.tracestate]).toEqual([traceparent, undefined]);
  });

  it('is in the log beside the id of the request', async () => {
    const gateway = await startGateway();
    gateway.emulator.faults.add({ operation: 'ListStages', status: 403 });
    const headers = { traceparent, 'x-request-id': 'mine' };
    await gateway.ask('{ stages { nodes { arn } } }', {}, { headers });
    await gateway.ask('mutation { createStage(input: {}) { __typename } }', {}, { headers });
    expect(gateway.log).toMatchObject([
      { requestId: 'mine', trace_id: TRACE, code: 'UPSTREAM_ACCESS_DENIED' },
      { requestId: 'mine', trace_id: TRACE, audit: true },
    ]);
  });
});
