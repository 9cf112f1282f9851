// What the AWS SDK's clients declare, read from a file that is made of them.
import { readFileSync } from 'node:fs';
import type { JsonModel } from './sdk-model.ts';

export type Service = 'ivs' | 'ivs-realtime';

export const awsModel: Record<Service, JsonModel> = JSON.parse(
  readFileSync(new URL('aws-model.json', import.meta.url), 'utf8'),
);

type EnumsOf<Sdk> = {
  [Name in keyof Sdk as Sdk[Name] extends Record<string, string> ? Name : never]: Sdk[Name];
};

// The types are those of the SDK that the file is made of
export const ivs = awsModel.ivs.enums as unknown as EnumsOf<typeof import('@aws-sdk/client-ivs')>;
export const ivsRealtime = awsModel['ivs-realtime'].enums as unknown as EnumsOf<
  typeof import('@aws-sdk/client-ivs-realtime')
>;
