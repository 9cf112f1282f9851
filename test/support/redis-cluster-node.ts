// One node of a cluster for tests: its file of the cluster, and its process.
import { type ChildProcess, spawn } from 'node:child_process';
import type { Certificate } from './certificate.ts';
import { SERVER } from './redis-programs.ts';

export const SHARDS = 3;
const SLOTS = 16_384;
/** After this time a primary that is gone is replaced by its replica, within a second or two. */
const NODE_TIMEOUT_MS = 1000;
export const LOG = 'redis.log';

export interface Member {
  id: string;
  port: number;
  /** On which they reach each other and are reached, where they have a certificate. */
  tlsPort?: number | undefined;
  busPort: number;
  shard: number;
  isPrimary: boolean;
}

export function spawnNode(
  { port, tlsPort, busPort }: Member,
  dir: string,
  certificate?: Certificate,
): ChildProcess {
  const settings = {
    port,
    bind: '127.0.0.1',
    dir,
    logfile: LOG,
    save: '',
    'cluster-enabled': 'yes',
    'cluster-port': busPort,
    'cluster-node-timeout': NODE_TIMEOUT_MS,
    // The tests of one shard are none of the others' business.
    'cluster-require-full-coverage': 'no',
    'repl-diskless-sync-delay': 0,
    ...(tlsPort && certificate && withTls(tlsPort, certificate)),
  };
  const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  return spawn(SERVER, args, { stdio: 'ignore' });
}

const withTls = (port: number, { certificate, key }: Certificate) => ({
  'tls-port': port,
  'tls-cert-file': certificate,
  'tls-key-file': key,
  'tls-ca-cert-file': certificate,
  'tls-auth-clients': 'no',
  'tls-cluster': 'yes',
  'tls-replication': 'yes',
});

/** As Redis writes the file itself. */
export function nodesSeenBy(self: Member, members: readonly Member[]): string {
  const lines = members.map((member) => {
    const { id, port, tlsPort = port, busPort, shard, isPrimary } = member;
    const own = member === self ? 'myself,' : '';
    const primary = members[shard] as Member;
    const role = isPrimary ? `${own}master -` : `${own}slave ${primary.id}`;
    const from = Math.ceil((shard * SLOTS) / SHARDS);
    const slots = isPrimary ? ` ${from}-${Math.ceil(((shard + 1) * SLOTS) / SHARDS) - 1}` : '';
    return `${id} 127.0.0.1:${tlsPort}@${busPort} ${role} 0 0 ${shard + 1} connected${slots}`;
  });
  return [...lines, `vars currentEpoch ${SHARDS} lastVoteEpoch 0`, ''].join('\n');
}
