// TLS to each node of a cluster, found by its URL or by itself, also after a failover.
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { useCertificate } from '../support/certificate.ts';
import { before, run, serving } from '../support/processes.ts';
import { isInstalled, untilElsewhere } from '../support/redis.ts';
import { useCluster } from '../support/redis-cluster.ts';

describe.skipIf(!isInstalled)('Redis over TLS', { timeout: 120_000 }, () => {
  const certificate = useCertificate();
  const open = useCluster(certificate);
  const trusted = { NODE_EXTRA_CA_CERTS: certificate.certificate };
  const check = (env: Record<string, string>) => run(['serve', '--check'], env);

  it('passes --check on a cluster, whichever node the URL has', async () => {
    const { url, nodes } = await open();
    for (const REDIS_URL of [url, ...nodes.slice(-1)]) {
      const { code, out } = await check({ ...trusted, REDIS_URL });
      expect([code, out]).toEqual([0, expect.stringMatching(/^ok +Redis$/m)]);
    }
  });

  it('is refused with the reason when its authority is unknown', async () => {
    const { code, out } = await check({ REDIS_URL: (await open()).url });
    expect([code, out]).toEqual([1, expect.stringMatching(/^failed +Redis: .*DEPTH_ZERO_SELF_SIGNED_CERT/m)]);
  });

  it('survives a failover', async () => {
    const cluster = await open();
    const emulator = await startEmulator({ seed: 'demo' });
    const REDIS_PREFIX = cluster.prefix.replace(/[{}:]/g, '');
    const { said } = await serving([], {
      ...before(emulator),
      ...trusted,
      REDIS_URL: cluster.url,
      REDIS_PREFIX,
    });
    await untilElsewhere(() => said.err.includes('Redis answers'));
    await cluster.failOver();
    await untilElsewhere(() => said.err.split('Redis answers').length === 3);
    await emulator.close();
  });
});
