// docker-compose.yml, read as compose reads it; there is no docker here.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../../src/config/config.ts';

interface Service {
  ports?: string[];
  command?: string;
  profiles?: string[];
  environment?: Record<string, string | number>;
  depends_on?: Record<string, { required?: boolean }>;
}
const { services } = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
};
/** Its variables, with `${COMPOSE_PROFILES:+…}` as compose puts it in. */
const configOf = (name: string, profiles: string) => {
  const env = Object.entries(services[name]?.environment ?? {}).map(([variable, value]) => [
    variable,
    String(value).replace(/\$\{COMPOSE_PROFILES:\+(.*)\}/, profiles && '$1'),
  ]);
  return readConfig({ ...Object.fromEntries(env), HOST: '0.0.0.0' });
};

it('publishes the gateway and the emulator, on loopback only', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  expect(ports.sort()).toEqual(['127.0.0.1:4000:4000', '127.0.0.1:4001:4000', '127.0.0.1:4566:4566']);
});

it('starts one gateway, which serves the whole demo world and looks for no Redis', () => {
  const always = Object.keys(services).filter((name) => !services[name]?.profiles);
  expect(always.sort()).toEqual(['emulator', 'gateway']);
  expect(configOf('gateway', '')).toMatchObject({
    redisUrl: undefined,
    regions: ['us-west-2', 'eu-west-1'],
  });
  expect(services.gateway?.depends_on?.redis).toMatchObject({ required: false });
});

it('has a profile with a second one, both on a Redis', () => {
  const more = Object.keys(services).filter((name) => services[name]?.profiles?.includes('replicas'));
  expect(more.sort()).toEqual(['gateway-2', 'redis']);
  for (const name of ['gateway', 'gateway-2'])
    expect(configOf(name, 'replicas').redisUrl).toBe('redis://redis:6379');
  // Valkey's own default refuses them
  expect(services.redis?.command).toContain('--protected-mode no');
});
