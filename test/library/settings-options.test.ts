// Options of the library are the environment's variables, with the same checks.
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { environment } from '../../src/config/environment.ts';
import { ConfigError, createIvsGateway, type IvsGatewayOptions } from '../../src/index.ts';
import { variables } from '../../src/library/names.ts';

async function problemsOf(options: object): Promise<readonly string[]> {
  const error = await createIvsGateway(options as IvsGatewayOptions).then(
    (gateway) => gateway.close().then(() => 'no error'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).problems;
}

const cyclic: object[] = [{ issuer: 'a' }];
cyclic.push({ audience: cyclic });
const shape = (name: string, expected: string, got: string) => `${name}: expected ${expected}, got ${got}`;
const CREDENTIALS =
  'an object with accessKeyId and secretAccessKey, or a function that returns a promise of one';
const CLIENT = 'a function that returns an SDK client';
const LOGGER = 'an object with the functions error, warn and info, such as a logger of pino';
const EXTERNAL_ID = '2 to 1224 letters, digits and characters of _+=,.@:/-';

describe('values of another shape', () => {
  it.each<[unknown, string]>([
    [null, 'options: expected an object, got null'],
    [[], 'options: expected an object, got a list'],
    [new Map([['port', 1]]), 'options: expected an object, got a Map'],
    ['aws', 'options: expected an object, got a text'],
    [
      { credentials: { accessKeyId: 'sesame' } },
      shape('credentials', CREDENTIALS, 'an object without secretAccessKey'),
    ],
    [{ credentials: 'sesame' }, shape('credentials', CREDENTIALS, 'a text')],
    [{ credentials: null }, shape('credentials', CREDENTIALS, 'null')],
    [{ awsClient: {} }, shape('awsClient', CLIENT, 'an object')],
    [{ logger: () => {} }, shape('logger', LOGGER, 'a function')],
    [{ logger: { error() {}, info() {} } }, shape('logger', LOGGER, 'an object without warn')],
    [{ logger: [] }, shape('logger', LOGGER, 'a list')],
    [
      { authIssuers: cyclic },
      'authIssuers: expected what JSON can hold, got an object that contains itself, or a bigint',
    ],
    [{ externalId: { '123456789012': 'ours' } }, shape('externalId', EXTERNAL_ID, 'an object')],
    [{ externalId: {} }, shape('externalId', EXTERNAL_ID, 'an object')],
    [
      { limits: new Map([['depth', 3]]) },
      expect.stringMatching(/^limits: expected names of limits .*, got a Map$/),
    ],
    [{ awsRegion: null }, 'awsRegion: expected an AWS region such as us-west-2, got null'],
    [{ awsRegion: new URL('http://a') }, 'awsRegion: expected an AWS region such as us-west-2, got a URL'],
    [{ path: true }, expect.stringMatching(/^path: expected a path such as .*, got true$/)],
    [{ regions: ['us-west-2', null] }, 'regions: expected items that are texts, got null'],
    [{ regions: [undefined] }, 'regions: expected items that are texts, got undefined'],
    [
      { path: '/a/../b' },
      expect.stringMatching(
        /^path: expected a path such as .* without \. and \.\. as parts, .*, got "\/a\/\.\.\/b"$/,
      ),
    ],
    [{ path: '/a/.' }, expect.stringMatching(/^path: expected a path/)],
    [{ graphqlPath: '/a' }, 'graphqlPath: expected the name of an option. Did you mean path?'],
    [{ graphQLPath: '/a' }, 'graphQLPath: expected the name of an option. Did you mean path?'],
    [{ ivsBackend: 'aws' }, 'ivsBackend: expected the name of an option. Did you mean backend?'],
    [{ loger: console }, 'loger: expected the name of an option. Did you mean logger?'],
  ])('%j is refused', async (options, problem) => {
    const problems = await problemsOf(options as object);
    expect(problems).toEqual([problem]);
    expect(problems.join()).not.toContain('sesame');
  });

  it('paths may have dots otherwise', async () => {
    const gateway = await createIvsGateway({ path: '/a/..b/.c', logLevel: 'silent' });
    onTestFinished(() => gateway.close());
    expect(gateway.path).toBe('/a/..b/.c');
  });
});

describe('options', () => {
  it('exist for each variable, but for those of the process', () => {
    const without = Object.keys(environment).filter(
      (name) => ![...variables.values()].includes(name as never),
    );
    expect(without.filter((name) => !name.startsWith('OTEL_'))).toEqual([
      'AWS_DEFAULT_REGION',
      'HTTPS_PROXY',
      'HTTP_PROXY',
      'NO_PROXY',
    ]);
  });

  it('are checked all at once, in their own names', async () => {
    const options = {
      backend: 'azure',
      requestTimeoutMs: 0,
      eventsSecret: 'sesame',
      corsOrigins: ['*.example'],
    };
    expect(await problemsOf(options)).toEqual([
      'backend: expected one of emulator, aws, got "azure"',
      'requestTimeoutMs: expected milliseconds, a whole number from 1 to 600000, got "0"',
      'corsOrigins: expected origins such as https://app.example.com,http://localhost:3000, or *, got "*.example"',
      expect.stringMatching(/^eventsSecret: .* got a text that is not shown, since it may hold a secret$/),
    ]);
  });

  it('need what the environment needs', async () => {
    expect(await problemsOf({ backend: 'aws', awsRegion: 'us-west-2' })).toEqual([
      'authMode: expected jwt, or none, set explicitly, to serve without authentication, since backend is aws; it is not set',
    ]);
    expect(await problemsOf({ path: '/events' })).toEqual([
      'eventsPath: expected another path than path, got "/events"',
    ]);
  });

  it('do not take the region of the environment', async () => {
    vi.stubEnv('AWS_REGION', 'us-west-2');
    vi.stubEnv('AWS_CONFIG_FILE', '/none');
    onTestFinished(() => void vi.unstubAllEnvs());
    expect(await problemsOf({ backend: 'aws', authMode: 'none' })).toEqual([
      'awsRegion: expected an AWS region such as us-west-2, since backend is aws; it is not set (the library does not read the variables of the environment), and the profile in ~/.aws has none',
    ]);
  });

  it.each([
    ['a slip', { regoins: ['us-west-2'] }, 'regoins: expected the name of an option. Did you mean regions?'],
    [
      'a variable',
      { IVS_CALL_RATES: {} },
      'IVS_CALL_RATES: expected the name of an option. Did you mean callRates?',
    ],
    [
      'a variable of the process',
      { httpsProxy: 'http://proxy:1' },
      'httpsProxy: expected an option, got a variable of the process. Set it in the environment',
    ],
    [
      'a function',
      { awsRegion: () => 'us-west-2' },
      'awsRegion: expected an AWS region such as us-west-2, got a function',
    ],
    [
      'an item that would be two',
      { eventsSecret: ['0123456789abcdef,0123456789abcdef'] },
      'eventsSecret: expected items without commas',
    ],
    [
      'an unknown limit',
      { limits: { deepness: 3 } },
      expect.stringMatching(/^limits: expected names among .* got deepness$/),
    ],
    [
      'credentials of no use',
      { credentials: { accessKeyId: 'a', secretAccessKey: 'b' } },
      'credentials: expected backend to be aws, got emulator',
    ],
  ])('refuse %s', async (_, options, problem) => {
    expect(await problemsOf(options)).toEqual([problem]);
  });
});
