// Texts of the command line: its banner, and its help beyond the options.
import type { Help } from 'commander';
import type { Setting } from '../config/config.ts';

interface Trusted {
  issuer: string;
  audience?: readonly string[] | undefined;
  clientId?: readonly string[] | undefined;
}

interface Served {
  backend: string;
  /** Where the embedded one listens. */
  emulator: { url: string; studioUrl: string } | undefined;
  regions: readonly string[];
  jwt?: { issuers: readonly Trusted[] } | undefined;
}

/** What is served, where, for whom, and what to try first. */
export function banner({ backend, emulator, regions, jwt }: Served, url: string): string {
  const what =
    backend === 'emulator'
      ? `the embedded emulator, with a demo world, at ${emulator?.url}`
      : `Amazon IVS in ${regions.join(', ')}`;
  const who = jwt
    ? jwt.issuers.map(tokensOf).join(`\n${' '.repeat(25)}`)
    : 'none: anyone who connects has full access';
  const studio = emulator ? `\n  Emulator studio        ${emulator.studioUrl}` : '';
  const token = jwt ? ` -H "authorization: Bearer $TOKEN"` : '';
  return `
  ivs-graphql is ready

  GraphQL and GraphiQL   ${url}
  Backend                ${what}${studio}
  Authentication         ${who}

  Try it:
    curl ${url} -H 'content-type: application/json'${token} \\
      -d '{"query":"{ stages(first: 3) { nodes { name activeSession { participants(first: 3) { nodes { userId } } } } } }"}'

`;
}

const tokensOf = ({ issuer, audience, clientId }: Trusted): string =>
  `tokens of ${issuer} for ${audience ? audience.join(', ') : `clients ${clientId?.join(', ')}`}`;

/** What the stand-alone emulator says of itself. */
export const emulatorBanner = (url: string, seed: string): string => `
  The IVS emulator is ready

  Both APIs     ${url}      (AWS_ENDPOINT_URL=${url})
  Control API   ${url}/_control
  Studio        ${url}/_control/studio
  World         ${seed}

`;

/** The settings of `serve`, laid out as commander lays out options. */
export function settingsHelp(settings: readonly Setting[], help: Help): string {
  help.prepareContext({ helpWidth: process.stdout.columns ?? 100 });
  const width = Math.max(...settings.map(({ name }) => name.length));
  const lines = settings.map(({ name, meaning, otherwise }) => {
    const text = otherwise === undefined ? meaning : `${meaning} (default: ${otherwise})`;
    return help.formatItem(name, width, text, help);
  });
  return `
Settings, all from the environment (--host and --port override HOST and PORT):
${lines.join('\n')}

Examples:
  on the embedded emulator, with a demo world:   ivs-graphql
  on another port:                               ivs-graphql serve --port 8080
  on AWS, without authentication, on loopback:   IVS_BACKEND=aws AWS_REGION=us-west-2 AUTH_MODE=none ivs-graphql
  check the settings, without serving:           IVS_BACKEND=aws AWS_REGION=us-west-2 AUTH_MODE=none ivs-graphql serve --check
`;
}

export const emulatorHelp = `
Examples:
  an empty world:             ivs-graphql emulator --seed empty --port 5000
  as slow as AWS allows:      ivs-graphql emulator --call-rates
  use it in place of AWS:     AWS_ENDPOINT_URL=http://127.0.0.1:4566 aws ivs-realtime list-stages --region us-west-2
  send events to a gateway:   ivs-graphql emulator --events http://127.0.0.1:4000/events
  control its participants:   curl http://127.0.0.1:4566/_control (lists the commands)
`;

export const schemaHelp = `
Examples:
  the contract of the API:      ivs-graphql schema > schema.graphql
  to compose a supergraph:      ivs-graphql schema --subgraph > ivs.graphql
`;

export const exitCodes = `
Exit codes: 0 success, or stopped by a signal; 1 failure, or a wrong setting; 2 wrong usage.
`;
