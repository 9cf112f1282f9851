// A way to fail on demand, and which combinations of its members have a meaning.

import { Refused } from '../errors.ts';
import { checkInput, type Fields } from '../inputs/members.ts';
import { nearest } from '../inputs/suggest.ts';
import { errorStatus, model } from '../model/model.ts';
import { checkMatch, type Match } from './match.ts';

/** What happens to a call. What is left out is not done: `{ delayMs }` only delays. */
export interface FaultEffect {
  delayMs?: number;
  /** Never responds. */
  hang?: boolean;
  /** Cuts the connection: before the headers, or with `truncate` where the body is cut off. */
  reset?: boolean;
  /** As AWS refuses calls beyond its rates. */
  throttle?: boolean;
  status?: number;
  errorType?: string;
  message?: string;
  /** Sent as it is, in place of the error's JSON. */
  body?: string;
  headers?: Record<string, string>;
  /** The share of the body that is sent, of the length that the headers state: 0 is only the headers. */
  truncate?: number;
  /** How long the body takes. */
  dripMs?: number;
  /** Acts first and fails then, as when the response of a call that worked is lost. */
  afterwards?: boolean;
}
export interface Fault extends FaultEffect {
  operation: string | '*';
  account?: string | undefined;
  region?: string;
  /** Strikes the calls whose input has these members or, in process, which the function accepts. */
  match?: Match | ((input: Record<string, unknown>) => boolean);
  /** How many calls it strikes; without it, all of them until it is removed. */
  times?: number;
  /** The odds that it strikes a call that it fits. The same seed strikes the same calls. */
  probability?: number;
  seed?: number;
  /** What happens to the first call, to the second and so on; then it is over. */
  sequence?: ('pass' | FaultEffect)[];
}

export const effectFields = {
  delayMs: 'duration?',
  hang: 'boolean?',
  reset: 'boolean?',
  throttle: 'boolean?',
  status: 'status?',
  errorType: 'errorType?',
  message: 'text?',
  body: 'text?',
  headers: 'headers?',
  truncate: 'share?',
  dripMs: 'duration?',
  afterwards: 'boolean?',
} as const satisfies Fields;

export const faultFields = {
  operation: 'operationOrAll',
  account: 'account?',
  region: 'region?',
  match: 'object?',
  times: 'times?',
  probability: 'probability?',
  seed: 'wholeNumber?',
  sequence: 'faultSequence?',
  ...effectFields,
} as const satisfies Fields;

type Name = keyof typeof faultFields;
const effects = Object.keys(effectFields) as Name[];
/** What is sent in place of the response. */
const replacing: Name[] = ['status', 'errorType', 'body', 'throttle'];

/** Each of these leaves no room for the others. */
const excludes: [Name, Name[]][] = [
  ['sequence', ['times', 'probability', ...effects]],
  ['hang', ['reset', ...replacing, 'message', 'headers', 'truncate', 'dripMs']],
  ['throttle', ['status', 'errorType', 'message', 'body']],
  ['body', ['message']],
];
/** Each of these has a meaning only with one of the others. */
const needs: [Name, Name[]][] = [
  ['message', ['status', 'errorType']],
  ['headers', replacing],
  ['afterwards', ['hang', 'reset', ...replacing]],
  ['seed', ['probability']],
];
const BODILESS = [204, 205, 304];

/** Whether a call ends in something else than its own response. */
export const replaces = (effect: FaultEffect | undefined): effect is FaultEffect =>
  effect !== undefined &&
  Boolean(effect.hang || isCut(effect) || replacing.some((name) => isSet(effect, name)));

/** Cut before there is a response. */
export const isCut = ({ reset, truncate }: FaultEffect): boolean => Boolean(reset) && truncate === undefined;

const isSet = (fault: object, name: string): boolean => {
  const value = (fault as Record<string, unknown>)[name];
  return value !== undefined && value !== false;
};

/** Returns what is possible, but probably not meant. */
export function checkFault(fault: Fault): string[] {
  const { match, ...rest } = fault;
  checkInput('addFault', faultFields, typeof match === 'function' ? rest : fault);
  const { operation, sequence } = fault;
  if (typeof match === 'object') checkMatch('addFault: match', match, operation);
  checkCombination('addFault', fault);
  if (!sequence) return checkEffect('addFault', fault, operation);
  if (sequence.every((step) => step === 'pass'))
    throw new Refused('addFault: sequence: expected at least one effect, got only "pass"');
  return sequence.flatMap((effect, index) => {
    if (effect === 'pass') return [];
    const owner = `addFault: sequence[${index}]`;
    checkInput(owner, effectFields, effect);
    checkCombination(owner, effect);
    return checkEffect(owner, effect, operation);
  });
}

function checkCombination(owner: string, fault: object): void {
  const isReset = isSet(fault, 'reset') && !isSet(fault, 'truncate');
  const exclusive: [Name, Name[]][] = isReset
    ? [...excludes, ['reset', [...replacing, 'message', 'headers', 'dripMs']]]
    : excludes;
  for (const [name, others] of exclusive) {
    const other = isSet(fault, name) && others.find((one) => isSet(fault, one));
    if (other) throw new Refused(`${owner}: ${name}: expected no ${other} beside it, got both`);
  }
  for (const [name, others] of needs)
    if (isSet(fault, name) && !others.some((one) => isSet(fault, one)))
      throw new Refused(`${owner}: ${name}: expected one of ${others.join(', ')} beside it, got none`);
}

function checkEffect(owner: string, effect: FaultEffect, operation: string): string[] {
  const { status, errorType, body = '' } = effect;
  if (!effects.some((name) => isSet(effect, name)))
    throw new Refused(`${owner}: expected at least one of ${effects.join(', ')}, got none`);
  if (status !== undefined && status < 400 && errorType !== undefined)
    throw new Refused(`${owner}: status: expected 400 to 599 beside errorType, got ${status}`);
  if (status !== undefined && BODILESS.includes(status) && body !== '')
    throw new Refused(`${owner}: body: expected none beside status ${status}, which has no body`);
  checkCuts(owner, effect, operation);
  return errorType === undefined ? [] : warningsOf(owner, errorType);
}

/** A body must be there to be cut off. */
function checkCuts(owner: string, effect: FaultEffect, operation: string): void {
  const cut = (['truncate', 'dripMs'] as const).find((name) => isSet(effect, name));
  if (cut === undefined) return;
  const own = model.find(({ name }) => name === operation)?.status;
  const status = effect.status ?? (replacing.some((name) => isSet(effect, name)) ? 400 : own);
  if (effect.body === '' || (status !== undefined && BODILESS.includes(status)))
    throw new Refused(`${owner}: ${cut}: expected a response with a body, got none (status ${status})`);
}

/** Errors that stand in front of all services of AWS. https://docs.aws.amazon.com/ivs/latest/RealTimeAPIReference/CommonErrors.html */
const common = [
  'AccessDeniedException',
  'ExpiredTokenException',
  'IncompleteSignatureException',
  'InternalFailure',
  'InvalidSignatureException',
  'MissingAuthenticationTokenException',
  'NotAuthorized',
  'OptInRequired',
  'RequestEntityTooLargeException',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'SerializationException',
  'ServiceUnavailable',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationError',
];

function warningsOf(owner: string, errorType: string): string[] {
  const known = [...errorStatus.keys(), ...common];
  if (known.includes(errorType)) return [];
  const near = nearest(known, errorType);
  const hint = near === undefined ? '' : `: did you mean ${near}?`;
  return [`${owner}: errorType: ${errorType} is no error that IVS declares${hint}`];
}
