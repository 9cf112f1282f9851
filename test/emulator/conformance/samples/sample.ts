// The type of the sample inputs, derived from the SDKs: `tsc` says which operation has none, and which member is wrong.

import { generateKeyPairSync } from 'node:crypto';
import { readableId } from '../../../../src/emulator/demo/people.ts';
import { formatArn, type ResourceKind } from '../../../../src/emulator/model/identifiers.ts';
import type { Operations } from '../../../../src/emulator/model/operation.ts';

type InputOf<K extends keyof Operations> = Parameters<Operations[K]>[0];
type OutputOf<K extends keyof Operations> = ReturnType<Operations[K]>;
export type Send = <K extends keyof Operations>(operation: K, input: InputOf<K>) => Promise<OutputOf<K>>;

export interface Sample<Input> {
  /** Succeeds in the demo world; a list has at least two items. */
  input: Input;
  /** Brings about what is not in the demo world. What it returns takes the place of the input's members. */
  prepare?: (send: Send) => Promise<Partial<Input> | undefined>;
}

type NamesOf<Sdk> = keyof { [K in keyof Sdk as K extends `${infer Name}Command` ? Name : never]: never };
export type SamplesOf<Sdk> = { [K in NamesOf<Sdk> & keyof Operations]: Sample<InputOf<K>> };

/** The ARN of something that the demo world knows by name. */
export const arnOf = (kind: ResourceKind, name: string) =>
  formatArn({ region: 'us-west-2', accountId: '123456789012', kind, id: readableId(name, 12) });
/** The ARN of something that a call has just made. */
export const made = (resource: { arn?: string | undefined } | undefined): { arn: string } => {
  if (!resource?.arn) throw new Error('Expected what was made to have an ARN');
  return { arn: resource.arn };
};

/** What one may import: a key on the curve P-384, as PEM. */
export const newKey = (): string =>
  generateKeyPairSync('ec', { namedCurve: 'P-384' })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();

export const tags = { made: 'by a conformance audit' };
