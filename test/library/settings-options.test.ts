// Options of the library are the environment's variables, with the same checks.
import { describe, expect, it } from 'vitest';
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
      expect.stringMatching(/^eventsSecret: .* got another text, not shown here$/),
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
      'awsRegion: expected a text, number, boolean, list or object, got a function',
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
