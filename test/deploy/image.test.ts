// What can be checked of the image without Docker: its health check, and that its files name what exists.
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parse } from '@cdktn/hcl2json';
import { describe, expect, it } from 'vitest';
import { localServer } from '../support/local-server.ts';

// biome-ignore lint/suspicious/noExplicitAny: HCL
type Any = any;
const dockerfile = readFileSync('Dockerfile', 'utf8');
const run = promisify(execFile);

/** The exit code of the health check, and what it writes. */
const check = (...args: string[]) =>
  run('bash', ['scripts/healthcheck.sh', ...args]).then(
    ({ stdout }) => [0, stdout],
    ({ code, stdout }) => [code, stdout],
  );

async function serveStatus(statusOf: (path: string | undefined) => number): Promise<string> {
  const origin = await localServer(({ url }, response) => {
    response.writeHead(statusOf(url)).end();
  });
  return new URL(origin).port;
}

describe('the health check', () => {
  it('succeeds with status 200 of /livez, or of the path that is given', async () => {
    const port = await serveStatus((path) => (path === '/livez' ? 200 : 404));
    expect(await check(port)).toEqual([0, '']);
    expect(await check(port, '/_control')).toEqual([1, expect.stringContaining('/_control: HTTP/1.1 404')]);
  });

  it('fails with another status, and where nothing listens', async () => {
    const port = await serveStatus(() => 503);
    expect(await check(port)).toEqual([1, expect.stringContaining('503')]);
    expect(await check('1')).toEqual([1, '']);
  });
});

it('copies what .dockerignore lets through', () => {
  const admitted = readFileSync('.dockerignore', 'utf8').match(/(?<=^!).+$/gm) ?? [];
  const copied = [...dockerfile.matchAll(/^COPY (?!--from)(?:--\S+ )?(.+) \S+$/gm)].flatMap(
    ([, sources = '']) => sources.split(' '),
  );
  expect([...new Set(copied)].sort()).toEqual(admitted.sort());
  expect(copied.filter((file) => !existsSync(file))).toEqual([]);
});

it('has a numeric user, which Kubernetes can tell from root', () => {
  expect(dockerfile).toMatch(/^USER \d+:\d+$/m);
});

it('gets from docker-bake.hcl arguments that it declares, for two architectures', async () => {
  const { target, variable } = (await parse(
    'docker-bake.hcl',
    readFileSync('docker-bake.hcl', 'utf8'),
  )) as Any;
  const [{ args, platforms, attest }] = target.image;
  const declared = [...dockerfile.matchAll(/^ARG (\w+)/gm)].map(([, name]) => name);
  expect(Object.keys(args).filter((name) => !declared.includes(name))).toEqual([]);
  expect(Object.values(args).filter((value) => !/^\$\{\w+\}$/.test(String(value)))).toEqual([]);
  expect(Object.keys(args).filter((name) => !(name in variable))).toEqual([]);
  expect(platforms).toEqual(['linux/amd64', 'linux/arm64']);
  expect(attest.join()).toContain('type=sbom');
});
