// Events of AWS on their way in, and the scripts of Redis.
import { context, SpanKind, type Tracer, trace } from '@opentelemetry/api';
import type { EventObserver, ReceiveEvent } from '../events/receiver.ts';
import type { Shared } from '../upstream/shared.ts';
import { attributes, names } from './names.ts';
import { markFailed, typeOf } from './spans.ts';

/** Of a queue: one span for each message. `POST /events` has that of its request. */
export const traceReceive =
  (tracer: Tracer, receive: ReceiveEvent): ReceiveEvent =>
  (text) =>
    tracer.startActiveSpan(
      names.queueEvent,
      {
        root: true,
        kind: SpanKind.CONSUMER,
        attributes: { [attributes.messagingSystem]: 'aws_sqs', [attributes.messagingOperation]: 'process' },
      },
      async (span) => {
        try {
          return await receive(text);
        } catch (error) {
          markFailed(span, typeOf(error));
          throw error;
        } finally {
          span.end();
        }
      },
    );

/** Notes what became of an event, whatever has brought it. */
export const traceObserved = ({ received, ...observer }: EventObserver): EventObserver => ({
  ...observer,
  received: (kind, outcome) => {
    received(kind, outcome);
    trace
      .getActiveSpan()
      ?.setAttributes({ [attributes.eventKind]: kind, [attributes.eventOutcome]: outcome });
  },
});

/** Heartbeats and what else belongs to no request have none. */
export function traceScripts(tracer: Tracer, redis: Pick<Shared, 'run' | 'catchUp'>): void {
  const [run, catchUp] = [redis.run.bind(redis), redis.catchUp.bind(redis)];
  redis.run = (lua, keys, args) => traced(tracer, 'EVALSHA', keys, () => run(lua, keys, args));
  redis.catchUp = () => traced(tracer, 'PING', [], catchUp);
}

async function traced<T>(
  tracer: Tracer,
  operation: string,
  keys: string[],
  run: () => Promise<T>,
): Promise<T> {
  if (!trace.getActiveSpan()?.isRecording()) return run();
  const groups = [...new Set(keys.map((key) => /^[\w-]*/.exec(key)?.[0] ?? ''))];
  const span = tracer.startSpan(operation, {
    kind: SpanKind.CLIENT,
    attributes: {
      [attributes.dbSystem]: 'redis',
      [attributes.dbOperation]: operation,
      [attributes.redisKeys]: groups,
    },
  });
  try {
    return await context.with(trace.setSpan(context.active(), span), run);
  } catch (error) {
    markFailed(span, typeOf(error));
    throw error;
  } finally {
    span.end();
  }
}
