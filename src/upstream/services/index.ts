// The services that the gateway speaks to. What is true of them and of their operations stands in their rows.

import type { Facts, Ownership, Resource } from './facts.ts';
import { ivs } from './ivs.ts';
import { ivsRealtime } from './ivs-realtime.ts';

export const services = { ivs, 'ivs-realtime': ivsRealtime } as const;

export type ServiceName = keyof typeof services;

type OperationsOf = { [Name in ServiceName]: keyof (typeof services)[Name]['operations'] };
/** What AWS calls an operation, of either service. */
export type OperationName = OperationsOf[ServiceName];

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs of all operations
export type AnyFacts = Facts<any, any, string>;

const resources = new Map<string, Resource>(
  Object.values(services).flatMap((service) => Object.entries<Resource>(service.resources)),
);

/** To what resources of a type belong, by its name in ARNs. */
export const ownershipOf = (type: string): Ownership | null => resources.get(type)?.owner ?? null;
