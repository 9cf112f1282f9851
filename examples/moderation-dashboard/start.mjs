// One command: the demo gateway, unless GATEWAY_URL names one that runs, and the dashboard before it.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createServer } from 'vite';

const program = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** Resolves with its address when it is ready; what it says is shown. */
function startGateway() {
  if (!existsSync(program))
    throw new Error('The gateway is not built: `npm ci && npm run build` in the folder above');
  const gateway = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: process.env.PORT ?? '0', LOG_LEVEL: 'info', LOG_FORMAT: 'json' },
    stdio: ['ignore', 'inherit', 'pipe'],
  });
  process.once('exit', () => gateway.kill());
  gateway.once('exit', (code) => {
    console.error(`The gateway ended with ${code}`);
    process.exit(1);
  });
  return new Promise((resolve) => {
    gateway.stderr.on('data', (text) => {
      process.stderr.write(text);
      const url = /http:\/\/[\d.]+:\d+/.exec(text)?.[0];
      if (url) resolve(url);
    });
  });
}

/** Both `https://ivs.example.com` and `https://ivs.example.com/graphql` are taken. */
function given(url) {
  // Without a scheme, `localhost:4000` is a URL as well, of the scheme `localhost:`.
  if (!/^https?:/i.test(url) || !URL.canParse(url))
    throw new Error(`GATEWAY_URL: expected a URL such as https://ivs.example.com, got "${url}"`);
  return url.replace(/\/(graphql\/?)?$/, '');
}

try {
  const { GATEWAY_URL } = process.env;
  process.env.GATEWAY_URL = GATEWAY_URL ? given(GATEWAY_URL) : await startGateway();
  const server = await createServer();
  await server.listen();
  console.log(
    `\n  Dashboard   ${server.resolvedUrls.local[0]}\n  Gateway     ${process.env.GATEWAY_URL}/graphql\n`,
  );
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit());
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
