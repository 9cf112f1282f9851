// Bounds the bytes that wait for clients: bodies that are not sent to the end, and responses that are not read. Beyond it new
// requests are refused; far beyond it the largest response that waits is given up.
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './address.ts';
import { untilEnd } from './until-end.ts';

/** A response of megabytes takes longer to make than this, so what is added between two samples is bounded. */
const SAMPLE_MS = 50;
/** Times the bound, which requests that were taken before can exceed: then the largest response is given up. */
const GIVE_UP = 2;

export interface HeldBytes {
  max: number;
  /** Of the clients of one network (`networkOf`), so that one client cannot have all others refused. */
  maxPerAddress: number;
  refuse: RequestListener;
}

interface Exchange {
  response: ServerResponse;
  socket: Socket;
  network: string;
  /** What the connection had received when the request began. */
  receivedBefore: number;
}

/** A body is counted until its response is sent, since what was made of it lives as long. */
const heldBy = ({ response, socket, receivedBefore }: Exchange): number =>
  response.writableLength + socket.bytesRead - receivedBefore;

/** Calls `refuse` instead of `handler` while the requests under way hold too much, or those of the same network do. */
export function boundHeldBytes(
  handler: RequestListener,
  { max, maxPerAddress, refuse }: HeldBytes,
): RequestListener {
  const exchanges = new Set<Exchange>();
  let total = 0;
  let byNetwork = new Map<string, number>();
  let sampling: NodeJS.Timeout | undefined;

  const sample = (): void => {
    if (exchanges.size === 0) {
      clearInterval(sampling);
      sampling = undefined;
    }
    total = 0;
    byNetwork = new Map();
    for (const exchange of exchanges) {
      const held = heldBy(exchange);
      total += held;
      byNetwork.set(exchange.network, (byNetwork.get(exchange.network) ?? 0) + held);
    }
    for (const network of tooLarge()) giveUpLargest(network);
  };

  const tooLarge = (): string[] => {
    const [most, ...others] = [...byNetwork].toSorted(([, one], [, other]) => other - one);
    const over = others.filter(([, held]) => held > GIVE_UP * maxPerAddress);
    const isOver = most && (total > GIVE_UP * max || most[1] > GIVE_UP * maxPerAddress);
    return (isOver ? [most, ...over] : over).map(([network]) => network);
  };

  /** Refusals do not help where all came before the first response was made. */
  const giveUpLargest = (network: string): void => {
    const own = [...exchanges].filter((exchange) => exchange.network === network);
    const [largest] = own.toSorted((a, b) => b.response.writableLength - a.response.writableLength);
    if (largest && largest.response.writableLength > 0) largest.response.destroy();
  };

  /** As of the last sample. */
  const isFull = (network: string): boolean =>
    total > 0 && (total > max || (byNetwork.get(network) ?? 0) > maxPerAddress);

  const end = (exchange: Exchange): void => {
    exchanges.delete(exchange);
    if (exchanges.size === 0) total = 0;
  };

  const begin = ({ socket }: IncomingMessage, response: ServerResponse, network: string): void => {
    const exchange = { response, socket, network, receivedBefore: socket.bytesRead };
    exchanges.add(exchange);
    untilEnd(response, () => end(exchange));
    sampling ??= setInterval(sample, SAMPLE_MS).unref();
  };

  return (request, response) => {
    const network = networkOf(request.socket.remoteAddress);
    if (isFull(network)) return refuse(request, response);
    begin(request, response, network);
    handler(request, response);
  };
}
