// Other services of AWS, asked by clients nobody here wrote: v2 of the AWS SDK has all of them.
import AWS from 'aws-sdk';
import { expect, test } from 'vitest';
import { authorization, emulate, TOWN_HALL } from '../support/emulate.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
const NOT_HERE = /^This emulates Amazon IVS, and GetCallerIdentity and AssumeRole of sts\. It has no /;
const IDENTITY = {
  Account: '123456789012',
  Arn: 'arn:aws:iam::123456789012:user/emulator',
  UserId: 'AIDAEMULATOR000000000',
};

async function emulateOthers() {
  const world = await emulate();
  const { url } = world.emulator;
  const settings = {
    region: 'us-west-2',
    endpoint: url,
    accessKeyId: 'AKIDEXAMPLE',
    secretAccessKey: 'secret',
    maxRetries: 0,
    s3ForcePathStyle: true,
  };
  const unsigned = (body: string) => fetch(url, { method: 'POST', body, headers: FORM });
  return { ...world, url, settings, unsigned };
}

test('STS tells who asks', async () => {
  const { settings, emulator } = await emulateOthers();
  expect(await new AWS.STS(settings).getCallerIdentity().promise()).toMatchObject(IDENTITY);
  // No call of IVS
  expect(emulator.calls.count()).toBe(0);
});

