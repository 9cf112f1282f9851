// Who comes to the stages of the demo world by another way than a client: an encoder, a copy, a new token.

import { startIngest } from '../realtime/ingest.ts';
import { addIngestConfiguration } from '../realtime/ingest-configuration.ts';
import { addPublicKey } from '../realtime/public-key.ts';
import { startReplication } from '../realtime/replication.ts';
import { activeSession } from '../realtime/stage-session.ts';
import { exchangeToken } from '../realtime/token-exchange.ts';
import type { Participant, Stage, World } from '../world/world.ts';
import { readableId } from './people.ts';

const MINUTE = 60_000;
const tags = { environment: 'production' };

// The private half was discarded when this one was made
const publicKeyMaterial = `-----BEGIN PUBLIC KEY-----
MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEal+a5tmAeBtvy1JRLWaD+2eVGl5tksnC
Q9Uhzsrodlv4u88t2FZebWs+0e0T0akabSo5oV6wSmQ8n2A/FzSO6fEcb5CRddL6
l1bPdtKwmURb/P7QcNqgETaonqWDE+a8
-----END PUBLIC KEY-----
`;

export function seedGuests(world: World): void {
  const now = world.now().getTime();
  const ago = (minutes: number, happen: () => void) => world.asOf(new Date(now - minutes * MINUTE), happen);
  addPublicKey(world, {
    arn: arnOf(world, 'public-key', 'token-signing'),
    name: 'token-signing',
    publicKeyMaterial,
  });
  seedIngest(world, ago);

  const [townHall, greenRoom] = [stageOf(world, 'town-hall'), stageOf(world, 'green-room')];
  const [carol, dave] = [participantOf(townHall, 'carol0000001'), participantOf(townHall, 'dave00000001')];
  ago(20, () =>
    exchangeToken(world, townHall, dave.participantId, {
      attributes: { ...dave.attributes, role: 'moderator' },
    }),
  );
  ago(15, () =>
    startReplication(world, townHall, greenRoom, carol, {
      attributes: { role: 'guest' },
      reconnectWindowSeconds: 30,
    }),
  );
}

/** A camera that is on air, and one with a second encoder that is not. */
function seedIngest(world: World, ago: (minutes: number, happen: () => void) => void): void {
  const camera = addIngestConfiguration(world, {
    arn: arnOf(world, 'ingest-configuration', 'stage-camera'),
    name: 'stage-camera',
    stageArn: arnOf(world, 'stage', 'open-mic'),
    participantId: 'stagecamera1',
    userId: 'stage-camera',
    attributes: { displayName: 'Stage camera' },
    ingestProtocol: 'RTMPS',
    tags,
  });
  ago(30, () => startIngest(world, camera));
  addIngestConfiguration(world, {
    arn: arnOf(world, 'ingest-configuration', 'spare-camera'),
    name: 'spare-camera',
    stageArn: arnOf(world, 'stage', 'rehearsal'),
    participantId: 'sparecamera1',
    redundantParticipantId: 'sparecamera2',
    userId: 'spare-camera',
    ingestProtocol: 'RTMP',
    insecureIngest: true,
    redundantIngest: true,
    tags,
  });
}

const arnOf = (world: World, kind: 'stage' | 'ingest-configuration' | 'public-key', name: string) =>
  world.newArn(kind, readableId(name, 12));
const stageOf = (world: World, name: string) => world.stages.get(arnOf(world, 'stage', name)) as Stage;
const participantOf = (stage: Stage, participantId: string) =>
  activeSession(stage)?.participants.get(participantId) as Participant;
