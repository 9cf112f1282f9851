// Writes as CloudTrail sends them to EventBridge, for both APIs under one name.
// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/cloudtrail.html
import type { IncomingMessage } from 'node:http';
import { AwsError } from '../errors.ts';
import type { Operation, Shape, Structure } from '../model/model.ts';
import type { World } from '../world/world.ts';
import { detailTypes, idOf, toSeconds } from './event.ts';

export interface ApiCall {
  operation: Operation;
  world: World;
  request: IncomingMessage;
  requestId: string;
  input: object;
  /** As sent, unless it failed. */
  output?: object;
  error?: unknown;
}

const READ = /^(Get|List|BatchGet)[A-Z]/;

/** Writes are. */
export const isReported = (operation: string): boolean => !READ.test(operation);

/** A rule in the state ENABLED hears of writes alone, the refused ones among them. */
export function emitApiCall(call: ApiCall): void {
  const { operation, world, error } = call;
  if (!isReported(operation.name)) return;
  if (error !== undefined && !(error instanceof AwsError)) return;
  world.emit({ type: detailTypes.apiCall, resources: [], detail: recordOf(call) });
}

function recordOf({ operation, world, request, requestId, input, output, error }: ApiCall) {
  return {
    eventVersion: '1.11',
    userIdentity: identityOf(world),
    eventTime: toSeconds(world.now()),
    eventSource: 'ivs.amazonaws.com',
    eventName: operation.name,
    awsRegion: world.region,
    sourceIPAddress: request.socket.remoteAddress ?? '',
    userAgent: request.headers['user-agent'] ?? '',
    ...(error instanceof AwsError && { errorCode: error.type, errorMessage: error.message }),
    requestParameters: elementsOf(operation.input, input),
    responseElements: output ? elementsOf(operation.output, output) : null,
    requestID: requestId,
    eventID: idOf(requestId),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: world.accountId,
    eventCategory: 'Management',
  };
}

const identityOf = ({ accountId }: World) => ({
  type: 'IAMUser',
  principalId: 'AIDAEMULATOREXAMPLE00',
  arn: `arn:aws:iam::${accountId}:user/emulator`,
  accountId,
  userName: 'emulator',
});

/** Without the members that AWS calls sensitive. */
function elementsOf(structure: Structure, value: object): object | null {
  const elements = withoutSecrets(structure, value) as object;
  return Object.keys(elements).length > 0 ? elements : null;
}

function withoutSecrets(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'list') return (value as unknown[]).map((item) => withoutSecrets(shape.of, item));
  if (shape.kind !== 'structure') return value;
  const members = Object.entries(value as object).flatMap(([name, member]) => {
    const { shape: of, isSensitive } = shape.members.get(name) ?? {};
    return of && !isSensitive ? [[name, withoutSecrets(of, member)]] : [];
  });
  return Object.fromEntries(members);
}
