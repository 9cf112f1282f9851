// The AWS SDK alone, behind a bare HTTP server: what a backend would write that asks AWS directly.
import { getOne, getParticipant, listParticipants, listStages, revoke } from './ivs.mjs';
import { listen } from './listen.mjs';

const orNull = (work) => work.catch(() => null);

const tasks = {
  '/stages': async () => {
    const stages = (await listStages()) ?? [];
    return Promise.all(
      stages.map(async ({ arn, name, activeSessionId }) => ({
        name,
        people: (await orNull(listParticipants({ stageArn: arn, sessionId: activeSessionId }))) ?? [],
      })),
    );
  },
  '/participants': async ({ stageArn, sessionId, detail }) => {
    const people = (await listParticipants({ stageArn, sessionId })) ?? [];
    if (!detail) return people;
    return Promise.all(
      people.map(({ participantId }) => orNull(getParticipant({ stageArn, sessionId, participantId }))),
    );
  },
  '/one': ({ kind, key }) => getOne[kind](key),
  '/revoke': ({ pairs }) => revoke(pairs),
};

async function answer(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const task = tasks[request.url];
  if (!task) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(await task(JSON.parse(body || '{}'))));
}

listen((request, response) => void answer(request, response).catch(() => response.destroy()));
