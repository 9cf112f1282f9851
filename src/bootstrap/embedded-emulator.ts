// The emulator in the gateway's own process, and the events that it sends to the gateway.
import { type Emulator, startEmulator } from '../emulator/emulator.ts';
import { MalformedEventError } from '../events/envelope.ts';
import { type ReceiverOptions, receiverOf } from '../events/receiver.ts';

/** `accountId`: where the demo world is, if not in the usual account. */
export async function embedEmulator(port: number, accountId?: string): Promise<Emulator> {
  return startEmulator({ seed: 'demo', alive: true, port, ...(accountId && { accountId }) }).catch(
    (error) => {
      throw Object.assign(error, { settings: ['EMULATOR_PORT', 'EMULATOR_PORT'] });
    },
  );
}

/** Events of the embedded emulator need neither an address nor a secret. */
export function deliverEvents(emulator: Emulator, options: ReceiverOptions): void {
  const receive = receiverOf(options);
  const send = async (body: string) =>
    receive(body).then(
      () => ({ status: 200 }),
      // As POST /events: what is no event does not come again
      (error) => ({ status: error instanceof MalformedEventError ? 400 : 503 }),
    );
  emulator.deliverTo(send, { heartbeat: true });
}
