// The only door to AWS. It knows no resource: a command goes in, what AWS answers comes out.
import type { Layer } from './call.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { RegionNotAllowedError } from './errors.ts';
import { type AwsCommand, type OutputOf, operationOf } from './operation.ts';
import { singleFlight } from './single-flight.ts';

export interface UpstreamOptions extends ClientOptions {
  /** The regions that may be called. A region often comes from an ARN, which is user input and must never choose a host. */
  regions: readonly string[];
}

export interface Upstream {
  send<C extends AwsCommand>(region: string, command: C, signal: AbortSignal): Promise<OutputOf<C>>;
  checkCredentials(region: string): Promise<void>;
  close(): void;
}

/** In the order that a call meets them: the cheaper answer first. */
const layers: Layer[] = [singleFlight];

export function createUpstream({ regions, ...options }: UpstreamOptions): Upstream {
  const clients = createClients(options);
  const send = layers.reduceRight((next, layer) => layer(next), clients.send);
  const allowed = new Set(regions);

  return {
    ...clients,
    send: async <C extends AwsCommand>(region: string, command: C, signal: AbortSignal) => {
      if (!allowed.has(region)) {
        throw new RegionNotAllowedError(
          `Region ${region} is not one of those served here: ${regions.join(', ')}`,
        );
      }
      return (await send({ operation: operationOf(command), region, command, signal })) as OutputOf<C>;
    },
  };
}
