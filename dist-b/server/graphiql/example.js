// What an example of GraphiQL is, and what the examples name in the demo world.
export const arnOf = (resource) => `arn:aws:ivs:us-west-2:123456789012:${resource}`;
export const stageArn = arnOf('stage/TownHall0001');
export const channelArn = arnOf('channel/MainStage001');