test('it does so of a presigned URL, the account that the emulator was given', async () => {
  const { emulator } = await emulate({ accountId: '210987654321' });
  const query = new URLSearchParams({
    Action: 'GetCallerIdentity',
    Version: '2011-06-15',
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDEXAMPLE/20260101/us-east-1/sts/aws4_request',
    'X-Amz-Date': '20260101T000000Z',
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '00',
  });
  const response = await fetch(`${emulator.url}/?${query}`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/xml']);
  const id = response.headers.get('x-amzn-requestid');
  expect(await response.text()).toBe(
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
      '<Arn>arn:aws:iam::210987654321:user/emulator</Arn><UserId>AIDAEMULATOR000000000</UserId>' +
      '<Account>210987654321</Account></GetCallerIdentityResult>' +
      `<ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></GetCallerIdentityResponse>`,
  );
});

test('it tells nobody who has not signed', async () => {
  const { unsigned } = await emulateOthers();
  const response = await unsigned('Action=GetCallerIdentity&Version=2011-06-15');
  expect(response.status).toBe(403);
  expect(await response.text()).toContain('<Code>MissingAuthenticationTokenException</Code>');
});

type Service = Record<string, () => { promise(): Promise<unknown> }>;
const calls: [service: string, operation: string, code: string, statusCode: number][] = [
  ['STS', 'getSessionToken', 'InvalidAction', 400], // query
  ['SQS', 'listQueues', 'UnknownOperationException', 400], // JSON 1.0
  ['DynamoDB', 'listTables', 'UnknownOperationException', 400], // JSON 1.0
  ['SecretsManager', 'listSecrets', 'UnknownOperationException', 400], // JSON 1.1
  ['IAM', 'listRoles', 'InvalidAction', 400], // query
  ['EC2', 'describeVpcs', 'InvalidAction', 400], // its own query
  ['S3', 'listBuckets', 'NotImplemented', 501], // its own XML
  ['Route53', 'listHostedZones', 'UnknownOperationException', 404], // XML
  ['CloudFront', 'listDistributions', 'UnknownOperationException', 404], // XML
  ['Lambda', 'listFunctions', 'UnknownOperationException', 404], // JSON
  ['Ivschat', 'listRooms', 'UnknownOperationException', 404], // JSON
];
test.each(calls)('%s %s is told that it is not here, in the form that it reads', async (name, ...call) => {
  const { settings } = await emulateOthers();
  const [operation, code, statusCode] = call;
  const services = AWS as unknown as Record<string, new (settings: object) => Service>;
  const service = new (services[name] as new (settings: object) => Service)(settings);
  const message = expect.stringMatching(NOT_HERE);
  await expect(service[operation]?.().promise()).rejects.toMatchObject({ code, statusCode, message });
});

test('what S3 calls control wraps its errors', async () => {
  const { url } = await emulateOthers();
  const headers = { authorization: authorization('us-west-2', 's3') };
  const control = await fetch(`${url}/v20180820/jobs`, { headers });
  expect(await control.text()).toMatch(/^<ErrorResponse><Error><Type>Sender<.*GET \/v20180820\/jobs of s3\./);
});

test('a caller of RPC v2 gets CBOR', async () => {
  const { post } = await emulateOthers();
  const response = await post('/service/GraniteServiceVersion20100801/operation/ListMetrics', '', {
    authorization: authorization('us-west-2', 'monitoring'),
    'smithy-protocol': 'rpc-v2-cbor',
    'content-type': 'application/cbor',
  });
  expect([response.status, response.headers.get('smithy-protocol')]).toEqual([400, 'rpc-v2-cbor']);
  expect(response.headers.get('content-type')).toBe('application/cbor');
  const bytes = Buffer.from(await response.arrayBuffer());
  // A map of two pairs, each text with 16 bits of length before it
  expect(bytes.subarray(0, 4)).toEqual(Buffer.from([0xa2, 0x79, 0, 6]));
  const texts = [];
  for (let at = 1; at < bytes.length; at += 3 + bytes.readUInt16BE(at + 1))
    texts.push(bytes.subarray(at + 3, at + 3 + bytes.readUInt16BE(at + 1)).toString());
  expect(texts).toEqual([
    '__type',
    'UnknownOperationException',
    'message',
    expect.stringMatching(/ListMetrics of monitoring\.$/),
  ]);
});

test('calls that need no signature are known by their looks', async () => {
  const { post, unsigned } = await emulateOthers();
  const assumed = await unsigned('Action=AssumeRoleWithWebIdentity&Version=2011-06-15');
  expect([assumed.status, await assumed.text()]).toEqual([
    400,
    expect.stringContaining('<Code>InvalidAction</Code>'),
  ]);
  const target = 'AWSCognitoIdentityProviderService.InitiateAuth';
  const type = 'application/x-amz-json-1.1';
  const initiated = await post('/', '{}', { 'x-amz-target': target, 'content-type': type });
  expect([initiated.status, initiated.headers.get('content-type')]).toEqual([400, type]);
  expect(await initiated.json()).toEqual({
    __type: 'UnknownOperationException',
    message: expect.stringContaining(`no ${target} of another service`),
  });
});

test('what is called stands in XML as text', async () => {
  const { unsigned } = await emulateOthers();
  const response = await unsigned(`Action=${encodeURIComponent('</Message><a>&\0')}`);
  expect(await response.text()).toContain('It has no &lt;/Message&gt;&lt;a&gt;&amp;? of another service.');
});

test('tags of resources of other services are theirs', async () => {
  const { url } = await emulateOthers();
  const headers = { authorization: authorization('us-west-2', 'eks') };
  const theirs = await fetch(`${url}/tags/${encodeURIComponent('arn:aws:eks:us-west-2:1:cluster/a')}`, {
    headers,
  });
  expect([theirs.status, await theirs.json()]).toEqual([
    404,
    { message: expect.stringMatching(/ of eks\.$/) },
  ]);
  const ours = await fetch(`${url}/tags/${encodeURIComponent(TOWN_HALL)}`, { headers });
  expect([ours.status, await ours.json()]).toEqual([
    403,
    { message: 'The Credential must be scoped to the service ivs, not eks' },
  ]);
});

test('a form that is signed for IVS is a call of IVS, as curl sends it', async () => {
  const { post } = await emulateOthers();
  const response = await post('/ListStages', '{}', { authorization: authorization(), ...FORM });
  expect([response.status, await response.json()]).toEqual([200, { stages: [] }]);
});
