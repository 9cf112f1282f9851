// What the commands of the control API name: it is there, or the command is refused.
import { Refused } from './errors.ts';
import { parseArn, regionOfStreamKey } from './identifiers.ts';
import { findIngest } from './realtime/ingest.ts';
import type { Account, Channel, Composition, Stage, World } from './world.ts';

/** One of the two; the ARN stands for its first stream key. */
export interface IngestInput {
  streamKey?: string;
  ingestConfigurationArn?: string;
}

export class Targets {
  #account: Account;

  constructor(account: Account) {
    this.#account = account;
  }

  world(arn: string): World | undefined {
    const region = parseArn(arn)?.region;
    return region === undefined ? undefined : this.#account.world(region);
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
    const region = parseArn(arn)?.region ?? regionOfStreamKey(streamKey);
    const world = region === undefined ? undefined : this.#account.world(region);
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
