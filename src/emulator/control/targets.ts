// What the commands of the control API name: it is there, or the command is refused.

import { Refused } from '../errors.ts';
import { placeOfStreamKey } from '../model/identifiers.ts';
import { findIngest } from '../realtime/ingest.ts';
import type { Accounts } from '../world/accounts.ts';
import type { Channel, Composition, Stage, World } from '../world/world.ts';

/** One of the two; the ARN stands for its first stream key. */
export interface IngestInput {
  streamKey?: string;
  ingestConfigurationArn?: string;
}

export class Targets {
  #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  world(arn: string): World | undefined {
    return this.#accounts.worldOf(arn);
  }

  stage(arn: string | undefined): { world: World; stage: Stage } {
    if (arn === undefined) throw new Refused('stageArn: expected the ARN of a stage');
    const world = this.world(arn);
    const stage = world?.stages.get(arn);
    if (!world || !stage) throw new Refused(`stageArn: there is no stage ${arn}`);
    return { world, stage };
  }

  composition(arn: string): { world: World; composition: Composition } {
    const world = this.world(arn);
    const composition = world?.compositions.get(arn);
    if (!world || !composition) throw new Refused(`compositionArn: there is no composition ${arn}`);
    return { world, composition };
  }

  ingest({ streamKey = '', ingestConfigurationArn: arn = '' }: IngestInput) {
    const place = placeOfStreamKey(streamKey);
    const world = this.world(arn) ?? (place && this.#accounts.worldAt(place));
    const found = world && findIngest(world, arn, streamKey);
    if (!found)
      throw new Refused(`there is no ingest configuration ${arn || `with the stream key ${streamKey}`}`);
    return { world, ...found };
  }

  channel(arn: string): { world: World; channel: Channel } {
    const world = this.world(arn);
    const channel = world?.channels.get(arn);
    if (!world || !channel) throw new Refused(`channelArn: there is no channel ${arn}`);
    return { world, channel };
  }
}
