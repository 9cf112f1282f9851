// What an example of GraphiQL is, and what the examples name in the demo world.

export interface Example {
  /** Begins with the job that it does, how many AWS calls it makes at most, and which scopes it needs. */
  query: string;
  variables?: Record<string, unknown>;
  /** Beside those of every tab. */
  headers?: Record<string, string>;
}

export const arnOf = (resource: string): string => `arn:aws:ivs:us-west-2:123456789012:${resource}`;

export const stageArn = arnOf('stage/TownHall0001');
export const channelArn = arnOf('channel/MainStage001');
