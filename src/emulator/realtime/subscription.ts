// Who is subscribed to whom. A publisher may have a hundred thousand subscribers: when it stops, its publication notes the end
// once, and each subscriber notes it as its own event before anything else is noted or read of it.
import type { Participant, ParticipantEvent, Publication, StageSession, World } from '../world/world.ts';

type Subscriber = Pick<Participant, 'participantId' | 'replicationType' | 'subscriptions'>;

export const isPublishing = ({ publication }: Pick<Participant, 'publication'>): boolean =>
  publication !== undefined;

export function beginPublication(world: World, session: StageSession, publisher: Participant): void {
  const order = world.nextOrder();
  const isReplica = publisher.replicationType === 'REPLICA';
  session.publications.set(order, { order, isReplica, subscribers: 0 });
  publisher.publication = order;
}

export function endPublication(world: World, session: StageSession, publisher: Participant): void {
  const publication = publicationOf(session, publisher.publication);
  publisher.publication = undefined;
  if (!publication) return;
  publication.end = { eventTime: world.now(), order: world.nextOrder() };
  forgetIfUnused(session, publication);
}

export function addSubscription(
  session: StageSession,
  subscriber: Participant,
  publisher: Participant,
): void {
  const publication = publicationOf(session, publisher.publication);
  if (!publication) return;
  publication.subscribers += 1;
  subscriber.subscriptions ??= new Map();
  subscriber.subscriptions.set(publisher.participantId, publication.order);
}

/** Whether there was one. */
export function removeSubscription(
  session: StageSession,
  subscriber: Subscriber,
  publisherId: string,
): boolean {
  const order = subscriber.subscriptions?.get(publisherId);
  if (order === undefined) return false;
  subscriber.subscriptions?.delete(publisherId);
  const publication = publicationOf(session, order);
  if (!publication) return true;
  publication.subscribers -= 1;
  forgetIfUnused(session, publication);
  return true;
}

/** The publishers that it is subscribed to. */
export const subscriptionsOf = (session: StageSession, { subscriptions }: Subscriber): string[] =>
  [...(subscriptions ?? [])].flatMap(([publisherId, order]) =>
    publicationOf(session, order)?.end ? [] : [publisherId],
  );

/** Takes out the subscriptions whose publication has ended. Returns their events, in order. */
export function takeEnded(session: StageSession, subscriber: Subscriber): ParticipantEvent[] {
  const { participantId, replicationType, subscriptions = new Map() } = subscriber;
  const events: ParticipantEvent[] = [];
  for (const [remoteParticipantId, order] of subscriptions) {
    const { end, isReplica = false } = publicationOf(session, order) ?? {};
    if (!end) continue;
    removeSubscription(session, subscriber, remoteParticipantId);
    const replica = isReplica || replicationType === 'REPLICA';
    events.push({
      name: 'SUBSCRIBE_STOPPED',
      participantId,
      ...end,
      remoteParticipantId,
      ...(replica && { replica }),
    });
  }
  return events.sort((one, other) => one.order - other.order);
}

const publicationOf = (session: StageSession, order: number | undefined): Publication | undefined =>
  order === undefined ? undefined : session.publications.get(order);

function forgetIfUnused({ publications }: StageSession, { order, end, subscribers }: Publication): void {
  if (end && subscribers === 0) publications.delete(order);
}
