// Fields of messages that are made of AWS's events: every member of an event but its name can be absent.
import type { EnumRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { isText } from '../../events/envelope.ts';
import type { ActivityMessage } from '../../live/messages.ts';
import { isArnOf } from '../../upstream/arn.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { LiveEvent } from './live.ts';

/** A member of the event's detail; the first of these names that it has. */
export const detailOf = (
  { activity: { detail } }: Pick<ActivityMessage, 'activity'>,
  ...names: readonly string[]
): string | undefined => names.map((name) => detail[name]).find(isText);

/** The ARN of that type that the event names, if the caller may see it. */
export function arnOf(
  message: ActivityMessage,
  kind: string,
  { bounds }: Pick<Context, 'bounds'>,
  ...names: readonly string[]
): string | undefined {
  const { resources, detail } = message.activity;
  const arns = [...resources, ...names.map((name) => detail[name])];
  return arns.find((arn): arn is string => isText(arn) && isArnOf(kind, arn) && bounds.covers(arn));
}

/** A key of the event, as far as it can name anything: events are input of others. */
export function soundKey<Key extends object>(
  entity: { check: (key: Key) => void },
  key: { [Member in keyof Key]?: Key[Member] | undefined },
): typeof key {
  try {
    entity.check(key as Key);
    return key;
  } catch {
    return {};
  }
}

/** AWS's name in the spelling of an enum; undefined for a write, whose name is an operation's. */
const enumNameOf = ({ activity: { eventName, source } }: ActivityMessage): string | undefined =>
  source === 'EVENTBRIDGE' ? eventName.toUpperCase().replace(/[^A-Z0-9]+/g, '_') : undefined;

type ActivityFields = PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, ActivityMessage>;

/** A text of the event's detail, null where it has none. */
export const detailText = (t: ActivityFields, description: string, ...names: readonly string[]) =>
  t.string({ description, resolve: (message) => detailOf(message, ...names) });

export const detailInt = (t: ActivityFields, description: string, name: string) =>
  t.int({
    description,
    resolve: ({ activity: { detail } }) =>
      typeof detail[name] === 'number' ? Math.round(detail[name] as number) : null,
  });

/** A type of messages of AWS's events. */
export const activityType = (
  name: string,
  description: string,
  fields: (t: ActivityFields) => Record<string, ReturnType<ActivityFields['field']>>,
) =>
  builder.objectRef<ActivityMessage>(name).implement({
    description,
    interfaces: [LiveEvent],
    fields: (t) =>
      ({
        eventName: t.string({
          nullable: false,
          description: 'AWS’s own name of the event, or of the operation of a write.',
          resolve: ({ activity: { eventName } }) => eventName,
        }),
        detailType: t.string({
          nullable: false,
          description: 'The event’s `detail-type` in EventBridge.',
          resolve: ({ activity: { detailType } }) => detailType,
        }),
        ...fields(t),
      }) as never,
  });

/** Members of events of recordings. */
export const recordingFields = (t: ActivityFields) => ({
  recordingS3BucketName: detailText(t, 'S3 bucket of the recording.', 'recording_s3_bucket_name'),
  recordingS3KeyPrefix: detailText(t, 'S3 prefix of the recording.', 'recording_s3_key_prefix'),
  recordingDurationMs: detailInt(t, 'Duration of the recording in milliseconds.', 'recording_duration_ms'),
});

/** The enum beside AWS's own name. */
export const nameField = <Name extends string>(t: ActivityFields, type: EnumRef<SchemaTypes, Name>) =>
  t.field({
    type,
    description: 'Name of the event. Null for writes and for names that this version does not know.',
    resolve: (message) => enumNameOf(message) as never,
  });
