// The options of `startEmulator`, checked before anything is started.

import { Refused } from './errors.ts';
import type { ApiDestination } from './events/api-destination.ts';
import type { DeliveryOptions } from './events/deliveries.ts';
import { checkInput, checkMembers, type Fields } from './inputs/members.ts';
import { isObject } from './inputs/rule.ts';
import { nearest } from './inputs/suggest.ts';
import type { Seed } from './plant.ts';
import type { WriteLine } from './traffic/traffic.ts';
import type { Clock } from './world/clock.ts';

export interface EmulatorOptions {
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  seed?: Seed;
  /** In place of a seed: the path of a world file, or what would be in one. */
  world?: string | object | undefined;
  /** Demo worlds move by themselves, at the clock's `every`: that of `seed`, and those of a later `reset`. */
  alive?: boolean;
  /** Where time comes from. */
  clock?: Clock;
  /** The time at the start and after each `reset`, by ISO 8601; without it, the time of `clock`. */
  time?: string | undefined;
  /** What created ids, ARNs and keys follow from, so that they are the same run after run; otherwise they are random. */
  ids?: string | undefined;
  /** The account of access key ids that do not name one. */
  accountId?: string;
  /** How long each response takes. */
  latencyMs?: number;
  /** Enforces AWS's published call rates, with `burst` calls at once; without it a second's worth. */
  callRates?: boolean;
  burst?: number | undefined;
  /** Writes a line for each request to both APIs: to stderr, or to a function. */
  logRequests?: boolean | WriteLine | undefined;
  /** Where events are sent over HTTP, as EventBridge sends them to an API destination; with one a minute of a schedule. */
  events?: (ApiDestination & DeliveryOptions) | undefined;
  /** A file to which each event is appended as a line of JSON. */
  eventsFile?: string | undefined;
}

type Name = keyof EmulatorOptions;

const fields = {
  host: 'nonEmpty?',
  port: 'port?',
  seed: 'seed?',
  alive: 'boolean?',
  time: 'time?',
  ids: 'idSeed?',
  accountId: 'account?',
  latencyMs: 'milliseconds?',
  callRates: 'boolean?',
  burst: 'times?',
  eventsFile: 'nonEmpty?',
} satisfies { [Option in Name]?: Fields[string] };

const destinationFields: Fields = {
  url: 'url',
  key: 'apiKey?',
  timeoutMs: 'milliseconds?',
  heartbeat: 'boolean?',
};

interface Shape {
  expected: string;
  fits: (value: unknown) => boolean;
}

const others: Record<Exclude<Name, keyof typeof fields | 'events'>, Shape> = {
  world: {
    expected: 'the path of a world file, or an object',
    fits: (value) => (typeof value === 'string' && value !== '') || isObject(value),
  },
  clock: {
    expected: 'an object with the function now',
    fits: (value) => typeof (value as { now?: unknown } | null)?.now === 'function',
  },
  logRequests: {
    expected: 'a boolean or a function',
    fits: (value) => typeof value === 'boolean' || typeof value === 'function',
  },
};

const names: readonly string[] = [...Object.keys(fields), ...Object.keys(others), 'events'];

/** Throws for an option that is not known, and for one of another type. */
export function checkOptions(options: unknown): void {
  const given = checkMembers('startEmulator', fields, options);
  const unknown = Object.keys(given).find((name) => given[name] !== undefined && !names.includes(name));
  if (unknown !== undefined) throw new Refused(`startEmulator: ${unknown}: ${adviceOn(unknown)}`);
  for (const [name, { expected, fits }] of Object.entries(others))
    if (given[name] !== undefined && !fits(given[name]))
      throw new Refused(`startEmulator: ${name}: expected ${expected}, got another value`);
  if (given.events !== undefined) checkInput('events', destinationFields, given.events);
}

function adviceOn(name: string): string {
  const near = nearest(names, name);
  return near === undefined
    ? `expected an option among ${names.join(', ')}`
    : `expected the name of an option. Did you mean ${near}?`;
}
