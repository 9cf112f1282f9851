import { useState } from 'react';
import { graphql, type ResultOf } from '../graphql.ts';
import { useLive } from '../live/use-live.ts';

const Events = graphql(`
  subscription StageEvents($stageArns: [ID!]!, $after: String) {
    message: stageEvents(stageArns: $stageArns, after: $after) {
      __typename
      ... on LiveEvent {
        id
        cursor
        time
      }
      ... on StageActivity {
        eventName
        participantId
        userId
        errorCode
      }
    }
  }
`);
type Message = ResultOf<typeof Events>['message'];

const SHOWN = 20;

/** What AWS says of the stage: publishing, errors, recordings, and writes. Without a rule in EventBridge only writes. */
export function StageEvents({ arn }: { arn: string }) {
  const [events, setEvents] = useState<readonly Message[]>([]);
  useLive({
    query: Events,
    each: [{ stageArns: [arn] }],
    hasState: false,
    onMessage: (event) =>
      // One can arrive twice.
      setEvents((before) => [event, ...before.filter(({ id }) => id !== event.id)].slice(0, SHOWN)),
  });
  const [last] = events;
  return (
    <details className="events">
      {/* One line, also before the first event: nothing jumps away from under a finger. */}
      <summary>
        {last ? 'Last event: ' : 'No events since this page is open'}
        {last && <EventLine event={last} />}
      </summary>
      <ul>
        {events.map((event) => (
          <li key={event.id}>
            <EventLine event={event} />
          </li>
        ))}
      </ul>
    </details>
  );
}

const EventLine = ({ event }: { event: Message }) => (
  <>
    <time dateTime={event.time}>{clock(event.time)}</time> {textOf(event)}
  </>
);

function textOf(event: Message): string {
  if (event.__typename === 'LiveGap') return 'Some events were missed';
  const { eventName, userId, participantId, errorCode } = event;
  return [eventName, userId ?? participantId, errorCode].filter(Boolean).join(', ');
}

const clock = (iso: string): string =>
  new Date(iso).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
