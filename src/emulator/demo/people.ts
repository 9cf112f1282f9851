// Who is in the demo world, and the readable ids of everything in it.

import type { Joining } from '../realtime/presence.ts';
import type { Random } from '../world/random.ts';

const names = [
  ...['alice', 'bob', 'carol', 'dave', 'erin', 'farid', 'grace', 'hugo', 'ines', 'jamal', 'kira', 'liam'],
  ...['mei', 'noor', 'oskar', 'priya', 'quinn', 'rosa', 'sven', 'tomas', 'uma', 'victor', 'wanda', 'yuki'],
];
const browsers = [
  { browserName: 'Chrome', browserVersion: '142.0.0', osName: 'Windows', osVersion: '11' },
  { browserName: 'Safari', browserVersion: '26.1', osName: 'iOS', osVersion: '26.1' },
  { browserName: 'Firefox', browserVersion: '145.0', osName: 'Linux', osVersion: '6.12' },
  { browserName: 'Chrome', browserVersion: '142.0.0', osName: 'Android', osVersion: '16' },
  { browserName: 'Edge', browserVersion: '142.0.0', osName: 'Windows', osVersion: '11' },
];
const networks = ['Northwind Fiber', 'Contoso Mobile', 'Example Telecom', 'Riverside Cable'];
const roles = ['viewer', 'viewer', 'viewer', 'speaker', 'moderator'];

/** An id of the form of IVS that a reader knows again: `alice` → `alice0000001`. */
function readable(name: string, length: number, number: number): string {
  const suffix = String(number);
  return name.slice(0, length - suffix.length).padEnd(length - suffix.length, '0') + suffix;
}

/** `town-hall` → `TownHall0001` */
export function readableId(name: string, length: number, number = 1): string {
  const words = name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return readable(words.join(''), length, number);
}

/** The nth person: alice, bob … and after the last name alice2, bob2 … */
export function userIdOf(index: number): string {
  const round = Math.floor(index / names.length);
  return `${names[index % names.length]}${round === 0 ? '' : round + 1}`;
}

export function person(index: number, random: Random): Joining {
  const userId = userIdOf(index);
  return {
    userId,
    participantId: readable(userId, 12, 1),
    attributes: { displayName: userId, role: index === 0 ? 'host' : (random.pick(roles) ?? '') },
    ...random.pick(browsers),
    ispName: random.pick(networks),
    sdkVersion: '1.29.0',
    protocol: 'UNKNOWN',
  };
}
