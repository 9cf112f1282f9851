// Small worlds for tests.
import type { TestGateway } from './gateway.ts';

/** A stage made through the graph. */
export async function createStage({ data, emulator }: TestGateway, name = 'a-stage'): Promise<string> {
  const { createStage } = await data(
    `mutation ($name: String) { createStage(input: { name: $name }) { ... on CreateStagePayload { stage { arn } } } }`,
    { name },
  );
  emulator.calls.reset();
  return createStage.stage.arn;
}

/** A stage with people on it, whose userIds are user-0, user-1 … */
export async function createSession(gateway: TestGateway, people: number) {
  const stageArn = await createStage(gateway);
  const joined = Array.from({ length: people }, (_, index) =>
    gateway.emulator.control.join({
      stageArn,
      userId: `user-${index}`,
      browserName: 'Firefox',
      ispName: 'An ISP',
    }),
  );
  const sessionId = joined[0]?.sessionId as string;
  return { stageArn, sessionId, participantIds: joined.map(({ participantId }) => participantId) };
}
