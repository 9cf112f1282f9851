// The command `emulator`: its options, and how they start an emulator.
import { type Command, Option } from 'commander';
import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import { stopInOrder } from '../server/http/shutdown.ts';
import { isPretty } from '../server/log.ts';
import { isoTime, notEmpty, portNumber, problemOfEvents, seedOfIds, wholeNumberOf } from './arguments.ts';
import { emulatorBanner, emulatorHelp } from './help.ts';
import { lineLog } from './line-log.ts';
import { resumeOptimizer } from './optimizer.ts';

interface EmulatorFlags {
  host: string;
  port: number;
  seed: 'demo' | 'empty';
  still?: true;
  world?: string;
  time?: string;
  ids?: string;
  latencyMs: number;
  callRates?: true;
  burst?: number;
  events?: string;
  eventsKey?: string;
  eventsHeartbeat?: true;
  eventsFile?: string;
  logRequests?: true;
}

export function addEmulatorCommand(program: Command): void {
  const command = program
    .command('emulator')
    .description('run the IVS emulator alone, for AWS SDKs and the AWS CLI')
    .option('--host <host>', 'address to listen on', notEmpty, '127.0.0.1')
    .option('--port <port>', 'port to listen on', portNumber, 4566);
  addWorldOptions(command);
  addWireOptions(command);
  addEventOptions(command);
  command
    .addHelpText('after', emulatorHelp)
    .action((flags: EmulatorFlags) => emulate(flags, destinationOf(flags, program)));
}

const addWorldOptions = (command: Command): Command =>
  command
    .addOption(
      new Option('--seed <world>', 'the world to begin with').choices(['demo', 'empty']).default('demo'),
    )
    .addOption(
      new Option('--world <file>', 'the world to begin with, in YAML or JSON')
        .argParser(notEmpty)
        .conflicts(['seed', 'still']),
    )
    .option('--still', 'no demo world changes by itself, also after a reset')
    .option('--time <time>', 'time at the start and after a reset, such as 2026-01-01T12:00:00Z', isoTime)
    .option('--ids <seed>', 'any text: created ids, ARNs and keys are the same run after run', seedOfIds);

const addWireOptions = (command: Command): Command =>
  command
    .option('--latency-ms <ms>', 'time that each answer takes', wholeNumberOf(0, 3_600_000), 0)
    .option('--log-requests', 'write a line for each request to stderr')
    .option('--call-rates', 'answer 429 beyond the call rates that AWS publishes')
    .addOption(
      new Option(
        '--burst <calls>',
        '--call-rates, and how many calls may come at once (default: a second’s worth)',
      )
        .argParser(wholeNumberOf(1, 1_000_000))
        .implies({ callRates: true }),
    );

const addEventOptions = (command: Command): Command =>
  command
    .option('--events <url>', 'where to send events, as EventBridge sends them to an API destination')
    .option('--events-key <key>', '--events: value of the header x-ivs-events-key')
    .option('--events-file <file>', 'file to which each event is appended as a line of JSON', notEmpty)
    .option('--events-heartbeat', '--events: also one event a minute, as a rule with a schedule sends it');

function destinationOf(
  { events: url, eventsKey: key, eventsHeartbeat: heartbeat }: EmulatorFlags,
  program: Command,
) {
  const problem = problemOfEvents({ url, key });
  if (problem) program.error(`error: ${problem}`);
  if (url !== undefined) return { url, key, heartbeat };
  if (key !== undefined || heartbeat)
    program.error(
      `error: option '${key === undefined ? '--events-heartbeat' : '--events-key <key>'}' needs '--events <url>'`,
    );
  return undefined;
}

async function emulate(
  { seed, still, eventsKey: _key, eventsHeartbeat: _heartbeat, ...flags }: EmulatorFlags,
  events: ReturnType<typeof destinationOf>,
): Promise<void> {
  const emulator = await start({ ...flags, seed, alive: !still, events }).catch((error) => {
    if (error.name === 'Refused') error.message = inFlagNames(error.message);
    throw Object.assign(error, { settings: ['--host', '--port'] });
  });
  const log = await lineLog();
  if (isPretty(undefined)) process.stderr.write(emulatorBanner(emulator.url, flags.world ?? seed));
  log('started', { url: emulator.url, world: flags.world ?? seed });
  stopInOrder(async () => {
    await emulator.close();
    log('stopped');
  });
}

async function start(options: EmulatorOptions): Promise<Emulator> {
  const { startEmulator } = await import('../emulator/emulator.ts');
  const emulator = await startEmulator(options);
  resumeOptimizer();
  return emulator;
}

/** A message about options, in the names of flags. */
const inFlagNames = (message: string): string =>
  message.replace(
    /^startEmulator: (\w+):/,
    (_, name: string) => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}:`,
  );
