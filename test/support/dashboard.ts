// The built example dashboard before a real gateway, in a real browser, on a world that the test moves.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { type Browsing, browse } from './browser.ts';
import { ask, before, launchServer, PROGRAM } from './processes.ts';
import { checkTypes } from './types.ts';

export const example = join(import.meta.dirname, '../../examples/moderation-dashboard');
const vite = join(example, 'node_modules/vite/bin/vite.js');
const config = ['--config', join(example, 'vite.config.ts')];
type Program = Awaited<ReturnType<typeof launchServer>>;

/** Its `npm run build`, less the generating, which packages.ts has done. Into a folder of its own: test files run at once. */
function build(folder: string): void {
  const options = [...config, '--outDir', folder, '--emptyOutDir'];
  const bundle = () =>
    spawnSync(process.execPath, [vite, 'build', example, ...options], { encoding: 'utf8' });
  for (const step of [() => checkTypes(example), bundle]) {
    const { status, stdout, stderr } = step();
    if (status !== 0) throw new Error(stdout + stderr);
  }
}

export class Dashboard {
  readonly emulator: Emulator;
  readonly #env: Record<string, string>;
  readonly #folder: string;
  #gateway: Program;
  #program: Program;
  #browsing: Browsing;

  /** `env`: settings of the gateway. */
  static async open(env: Record<string, string> = {}): Promise<Dashboard> {
    const folder = mkdtempSync(join(tmpdir(), 'dashboard-'));
    build(folder);
    const emulator = await startEmulator({ seed: 'demo' });
    const gateway = await launchServer(PROGRAM, [], { ...before(emulator), ...env });
    const options = ['--outDir', folder, '--port', '0', ...config];
    const program = await launchServer(vite, ['preview', example, ...options], {
      GATEWAY_URL: gateway.url,
      NO_COLOR: '1',
    });
    return new Dashboard({ emulator, env, folder, gateway, program, browsing: await browse(program.url) });
  }

  private constructor(parts: {
    emulator: Emulator;
    env: Record<string, string>;
    folder: string;
    gateway: Program;
    program: Program;
    browsing: Browsing;
  }) {
    this.emulator = parts.emulator;
    this.#env = parts.env;
    this.#folder = parts.folder;
    this.#gateway = parts.gateway;
    this.#program = parts.program;
    this.#browsing = parts.browsing;
  }

  get page() {
    return this.#browsing.page;
  }

  get strangers() {
    return this.#browsing.strangers;
  }

  get complaints() {
    return this.#browsing.complaints;
  }

  get gatewayUrl() {
    return this.#gateway.url;
  }

  async stopGateway(): Promise<void> {
    this.#gateway.child.kill('SIGKILL');
    await this.#gateway.ended;
  }

  /** Where it was before. */
  async startGateway(env: Record<string, string> = {}): Promise<void> {
    const { port } = new URL(this.#gateway.url);
    this.#gateway = await launchServer(PROGRAM, [], {
      ...{ ...before(this.emulator), ...this.#env, ...env },
      PORT: port,
    });
  }

  async createStage(name: string): Promise<string> {
    const { data } = await ask(
      this.#gateway.url,
      `mutation { createStage(input: { name: "${name}" }) { ... on CreateStagePayload { stage { arn } } } }`,
    );
    return data.createStage.stage.arn;
  }

  /** ARNs by name. */
  async channels(): Promise<Record<string, string>> {
    const { data } = await ask(this.#gateway.url, '{ channels(first: 100) { nodes { name arn } } }');
    return Object.fromEntries(
      data.channels.nodes.map(({ name, arn }: { name: string; arn: string }) => [name, arn]),
    );
  }

  join(stageArn: string, userId: string) {
    const device = { browserName: 'Firefox', browserVersion: '145', ispName: 'An ISP' };
    return this.emulator.control.join({ stageArn, userId, ...device });
  }

  /** Anew, whatever the test before has left open. */
  async go(path = ''): Promise<void> {
    await this.page.goto(`${this.#program.url}/#/${path}`);
    await this.page.reload();
  }

  async goToStage(arn: string, somebody: RegExp): Promise<void> {
    await this.go(`stages/${encodeURIComponent(arn)}`);
    await this.page.getByRole('row', { name: somebody }).waitFor();
  }

  row(name: string) {
    return this.page.getByRole('row', { name: new RegExp(`${name}\\b`) });
  }

  async close(): Promise<void> {
    await this.#browsing.browser.close();
    this.#program.child.kill('SIGKILL');
    await this.#program.ended;
    await this.stopGateway();
    await this.emulator.close();
    rmSync(this.#folder, { recursive: true });
  }
}
