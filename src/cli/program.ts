// The command line: serve (default), emulator, schema. Each loads what it needs, and no more.
import { fstatSync, writeFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.ts';
import { version } from '../version.ts';
import { portNumber } from './arguments.ts';
import { addEmulatorCommand } from './emulator-command.ts';
import { exitCodes, schemaHelp, settingsHelp } from './help.ts';

// The SDK warns every process on Node 20 to upgrade. Its version is pinned to one that supports Node 20, so this is ours to heed.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

// Otherwise graphql-js looks for a second copy of itself at each value: a tenth of the time of a list. It reads this when it is
// loaded, which is later.
process.env.NODE_ENV ??= 'production';

const STDOUT = 1;

/** Apart from what fails: a script that calls it the wrong way must not try again. */
const WRONG_USAGE = 2;

interface ServeFlags {
  host?: string;
  port?: number;
  check?: true;
}

/** Options go before the environment, and are checked like it. */
async function serveWith({ host, port, check: isCheck }: ServeFlags): Promise<void> {
  const env = {
    ...process.env,
    ...(host !== undefined && { HOST: host }),
    ...(port !== undefined && { PORT: String(port) }),
  };
  const { serve, check } = await import('./serve.ts');
  if (isCheck) {
    process.exitCode = (await check(env)) ? 0 : 1;
    return;
  }
  await serve(env).catch((error) => {
    const names = [host === undefined ? 'HOST' : '--host', port === undefined ? 'PORT' : '--port'];
    throw Object.assign(error, { settings: error.settings ?? names });
  });
}

async function printSchema({ subgraph }: { subgraph?: true }): Promise<void> {
  const { printContract, printSubgraph } = await import('../schema/index.ts');
  await print(`${subgraph ? printSubgraph() : printContract()}\n`);
}

/** All of it or an error. `process.stdout` keeps silent when a full disk cuts off a file. */
async function print(text: string): Promise<void> {
  if (fstatSync(STDOUT).isFile()) return writeFileSync(STDOUT, text);
  await new Promise<void>((resolve, reject) => {
    // A reader that stops (`| head`) has what it wanted.
    process.stdout.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EPIPE' ? resolve() : reject(error),
    );
    process.stdout.write(text, (error) => error || resolve());
  });
}

/** Loaded for the help only: it takes a tenth of the emulator's start. */
const HELP_ARGUMENTS = ['help', '-h', '--help'];
const settings = process.argv.some((argument) => HELP_ARGUMENTS.includes(argument))
  ? (await import('../config/config.ts')).settings
  : () => [];

const program = new Command('ivs-graphql')
  .description('The GraphQL gateway for Amazon IVS.')
  .version(version)
  .addHelpText('after', exitCodes)
  .showHelpAfterError('(ivs-graphql --help lists commands and options)')
  .exitOverride();

program
  .command('serve', { isDefault: true })
  .description('serve the graph; settings come from the environment')
  .option('--host <host>', 'address to listen on; overrides HOST')
  .option('--port <port>', 'port to listen on; overrides PORT', portNumber)
  .option('--check', 'check the settings and the connections to AWS, Redis and the issuer, then exit')
  .allowExcessArguments()
  .addHelpText('after', ({ command }) => settingsHelp(settings(), command.createHelp()))
  .action(async (flags: ServeFlags, { args }: Command) => {
    if (args.length > 0) program.error(`error: unknown command '${args[0]}'`);
    return serveWith(flags);
  });

addEmulatorCommand(program);

program
  .command('schema')
  .description('print the schema in the GraphQL schema language')
  .option('--subgraph', 'as a Federation 2 subgraph')
  .addHelpText('after', schemaHelp)
  .action(printSchema);

interface ListenError extends NodeJS.ErrnoException {
  address?: string;
  port?: number;
  /** What the host and the port are set with, where these are no variables. */
  settings?: [host: string, port: string];
}

/** What each setting must be, and why. */
const HELP = ' See docs/how-to/troubleshooting.md#messages-at-start';

/** One line for a wrong setting; the whole error for a fault of the program. */
function explain(error: ListenError): string {
  if (error instanceof ConfigError) return `${error.problems.join('\nivs-graphql: ')}.${HELP}`;
  // Of the emulator, whose modules are not loaded here: of a world file, one line for each problem
  if (error.name === 'Refused') return error.message.replaceAll('\n', '\nivs-graphql: ');
  const [host, port] = error.settings ?? ['HOST', 'PORT'];
  if (error.code === 'EADDRINUSE')
    return `${port}: expected a free port, but ${error.port} on ${error.address} is in use`;
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo')
    return `${host}, ${port}: cannot listen: ${error.message}`;
  if (error.syscall === 'write') return `cannot write: ${error.message}`;
  return error.stack ?? String(error);
}

/** Commander has said what is wrong with a command line. */
async function end(error: Error): Promise<void> {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : WRONG_USAGE);
  console.error(`ivs-graphql: ${explain(error)}`);
  const { lastLines } = await import('../server/log.ts');
  await lastLines();
  process.exit(1);
}

program.parseAsync().catch(end);
