import type { TestGateway } from './gateway.ts';

/** The values that arguments of a name can have, as they stand in a query. */
export type Pool = Readonly<Record<string, readonly string[]>>;

const plurals = {
  stage: 'stages',
  composition: 'compositions',
  encoderConfiguration: 'encoderConfigurations',
  storageConfiguration: 'storageConfigurations',
  ingestConfiguration: 'ingestConfigurations',
  publicKey: 'publicKeys',
  channel: 'channels',
  recordingConfiguration: 'recordingConfigurations',
  playbackKeyPair: 'playbackKeyPairs',
  playbackRestrictionPolicy: 'playbackRestrictionPolicies',
  adConfiguration: 'adConfigurations',
};

const everything = `{
  ${Object.values(plurals).map((plural) => `${plural} { nodes { __typename id arn } }`)}
  people: stages(first: 4) { nodes { sessions(first: 2) { nodes { __typename id stageArn sessionId
    participants(first: 5) { nodes { __typename id stageArn sessionId participantId } } } } } }
  broadcasts: channels(first: 4) { nodes { streamKeys { nodes { __typename id arn } }
    streamSessions { nodes { __typename id channelArn streamId } } } }
  streams { nodes { __typename id channelArn } }
}`;

/** What can be asked for in the world of a gateway; a few of each, so that what is asked for often exists. */
export async function poolOf(gateway: TestGateway): Promise<Pool> {
  const pool: Record<string, string[]> = {
    region: ['"us-west-2"', '"eu-west-1"', '"mars-1"'],
    key: ['"environment"', '"team"', '"nothing"'],
    live: ['true', 'false'],
    upTo: ['1', '150'],
  };
  const put = (name: string, value: string) => {
    pool[name] = [...(pool[name] ?? []), value];
  };
  const learn = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('id' in value) {
      const { id, ...key } = value as Record<string, unknown>;
      const members = Object.entries(key).filter(([, member]) => typeof member === 'string');
      const named = members.map(([name, member]) => `${name}: ${JSON.stringify(member)}`);
      for (const name of ['id', 'ids']) put(name, JSON.stringify(id));
      put('representations', `{ ${named.join(', ')} }`);
      for (const [name, member] of members) {
        const noun = `${key.__typename}`.charAt(0).toLowerCase() + `${key.__typename}`.slice(1);
        put(name === 'arn' ? `${noun}Arn` : name, JSON.stringify(member));
      }
    }
    for (const below of Object.values(value)) learn(below);
  };
  learn(await gateway.data(everything));
  return pool;
}
