// The wire of every operation, rule by rule, through raw HTTP and the AWS SDK. The operations are those of the SDKs:
// one that an update brings has no sample, and fails until it has.
//
// With AWS_REMOTE=1 the same audits run against the AWS account of the default credential chain, as far as nothing
// there is made, changed or ended by them (see `isSafe`):
// - R1 R2 V8 V9 O1–O4 P1–P4 P6 for the lists that need no name (ListStages, ListChannels …): what they show is there
//   already. Every other operation needs something of the demo world.
// - R5 R6 for every operation: nobody gets past a bad signature.
// - V1–V7 V10 E1 E2 P5 for reads, and for what must name something: the ARNs are of the account 123456789012, so
//   a refusal that does not come costs nothing. Not for CreateStage and others that make something out of nothing.
// - Never R3 R4 V11 E3–E5 O5 O6: they call with inputs that may succeed, count on the demo world, or ask what AWS has not
//   said (what a wrong method is answered, or whether another account's things are said not to be there).
import { afterAll, beforeAll, describe, test } from 'vitest';
import { model, type Operation, type Service } from '../../../src/emulator/model/model.ts';
import { isSafe, type Subject } from './audit.ts';
import { errors } from './errors.ts';
import { output } from './output.ts';
import { paging } from './paging.ts';
import { routing } from './routing.ts';
import type { Sample } from './samples/sample.ts';
import { samples } from './samples/samples.ts';
import { awsTarget, emulatorTarget, remote, sendWith, type Target } from './target.ts';
import { validation } from './validation.ts';
import type { Input } from './wire.ts';

export const audits = [...routing, ...validation, ...errors, ...output, ...paging];

/** An audit may make a hundred calls, which wait for AWS's call rates. */
const REMOTE_TIMEOUT_MS = 120_000;

/** Runs every audit that applies on every operation of a service, one emulator below. */
export function conform(service: Service): void {
  let target: Target;
  beforeAll(async () => {
    target = await (remote ? awsTarget() : emulatorTarget());
  });
  afterAll(() => target.close());

  function subjectOf(operation: Operation): Subject {
    const { input, prepare } = samples[service][operation.name] as Sample<Input>;
    const ready = async () => {
      if (remote) return input;
      target.restore();
      return { ...input, ...(await prepare?.(sendWith(target))) };
    };
    return { operation, target, sample: input, ready };
  }

  const operations = model.filter((operation) => operation.service === service);
  describe.each(operations.map((operation) => [operation.name, operation] as const))('%s', (_, operation) => {
    const applicable = audits.filter((one) => one.applies(operation) && (!remote || isSafe(one, operation)));
    test.each(applicable.map((one) => [one.id, one.rule, one] as const))(
      '%s %s',
      (...[, , { check }]) => check(subjectOf(operation)),
      remote ? REMOTE_TIMEOUT_MS : undefined,
    );
  });
}
