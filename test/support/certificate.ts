// A certificate for 127.0.0.1 that is its own authority, made for one test run.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export interface Certificate {
  certificate: string;
  key: string;
}

/** Called where a suite begins: the files are gone when it ends. */
export function useCertificate(): Certificate {
  const dir = mkdtempSync(join(tmpdir(), 'certificate-'));
  afterAll(() => rmSync(dir, { recursive: true }));
  const [certificate, key] = [join(dir, 'certificate.pem'), join(dir, 'key.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2'];
  const files = ['-out', certificate, '-keyout', key];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', ...subject, ...files],
    { stdio: 'ignore' },
  );
  return { certificate, key };
}
