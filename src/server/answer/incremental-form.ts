// In which form a client takes a response in parts: its Accept header names one.

/** The proposal of 2022, and that of graphql-js 17 (specs.apollo.dev/incremental/v0.2), each as Apollo's clients name it. */
export type IncrementalForm = 'deferSpec=20220824' | 'incrementalSpec=v0.2';

const FORMS: Record<string, IncrementalForm> = {
  '': 'deferSpec=20220824',
  'deferspec=20220824': 'deferSpec=20220824',
  'incrementalspec=v0.1': 'deferSpec=20220824',
  'incrementalspec=v0.2': 'incrementalSpec=v0.2',
};

/**
 * The first that is known. Undefined where the client takes no parts: a browser or curl that takes anything means one response,
 * and a client that names only other forms would read these wrongly.
 */
export function incrementalFormOf({ headers }: Request): IncrementalForm | undefined {
  const ranges = (headers.get('accept') ?? '').toLowerCase().replace(/[\s"]/g, '').split(',');
  // Where both are taken, yoga sends multipart.
  const taken = ['multipart/mixed', 'text/event-stream']
    .map((type) => ranges.filter((range) => range.split(';')[0] === type))
    .find((some) => some.length > 0);
  return taken?.map(formOfRange).find((form) => form !== undefined);
}

function formOfRange(range: string): IncrementalForm | undefined {
  const [, ...parameters] = range.split(';');
  // That of subscriptions is for events alone.
  if (parameters.some((text) => /^(q=0(\.0*)?$|subscriptionspec=)/.test(text))) return undefined;
  return FORMS[parameters.find((text) => /^(defer|incremental)spec=/.test(text)) ?? ''];
}
