// One call on its way to AWS, and the layers it passes.
import type { AwsCommand, Operation } from './operation.ts';

export interface Call {
  operation: Operation;
  region: string;
  command: AwsCommand;
  signal: AbortSignal;
}
export type Send = (call: Call) => Promise<unknown>;
export type Layer = (next: Send) => Send;
