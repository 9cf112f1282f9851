// The form in which a client takes the events of a subscription: its Accept header names it.
import { type Framing, multipart, sse } from './frames.ts';

interface Range {
  type: string;
  parameters: readonly string[];
  q: number;
}

/** The first of the most wanted ones; undefined where the client takes none. */
export function framingOf({ headers }: Pick<Request, 'headers'>): Framing | undefined {
  const ranges = rangesOf(headers.get('accept') ?? '*/*').filter(({ q }) => q > 0);
  const [best] = ranges.filter(framingFor).toSorted((one, other) => other.q - one.q);
  return best && framingFor(best);
}

/** Whether it names the multipart protocol of subscriptions, whatever else. */
export const acceptsMultipart = (accept: string): boolean =>
  rangesOf(accept).some((range) => framingFor(range) === multipart);

function rangesOf(accept: string): Range[] {
  const all = accept.toLowerCase().replace(/[\s"]/g, '').split(',');
  return all.map((range) => {
    const [type = '', ...parameters] = range.split(';');
    const q = parameters.find((text) => text.startsWith('q='));
    return { type, parameters, q: q === undefined ? 1 : Number(q.slice(2)) || 0 };
  });
}

function framingFor({ type, parameters }: Range): Framing | undefined {
  if (['text/event-stream', 'text/*', '*/*'].includes(type)) return sse;
  return type === 'multipart/mixed' && parameters.includes('subscriptionspec=1.0') ? multipart : undefined;
}
