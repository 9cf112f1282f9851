// A queue of Amazon SQS on loopback, in AWS's JSON protocol. Its time-outs end when a test says so.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface Message {
  id: string;
  body: string;
  receipt: string;
  receives: number;
}
interface Fault {
  status: number;
  type: string;
  message: string;
}
type Operation = 'ReceiveMessage' | 'DeleteMessageBatch' | 'GetQueueAttributes';

export async function startSqs() {
  const queue = new FakeQueue();
  await queue.start();
  onTestFinished(() => queue.stop());
  return queue;
}

export class FakeQueue {
  /** Can be received. */
  visible: Message[] = [];
  /** Received, and not deleted. */
  hidden: Message[] = [];
  /** Of each request: its operation, credential scope and input. */
  // biome-ignore lint/suspicious/noExplicitAny: JSON
  readonly requests: { operation: Operation; scope: string; input: any }[] = [];
  /** Responses in place of the queue's own, until they are removed. */
  readonly faults = new Map<Operation, Fault>();
  /** Deletions that are refused one by one. */
  refusesDeletions = false;
  #server: Server | undefined;
  #port = 0;
  #sent = 0;
  #waiting: (() => void)[] = [];

  get origin(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  get url(): string {
    return `${this.origin}/123456789012/ivs-events`;
  }

  async start(): Promise<void> {
    this.#server = createServer((request, response) => void this.#serve(request, response));
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (!server?.listening) return;
    const closed = once(server.close(), 'close');
    server.closeAllConnections();
    await closed;
  }

  send(...bodies: unknown[]): void {
    for (const given of bodies) {
      this.#sent += 1;
      const body = typeof given === 'string' ? given : JSON.stringify(given);
      this.visible.push({ id: `m${this.#sent}`, body, receipt: `m${this.#sent}`, receives: 0 });
    }
    this.#wake();
  }

  /** The visibility timeout of all received messages ends. */
  release(): void {
    this.visible.push(...this.hidden.splice(0));
    this.#wake();
  }

  count(operation: Operation): number {
    return this.requests.filter((request) => request.operation === operation).length;
  }

  /** Receivers that wait for a message. */
  get waiting(): number {
    return this.#waiting.length;
  }

  get isEmpty(): boolean {
    return this.visible.length + this.hidden.length === 0;
  }

  #wake(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const operation = String(request.headers['x-amz-target']).replace('AmazonSQS.', '') as Operation;
    const [, scope = ''] = /Credential=\w+\/\d+\/([^,]*)/.exec(request.headers.authorization ?? '') ?? [];
    const input = JSON.parse(text);
    this.requests.push({ operation, scope, input });
    const fault = this.faults.get(operation);
    if (fault) {
      const { status, type, message } = fault;
      return reply(response, status, { __type: `com.amazonaws.sqs#${type}`, message });
    }
    if (operation === 'ReceiveMessage') return this.#receive(response, input);
    reply(response, 200, operation === 'DeleteMessageBatch' ? this.#delete(input) : { Attributes: {} });
  }

  /** A wait has no end but a message or a client that leaves. */
  async #receive(response: ServerResponse, input: { MaxNumberOfMessages: number }): Promise<void> {
    const left = new Promise<void>((resolve) => response.once('close', resolve));
    while (this.visible.length === 0 && !response.destroyed) {
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      this.#waiting.push(wake);
      await Promise.race([woken, left]);
      this.#waiting = this.#waiting.filter((one) => one !== wake);
    }
    if (response.destroyed) return;
    const received = this.visible.splice(0, input.MaxNumberOfMessages);
    for (const message of received) message.receives += 1;
    this.hidden.push(...received);
    const Messages = received.map(({ id, body, receipt }) => ({
      MessageId: id,
      Body: body,
      ReceiptHandle: receipt,
    }));
    reply(response, 200, { Messages });
  }

  #delete({ Entries }: { Entries: { Id: string; ReceiptHandle: string }[] }) {
    if (this.refusesDeletions) {
      const failure = { Code: 'InternalError', Message: 'not now', SenderFault: false };
      return { Successful: [], Failed: Entries.map(({ Id }) => ({ Id, ...failure })) };
    }
    const receipts = Entries.map(({ ReceiptHandle }) => ReceiptHandle);
    this.hidden = this.hidden.filter(({ receipt }) => !receipts.includes(receipt));
    return { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] };
  }
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': 'r-1' });
  response.end(JSON.stringify(body));
}
