// The only door to AWS. It knows no resource: a command goes in, what AWS answers comes out.
import type { Layer } from './call.ts';
import { type ClientOptions, createClients } from './clients.ts';
import { type Clock, systemClock } from './clock.ts';
import { RegionNotAllowedError } from './errors.ts';
import { type Cost, Ledger } from './ledger.ts';
import { type AwsCommand, type OutputOf, operationOf } from './operation.ts';
import { quota } from './quota.ts';
import type { Rates } from './quota-table.ts';
import { retries } from './retries.ts';
import { singleFlight } from './single-flight.ts';

export interface UpstreamOptions extends ClientOptions {
  /** The regions that may be called. A region often comes from an ARN, which is user input and must never choose a host. */
  regions: readonly string[];
  /** Call rates of this account that differ from the published ones, by operation. */
  rates?: Rates | undefined;
  clock?: Clock | undefined;
}

/** One request of a client of ours: its calls take turns with those of others, and end when it ends. */
interface UpstreamRequest {
  send<C extends AwsCommand>(region: string, command: C): Promise<OutputOf<C>>;
  /** What it has cost so far. */
  cost(): Cost;
}

export interface Upstream {
  open(request: { signal: AbortSignal; timeoutMs: number }): UpstreamRequest;
  checkCredentials(region: string): Promise<void>;
  /** Calls that are with AWS now. */
  inFlight(): number;
  close(): void;
}

export function createUpstream({
  regions,
  rates,
  clock = systemClock,
  ...options
}: UpstreamOptions): Upstream {
  const { send: sendToAws, ...clients } = createClients(options);
  const { layer: waitForQuota, budgetOf } = quota({ clock, rates });
  /** In the order that a call meets them: the cheaper answer first, and each attempt of a retry counted. */
  const layers: Layer[] = [singleFlight, retries({ clock }), waitForQuota];
  const send = layers.reduceRight((next, layer) => layer(next), sendToAws);
  const allowed = new Set(regions);

  return {
    ...clients,
    open: ({ signal, timeoutMs }) => {
      const ledger = new Ledger(clock);
      const request = { signal, caller: {}, deadline: clock.now() + timeoutMs, ledger };
      return {
        cost: () => ledger.cost(budgetOf),
        send: async <C extends AwsCommand>(region: string, command: C) => {
          if (!allowed.has(region)) {
            throw new RegionNotAllowedError(
              `Region ${region} is not one of those served here: ${regions.join(', ')}`,
            );
          }
          const call = { operation: operationOf(command), region, command, attempt: 1, ...request };
          return (await send(call)) as OutputOf<C>;
        },
      };
    },
  };
}
