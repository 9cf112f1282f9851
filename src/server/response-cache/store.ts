// Which responses are stored, and with which headers.
import type { ServerResponse } from 'node:http';
import type { AnswerFacts } from '../answer/answer-facts.ts';
import { captureBody, captureHeaders } from './capture.ts';
import type { FlightEnd } from './flights.ts';
import type { ResponseCache } from './responses.ts';

/** Stores the response once it is written, then ends its flight. Returns a function that takes the facts of its operations. */
export function storeWhenSent(
  { key, response }: { key: string; response: ServerResponse },
  responses: ResponseCache,
  end: (end: FlightEnd) => void,
): (answers: readonly AnswerFacts[]) => void {
  let answers: readonly AnswerFacts[] = [];
  captureHeaders(response);
  captureBody(response, responses.maxBody, (body) => {
    const isStored = body !== undefined && store({ key, response, body }, answers, responses);
    end(isStored ? 'stored' : 'own');
  });
  response.on('close', () => end('left'));
  return (facts) => {
    answers = facts;
    // Equal ones need not wait for the end of what is not stored: a subscription may last for hours.
    if (lifetimeOf(facts) === 0) end('own');
  };
}

interface Written {
  key: string;
  response: ServerResponse;
  body: Buffer;
}

function store(
  { key, response, body }: Written,
  [answer, ...others]: readonly AnswerFacts[],
  responses: ResponseCache,
): boolean {
  if (!answer || lifetimeOf([answer, ...others]) === 0) return false;
  const { outcome, sources, operationName } = answer;
  if (response.statusCode !== 200 || outcome !== 'ok' || !sources) return false;
  // Without it, clients would not read the body.
  if (!response.hasHeader('content-type')) return false;
  return responses.set(key, { body, headers: headersToStore(response, body), operationName }, sources);
}

/** Of a response that can be stored; else 0. */
export function lifetimeOf([answer, ...others]: readonly AnswerFacts[]): number {
  if (!answer || others.length > 0 || answer.kind !== 'query') return 0;
  return answer.hasSecrets || answer.isStreamed ? 0 : (answer.maxAgeMs ?? 0);
}

/** Headers of one request or one connection: written anew for each. */
const OWN =
  /^(x-request-id|access-control-.*|cache-control|connection|keep-alive|date|transfer-encoding|content-length)$/;

const headersToStore = (response: ServerResponse, body: Buffer): string[] => [
  ...Object.entries(response.getHeaders()).flatMap(([name, value]) =>
    OWN.test(name) ? [] : [name, String(value)],
  ),
  ...['content-length', String(body.length)],
];
