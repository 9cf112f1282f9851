// The type of every operation, derived from both SDKs: a wrong member is a compile error.
import type * as ivs from '@aws-sdk/client-ivs';
import type * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import type { World } from '../world/world.ts';

type Instance<C> = C extends new (...args: never[]) => infer I ? I : never;
type In<C> = Instance<C> extends { input: infer T } ? T : never;
type Out<C> =
  Instance<C> extends { resolveMiddleware(...a: never[]): (i: never) => Promise<{ output: infer T }> }
    ? Omit<T, '$metadata'>
    : never;

/** An input that passed validation: the SDK types a required member `T | undefined`, here it is `T`. */
export type Valid<T> = T extends (infer I)[]
  ? Valid<I>[]
  : T extends object
    ? { [K in keyof T]: object extends Pick<T, K> ? Valid<T[K]> : Valid<NonNullable<T[K]>> }
    : T;

type OperationsOf<Sdk> = {
  [K in keyof Sdk as K extends `${infer N}Command` ? (N extends '$' ? never : N) : never]: (
    input: Valid<In<Sdk[K]>>,
    world: World,
  ) => Out<Sdk[K]>;
};

/** Both services; the three tag operations are in both and are here once. */
export type Operations = OperationsOf<typeof ivs> &
  Omit<OperationsOf<typeof ivsRealtime>, keyof OperationsOf<typeof ivs>>;
