import type { Service } from '../../../../src/emulator/model/model.ts';
import type { Input } from '../wire.ts';
import { lowLatencySamples } from './low-latency.ts';
import { realtimeSamples } from './realtime.ts';
import type { Sample } from './sample.ts';

/** Every sample by service and operation, for those who take them all alike. */
export const samples = { ivs: lowLatencySamples, 'ivs-realtime': realtimeSamples } as unknown as Record<
  Service,
  Record<string, Sample<Input> | undefined>
>;
