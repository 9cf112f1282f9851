// What is sent for a call that a fault strikes.

import { AwsError, throttled } from '../errors.ts';
import { errorStatus } from '../model/model.ts';
import { type Reply, reply, type Silence } from '../reply.ts';
import { type FaultEffect, isCut } from './fault.ts';

/** The reply, sent slowly or in part, as the fault says. */
export const inFlow = (reply: Reply, { truncate, dripMs, reset }: FaultEffect): Reply =>
  truncate === undefined && dripMs === undefined
    ? reply
    : { ...reply, flow: { truncate, dripMs, isReset: reset ?? false } };

/** In place of the response. */
export function failure(effect: FaultEffect, requestId: string): Reply | Silence {
  if (effect.hang) return 'hang';
  if (isCut(effect)) return 'reset';
  const error = errorOf(effect);
  const { type, message } = error;
  const sent = reply(error.status, effect.body ?? JSON.stringify(error.body), {
    'x-amzn-requestid': requestId,
    ...(type && { 'x-amzn-errortype': type }),
    ...effect.headers,
  });
  // A body of its own is the output of the call
  const isError = effect.errorType !== undefined || (error.status >= 400 && effect.body === undefined);
  return inFlow({ ...sent, ...(isError && { error: { type, message } }) }, effect);
}

function errorOf({ throttle, status, errorType = '', message = 'A fault on demand' }: FaultEffect): AwsError {
  return throttle ? throttled() : new AwsError(errorType, message, status ?? errorStatus.get(errorType));
}
